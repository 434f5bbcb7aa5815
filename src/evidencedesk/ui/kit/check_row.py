"""A line to tick off, with a smaller line under it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.theme.text_size import fix_size

# The box with its border, and around it the ring that shows where the keyboard is.
_BOX_PX = 26


class CheckRow(QWidget):
    """The whole row takes clicks; ``toggled_by_user`` carries the row's id and the wish."""

    toggled_by_user = Signal(str, bool)

    def __init__(self, row_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_id = row_id
        self.box = QCheckBox(self)
        fix_size(self.box, _BOX_PX, _BOX_PX)
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.clicked.connect(self._clicked)
        self._text = TextLabel(parent=self, wrap=True)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._text)
        texts.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 9)
        row.setSpacing(8)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    def set_texts(self, text: str, hint: str = "") -> None:
        """The line and what stands under it."""
        self._text.setText(text)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.box.setAccessibleName(text)
        self.box.setAccessibleDescription(hint)

    def set_hint_tone(self, tone: str) -> None:
        """``hint`` where the smaller line suggests something, else ``faint``."""
        self._hint.set_tone(tone)

    def set_checked(self, checked: bool) -> None:  # noqa: FBT001 - a setter
        """Show whether it is done."""
        self.box.setChecked(checked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words counts as well."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
        super().mouseReleaseEvent(event)

    def _clicked(self, checked: bool) -> None:  # noqa: FBT001 - a slot
        self.toggled_by_user.emit(self.row_id, checked)
