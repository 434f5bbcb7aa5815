"""What a glance over the shoulder sees while the program is hidden: an empty sheet that keeps nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from evidencedesk.ui.words import UiWords


class NeutralSheet(QPlainTextEdit):
    """Without the ring that other fields have: it fills the window, and plain editors have none."""


class NeutralPage(QWidget):
    """A sheet to write on; what was written is gone when the program comes back."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.sheet = NeutralSheet(self)
        self.sheet.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        self.sheet.setAccessibleName(self._words.text("Notes"))

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to type into, as such a program is."""
        super().showEvent(event)
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Throw away what was written."""
        self.sheet.clear()
