"""What is owed by the papers, what the other side says, what was paid."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.debt.services import DebtServices
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.words import UiWords


class DebtSection(CaseSection):
    """What is owed by the papers, what the other side says, what was paid."""

    def __init__(
        self,
        services: DebtServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._words = words
        self._choice = files

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now."""

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
