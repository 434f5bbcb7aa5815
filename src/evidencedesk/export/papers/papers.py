"""All papers of a case, in one language."""

from __future__ import annotations

from evidencedesk.export.bag_writer import Written
from evidencedesk.export.papers.evidence_items import EVIDENCE_LIST, REPORT, TRANSCRIPT
from evidencedesk.export.papers.evidence_list import evidence_list_docx
from evidencedesk.export.papers.material import PaperMaterial
from evidencedesk.export.papers.report import report_pdf
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.transcript import transcript_docx
from evidencedesk.wording.language import Words

PAPERS = (REPORT, EVIDENCE_LIST, TRANSCRIPT)


def make_papers(material: PaperMaterial, words: Words) -> tuple[Written, ...]:
    """Report, evidence list and transcript. The same material gives the same bytes."""
    telling = Telling(material, words)
    return (
        Written(REPORT, report_pdf(material, words)),
        Written(EVIDENCE_LIST, evidence_list_docx(telling)),
        Written(TRANSCRIPT, transcript_docx(telling)),
    )
