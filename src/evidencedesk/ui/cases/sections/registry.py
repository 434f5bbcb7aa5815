"""Which pages a case has, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.cases.evidence.page import EvidenceSection
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.cases.letters.page import LettersSection
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.services import CaseServices
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.cases.transcripts.page import TranscriptsSection
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

TIMELINE = "timeline"
FILES = "files"
Make = Callable[[CaseServices, Runner, UiWords, FileChoice, QWidget], CaseSection]


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A page of a case: its name in code, its name on the bar, and how it is made."""

    name: str
    label: str
    make: Make


SECTIONS = (
    SectionKind(FILES, mark("Documents"), FilesSection),
    SectionKind("transcripts", mark("Transcripts"), TranscriptsSection),
    SectionKind("debt", mark("Debt"), DebtSection),
    SectionKind("steps", mark("Steps"), StepsSection),
    SectionKind("letters", mark("Letters"), LettersSection),
    SectionKind("evidence", mark("Evidence list"), EvidenceSection),
)
