"""What every page of a case has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile


class CaseSection(QWidget):
    """One page of a case, beside its timeline. Made when it is first chosen; put things into ``column``.

    Emits:
        case_changed: something was written into the journal; the case should be read again.
        problem: the ``Known`` error to show above the page.
        place_wanted: recording id and milliseconds; the user wants to hear that second.
        section_wanted: the name of another section, and the id of what to show there (or an empty text).
        file_wanted: the id of a file taken in that the user wants to see in its own program.
    """

    case_changed = Signal()
    problem = Signal(object)
    place_wanted = Signal(str, int)
    section_wanted = Signal(str, str)
    file_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(26, 0, 26, 22)
        self.column.setSpacing(16)

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now; what the user is typing stays."""
        raise NotImplementedError

    def show_subject(self, subject: str) -> None:
        """Bring what has this id into sight; nothing happens when the section does not know it."""

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Give the keyboard to what is used first."""
        self.setFocus()
