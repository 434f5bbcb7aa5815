"""What a program heard in the recordings, for the user to correct."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.transcripts.services import TranscriptsServices
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.words import UiWords


class TranscriptsSection(CaseSection):
    """What a program heard in the recordings, for the user to correct."""

    def __init__(
        self,
        services: TranscriptsServices,
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
