"""Where words to look for are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.words import UiWords

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchField(QLineEdit):
    """Arrows go through what was found, and the cursor stays here; Escape empties the field."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self._glass = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def set_texts(self, words: UiWords, name: str, example: str) -> None:
        """What it is called, and what can be written in it."""
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        for button in self.findChildren(QToolButton):
            glass = button.defaultAction() is self._glass
            button.setAccessibleName(words.text("Search") if glass else words.text("Empty the field"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down belong to the list."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)
