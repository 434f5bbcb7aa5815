"""One line to write, with its name above it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from evidencedesk.ui.kit.labels import TextLabel


class Field(QWidget):
    """A named line; ``entered`` when Return is pressed in it."""

    entered = Signal()

    def __init__(
        self, parent: QWidget | None = None, max_length: int = 300, edit: QLineEdit | None = None
    ) -> None:
        super().__init__(parent)
        self._label = TextLabel(tone="faint", parent=self)
        self.edit = edit if edit is not None else QLineEdit(self)
        self.edit.setMaxLength(max_length)
        self.edit.returnPressed.connect(self.entered)
        self._label.setBuddy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addWidget(self.edit)

    def set_texts(self, name: str, example: str = "") -> None:
        """The name, and an example of what to write."""
        self._label.setText(name)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(example)

    @property
    def text(self) -> str:
        """What was written."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put words in."""
        self.edit.setText(text)
