"""The sound of the last seconds, moving to the left.

Only new bars are drawn: the picture so far is scrolled, so that the cost does not grow with width.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QLineF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.ui.theme.motion import still
from evidencedesk.ui.theme.palette import current_tokens

COLUMN_MS = 50
_COLUMNS_PER_BAR = 4  # 200 ms
BAR_MS = COLUMN_MS * _COLUMNS_PER_BAR
_BARS_PER_STEP = 5  # a second, where nothing may move
_PITCH = 4
_KEPT = 1000  # bars; 4,000 pixels


class WaveformStrip(QWidget):
    """Takes columns of (min, max) in -127..127 and shows one bar for every four of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: deque[float] = deque(maxlen=_KEPT)
        self._count = 0  # bars ever made
        self._drawn = 0  # up to which of them is drawn
        self._pending: list[tuple[int, int]] = []
        self._markers: tuple[tuple[int, str], ...] = ()
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(90)

    @property
    def bars(self) -> int:
        """How many bars were made so far."""
        return self._count

    def reset(self) -> None:
        """Begin anew."""
        self._bars.clear()
        self._count = self._drawn = 0
        self._pending.clear()
        self._markers = ()
        self._picture = None
        self.update()

    def add_columns(self, columns: Iterable[tuple[int, int]], first: int | None = None) -> None:
        """Append sound; bars are drawn as soon as they are complete.

        ``first`` is the index of the first column. Where earlier ones are unknown (a recording taken up
        again), the count goes on from there, so that markers stand in their place.
        """
        if first is not None and first > self._count * _COLUMNS_PER_BAR + len(self._pending):
            self._pending.clear()
            self._count = -(-first // _COLUMNS_PER_BAR)
        self._pending.extend(columns)
        whole = len(self._pending) // _COLUMNS_PER_BAR * _COLUMNS_PER_BAR
        if not whole:
            return
        fresh = [
            max(max(-low, high) for low, high in self._pending[i : i + _COLUMNS_PER_BAR]) / 127
            for i in range(0, whole, _COLUMNS_PER_BAR)
        ]
        del self._pending[:whole]
        self._bars.extend(fresh)
        self._count += len(fresh)
        if still():
            # In steps: it stands for a second, and is drawn anew then.
            if self._count // _BARS_PER_STEP != (self._count - len(fresh)) // _BARS_PER_STEP:
                self._picture = None
                self._drawn = self._count
                self.update()
            return
        self._drawn = self._count
        if self._picture is not None:
            self._scroll_in(self._picture, fresh)
        self.update()

    def set_markers(self, markers: Sequence[tuple[int, str]]) -> None:
        """Vertical lines at (milliseconds, token name of the colour)."""
        if tuple(markers) != self._markers:
            self._markers = tuple(markers)
            self.update()

    def sizeHint(self) -> QSize:
        """As in the red bar."""
        return QSize(100, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture so far and the markers over it."""
        painter = QPainter(self)
        if self._picture is None:
            self._picture = self._redraw()
        painter.drawPixmap(0, 0, self._picture)
        tokens = current_tokens()
        for at_ms, tone in self._markers:
            x = self.width() - (self._drawn - at_ms / BAR_MS) * _PITCH
            if 0 <= x <= self.width():
                painter.fillRect(QRect(int(x) - 1, 0, 2, self.height()), QColor(getattr(tokens, tone)))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The next paint starts from the kept bars."""
        self._picture = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """New colours, new picture."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._picture = None
        super().changeEvent(event)

    def _redraw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        room = self.width() // _PITCH + 1
        bars = list(self._bars)
        del bars[len(bars) - (self._count - self._drawn) :]
        self._draw(picture, bars[-room:])
        return picture

    def _scroll_in(self, picture: QPixmap, fresh: Sequence[float]) -> None:
        ratio = picture.devicePixelRatio()
        shift = round(len(fresh) * _PITCH * ratio)
        if shift >= picture.width() or abs(len(fresh) * _PITCH * ratio - shift) > 0.01:
            self._picture = None  # too much at once, or an uneven scale: draw all
            return
        picture.scroll(-shift, 0, picture.rect(), QRegion())
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        wide = shift / ratio
        painter.fillRect(
            QRect(int(self.width() - wide), 0, int(wide) + 1, self.height()), Qt.GlobalColor.transparent
        )
        painter.end()
        self._draw(picture, fresh)

    def _draw(self, picture: QPixmap, shares: Sequence[float]) -> None:
        color = QColor(current_tokens().ink)
        color.setAlphaF(0.55)
        middle = self.height() / 2
        reach = middle - 2
        left = self.width() - len(shares) * _PITCH + _PITCH / 2
        lines = []
        for index, share in enumerate(shares):
            # The root lifts quiet speech into sight.
            half = max(1.0, min(1.0, share) ** 0.5 * reach)
            x = left + index * _PITCH
            lines.append(QLineF(x, middle - half, x, middle + half))
        if not lines:
            return
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(lines)
        painter.end()
