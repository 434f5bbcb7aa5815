"""All papers of a case, in one language, each by itself: one that can't be made takes no other with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.not_made import NotMade, Part
from evidencedesk.export.bag_writer import Written
from evidencedesk.export.papers.debt_sheet import DebtPaper, debt_sheet_pdf
from evidencedesk.export.papers.evidence_items import DEBT_SHEET, EVIDENCE_LIST, REPORT, TRANSCRIPT
from evidencedesk.export.papers.evidence_list import evidence_list_docx
from evidencedesk.export.papers.material import PaperMaterial
from evidencedesk.export.papers.report import report_pdf
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.transcript import transcript_docx
from evidencedesk.wording.language import Words

# No bytes: a paper that this case has no use for.
Make = Callable[[PaperMaterial, Words], bytes]
Maker = tuple[Part, str, Make]


def _debt_sheet(material: PaperMaterial, words: Words) -> bytes:
    if material.debt is None:
        return b""
    paper = DebtPaper(material.case_file, material.debt, material.exported, material.app_version)
    return debt_sheet_pdf(paper, words)


MAKERS: tuple[Maker, ...] = (
    (Part.REPORT, REPORT, report_pdf),
    (Part.EVIDENCE_LIST, EVIDENCE_LIST, lambda material, words: evidence_list_docx(Telling(material, words))),
    (Part.TRANSCRIPT, TRANSCRIPT, lambda material, words: transcript_docx(Telling(material, words))),
    (Part.DEBT_SHEET, DEBT_SHEET, _debt_sheet),
)
_DETAIL = 200
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Papers:
    """Those that were made, and those that were not."""

    written: tuple[Written, ...]
    not_made: tuple[NotMade, ...] = ()


def make_papers(
    gather: Callable[[], PaperMaterial], words: Words, makers: tuple[Maker, ...] = MAKERS
) -> Papers:
    """Report, evidence list, transcript and debt sheet. The same material gives the same bytes."""
    material = _contained(gather)
    written: list[Written] = []
    not_made: list[NotMade] = []
    for part, name, make in makers:
        made = material if isinstance(material, Known) else _contained(partial(make, material, words))
        if isinstance(made, Known):
            not_made.append(NotMade(part, made))
        elif made:
            written.append(Written(name, made))
    return Papers(tuple(written), tuple(not_made))


def _contained(make: Callable[[], _T]) -> _T | Known:
    """The boundary of the papers: a bug of ours, of typst or of docx ends here, as PROGRAM_ERROR.

    The papers only repeat what the rest of the folder has, and nobody shall go without it for them.
    """
    try:
        return make()
    except Known as error:
        return error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic inside typst is no Exception
        reason = type(error).__name__
        return MachineFailure(Code.PROGRAM_ERROR, reason=reason, detail=f"{reason}: {error}"[:_DETAIL])
