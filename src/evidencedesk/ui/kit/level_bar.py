"""How loud it is, as a bar."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.ui.theme.motion import still
from evidencedesk.ui.theme.palette import current_tokens

_FLOOR_DB = -60.0
_STEPS = 8  # where nothing may move


class LevelBar(QWidget):
    """Shows a peak of 0..1000 (of full scale) on a decibel scale from -60."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        """The part of the bar that is filled, 0..1."""
        return self._share

    def set_peak(self, peak: int) -> None:
        """Rise at once, fall slowly: the eye needs time to read."""
        target = share_of(peak)
        if still():
            target = round(target * _STEPS) / _STEPS
            if target != self._share:
                self._share = target
                self.update()
            return
        share = target if target > self._share else max(target, self._share - 0.06)
        if abs(share - self._share) > 0.002:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        """Eight pixels high."""
        return QSize(200, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Trough and filled part."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(whole, 4, 4)
        painter.fillPath(path, QColor(tokens.line))
        if self._share > 0:
            colors = QLinearGradient(0, 0, whole.width(), 0)
            colors.setColorAt(0, QColor(tokens.ok))
            colors.setColorAt(0.65, QColor(tokens.ok))
            colors.setColorAt(0.85, QColor("#e0a100"))
            colors.setColorAt(1, QColor(tokens.rec_fill))
            painter.setClipPath(path)
            painter.fillRect(QRectF(0, 0, whole.width() * self._share, whole.height()), colors)
        painter.end()


def share_of(peak: int) -> float:
    """Where a peak of 0..1000 stands on the scale, 0..1."""
    if peak <= 0:
        return 0.0
    return min(1.0, max(0.0, 1 - 20 * math.log10(peak / 1000) / _FLOOR_DB))
