"""What was taken into the case: screenshots, papers, photos, recordings made elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.files.services import FilesServices
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.words import UiWords


class FilesSection(CaseSection):
    """What was taken into the case: screenshots, papers, photos, recordings made elsewhere."""

    def __init__(
        self,
        services: FilesServices,
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
