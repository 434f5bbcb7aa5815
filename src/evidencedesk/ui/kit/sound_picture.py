"""The shape of a finished recording, with what was noted on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.ui.theme.palette import current_tokens

_PITCH = 4
_STEP_MS = 5000


class SoundPicture(QWidget):
    """Draws (min, max) in -127..127 over the whole width; ``position_chosen`` carries milliseconds."""

    position_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peaks: Sequence[tuple[int, int]] = ()
        self._duration_ms = 0
        self._position_ms: int | None = None
        self._markers: tuple[tuple[int, str], ...] = ()
        self.setFixedHeight(92)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def position_ms(self) -> int | None:
        """The chosen place, if any."""
        return self._position_ms

    def show_sound(self, peaks: Sequence[tuple[int, int]], duration_ms: int) -> None:
        """Draw another sound."""
        self._peaks = peaks
        self._duration_ms = duration_ms
        self.update()

    def set_markers(self, markers: Sequence[tuple[int, str]]) -> None:
        """Vertical lines at (milliseconds, token name of the colour)."""
        self._markers = tuple(markers)
        self.update()

    def set_position(self, position_ms: int | None) -> None:
        """Show where the chosen line of the timeline is."""
        self._position_ms = position_ms
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, 92)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, marks and the chosen place."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent), 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(self._bars())
        painter.setPen(Qt.PenStyle.NoPen)
        for at_ms, tone in self._markers:
            painter.fillRect(QRectF(self._x(at_ms) - 1.5, 0, 3, self.height()), QColor(getattr(tokens, tone)))
        if self._position_ms is not None:
            painter.fillRect(QRectF(self._x(self._position_ms) - 1, 0, 2, self.height()), QColor(tokens.ink))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a place."""
        if event.button() is Qt.MouseButton.LeftButton and self._duration_ms:
            share = min(1.0, max(0.0, event.position().x() / max(1, self.width())))
            self._choose(round(share * self._duration_ms))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move by five seconds."""
        step = {Qt.Key.Key_Left: -_STEP_MS, Qt.Key.Key_Right: _STEP_MS}.get(Qt.Key(event.key()), 0)
        if step and self._duration_ms:
            self._choose(min(self._duration_ms, max(0, (self._position_ms or 0) + step)))
            return
        super().keyPressEvent(event)

    def _choose(self, position_ms: int) -> None:
        self.set_position(position_ms)
        self.position_chosen.emit(position_ms)

    def _x(self, at_ms: int) -> float:
        share = at_ms / self._duration_ms if self._duration_ms else 0.0
        return min(self.width() - 2.0, max(2.0, share * self.width()))

    def _bars(self) -> list[QLineF]:
        middle = self.height() / 2
        count = max(1, self.width() // _PITCH)
        lines = []
        for index in range(count):
            # A quiet line where nothing is known yet.
            half = 1.0
            if self._peaks:
                first = index * len(self._peaks) // count
                last = max(first + 1, (index + 1) * len(self._peaks) // count)
                height = max(max(-low, high) for low, high in self._peaks[first:last])
                # The root lifts quiet speech into sight.
                half = max(1.0, min(1.0, height / 127) ** 0.5 * (middle - 2))
            x = index * _PITCH + _PITCH / 2
            lines.append(QLineF(x, middle - half, x, middle + half))
        return lines
