"""What stands where nothing is yet: what it is for and what to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.theme.icons import paint_icon, svg_text
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import fix_size


class IconLabel(QWidget):
    """An icon beside words; follows the theme."""

    def __init__(self, name: str, tone: str = "sub", pixels: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_icon(name, tone)
        fix_size(self, pixels, pixels)

    def set_icon(self, name: str, tone: str) -> None:
        """Another picture."""
        svg_text(name)  # a wrong name fails here, not in a paint event
        # No QIcon is kept: one with an engine of ours crashes when both are collected as garbage.
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw in the colours of the moment."""
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.rect()), self._name, getattr(current_tokens(), self._tone))
        painter.end()


class EmptyState(QWidget):
    """A picture, a sentence, and a smaller one about what to do."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(tone="section", parent=self, wrap=True)
        self._detail = TextLabel(tone="sub", parent=self, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(IconLabel(icon_name, "faint", 36, self), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(2)

    def set_texts(self, title: str, detail: str) -> None:
        """What it is for and what to do."""
        self._title.setText(title)
        self._detail.setText(detail)
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
