"""The big red button."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled

_DIAMETER = 176
_RING = 12
_LARGEST = 240


class RecordButton(QPushButton):
    """A red disc with a pale ring; only the disc takes clicks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_texts(self, text: str, hint: str) -> None:
        """What it does, and its keys in small letters."""
        self._hint = hint
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.update()

    def sizeHint(self) -> QSize:
        """Disc and ring."""
        return QSize(_diameter() + 2 * _RING, _diameter() + 2 * _RING)

    def minimumSizeHint(self) -> QSize:
        """It never shrinks."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Inside the disc."""
        middle = self.rect().center()
        return math.hypot(pos.x() - middle.x(), pos.y() - middle.y()) <= _diameter() / 2

    def focusInEvent(self, event: QFocusEvent) -> None:
        """It has the keyboard from the start; the ring appears once somebody walks with Tab."""
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, disc, words."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor(tokens.rec_fill)
        if not self.isEnabled():
            painter.setBrush(QColor(tokens.line))
            fill = QColor(tokens.edge)
        else:
            painter.setBrush(QColor(tokens.rec_bg))
            if self.isDown():
                fill = fill.darker(120)
            elif self.underMouse():
                fill = fill.darker(107)
        painter.drawEllipse(middle, _diameter() / 2 + _RING, _diameter() / 2 + _RING)
        painter.setBrush(fill)
        painter.drawEllipse(middle, _diameter() / 2, _diameter() / 2)
        if self.hasFocus() and self._ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.rec), 2))
            painter.drawEllipse(middle, _diameter() / 2 + 4, _diameter() / 2 + 4)
        self._draw_words(painter, QColor(tokens.on_fill if self.isEnabled() else tokens.sub))
        painter.end()

    def _draw_words(self, painter: QPainter, color: QColor) -> None:
        inner = QRect(0, 0, _diameter() - 28, self.height())
        inner.moveCenter(self.rect().center())
        big = font(24, QFont.Weight.Bold)
        painter.setPen(color)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        for pixels in (24, 21, 18, 16, 14):  # long words (other languages) step down rather than being cut
            big = font(pixels, QFont.Weight.Bold)
            painter.setFont(big)
            needed = painter.boundingRect(inner, flags, self.text())
            if needed.width() <= inner.width() and needed.height() <= _diameter() * 0.37:
                break
        small = font(12)
        painter.setFont(small)
        hint_box = painter.boundingRect(inner, flags, self._hint)
        gap = 2 if self._hint else 0
        top = (self.height() - needed.height() - hint_box.height() - gap) // 2
        painter.setFont(big)
        painter.drawText(QRect(inner.left(), top, inner.width(), needed.height()), flags, self.text())
        painter.setFont(small)
        below = top + needed.height() + gap
        painter.drawText(QRect(inner.left(), below, inner.width(), hint_box.height()), flags, self._hint)


def _diameter() -> int:
    """Larger with larger text, but there must be room for more than the button."""
    return min(scaled(_DIAMETER), _LARGEST)
