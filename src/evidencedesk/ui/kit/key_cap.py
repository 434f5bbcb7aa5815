"""A key as a little cap beside what it does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled

_HEIGHT = 18


class KeyCap(QWidget):
    """Shows the key's name; without one it takes no room."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setVisible(bool(key))

    def sizeHint(self) -> QSize:
        """Room for the name."""
        return QSize(scaled(11 + 7 * len(self.key)), scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The cap."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.edge))
        painter.setBrush(tokens.panel)
        height = scaled(_HEIGHT)
        box = QRect(0, (self.height() - height) // 2, self.width() - 1, height - 1)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(tokens.sub)
        painter.setFont(mono_font(11))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.key)
        painter.end()
