"""Writes report.pdf with typst: PDF/A-2b, the same bytes for the same case and moment."""

from __future__ import annotations

from evidencedesk.export.papers.fonts import Faces, faces
from evidencedesk.export.papers.material import PaperMaterial
from evidencedesk.export.papers.report_data import report_data
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.typst_pdf import typst_pdf
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words


def report_pdf(material: PaperMaterial, words: Words, letters: Faces | None = None) -> bytes:
    """The report. Letters that no font here has stand as ``[U+1F9FF]``."""
    letters = letters or faces()
    if not letters.chinese and words.language == "zh":
        words = Words("en", resource("locale"))
    telling = Telling(material, words)
    chinese = bool(letters.chinese)
    return typst_pdf("report.typ", lambda shown: report_data(telling, shown, chinese=chinese), letters)
