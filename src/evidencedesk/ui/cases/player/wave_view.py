"""The wave of a line of sound: one or two sides, what was noted on it, and where it plays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from evidencedesk.domain.outline import FULL, Outline
from evidencedesk.domain.sound_line import Place, Span
from evidencedesk.ui.cases.player.marker import Mark, Marker
from evidencedesk.ui.cases.player.paint_marker import label_height, paint_label, paint_marker
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import fix_height
from evidencedesk.ui.theme.tokens import Tokens

_PITCH = 4
_ONE_LANE, _TWO_LANES = 92, 128
_ZOOM = 1.25
_CLOSEST_MS = 2000
_REACH = 6  # pixels around a marker in which it is meant
_WINDOW_BAR = 4
_LETTER_WIDTH = 16.0


class WaveView(QWidget):
    """Emits ``place_chosen`` with milliseconds of the line; the wheel and + and - zoom."""

    place_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[tuple[str, tuple[Place, ...]], ...] = ()
        self._outlines: dict[str, Outline] = {}
        self._length_ms = 0
        self._view: tuple[float, float] = (0.0, 0.0)
        self._at_ms = 0
        self._markers: tuple[Marker, ...] = ()
        self._repeat: tuple[int | None, Span | None] = (None, None)
        self._silences: tuple[Span, ...] = ()
        self._drawn: tuple[object, list[list[QLineF]]] | None = None
        self._in_sight: tuple[object, list[Marker]] | None = None
        fix_height(self, _ONE_LANE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def at_ms(self) -> int:
        """Where the playhead stands."""
        return self._at_ms

    @property
    def view(self) -> tuple[float, float]:
        """The stretch of the line that is in sight, in milliseconds."""
        return self._view

    def show_line(self, lanes: Sequence[tuple[str, tuple[Place, ...]]], length_ms: int) -> None:
        """Show another line as a whole: for each side its name, or nothing, and its places."""
        shown = tuple(lanes)
        if (shown, length_ms) != (self._lanes, self._length_ms):
            self._lanes = shown
            self._length_ms = length_ms
            self._view = (0.0, float(length_ms))
            fix_height(self, _TWO_LANES if len(shown) > 1 else _ONE_LANE)
            self._draw_anew()

    def show_outlines(self, outlines: Sequence[tuple[str, Outline]]) -> None:
        """Draw what is known of the sounds."""
        self._outlines = dict(outlines)
        self._draw_anew()

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Draw what was noted."""
        self._markers = tuple(markers)
        self._in_sight = None
        self.update()

    def show_parts(self, first: int | None, repeat: Span | None, silences: tuple[Span, ...]) -> None:
        """Draw points A and B, and what is left out."""
        self._repeat = (first, repeat)
        self._silences = silences
        self.update()

    def move_to(self, at_ms: int) -> None:
        """Put the playhead somewhere; what is zoomed in follows it."""
        self._at_ms = at_ms
        begin, end = self._view
        if not begin <= at_ms <= end:
            wide = end - begin
            self._look_at(at_ms - wide * 0.1, wide)
        self.update()

    def zoom(self, steps: float, around: float | None = None) -> None:
        """Look closer or from further away; ``around`` is a share of the width, else the playhead stays."""
        begin, end = self._view
        wide = min(float(self._length_ms), max(_CLOSEST_MS, (end - begin) / _ZOOM**steps))
        if around is None:
            around = min(1.0, max(0.0, (self._at_ms - begin) / max(1.0, end - begin)))
        self._look_at(begin + (end - begin - wide) * around, wide)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """What is left out or repeated, the waves, the markers, the playhead."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_parts(painter, tokens)
        painter.setPen(QPen(QColor(tokens.accent), 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for bars in self._bars():
            painter.drawLines(bars)
        self._paint_names(painter, tokens)
        for marker in self._markers_in_sight():
            x = min(self.width() - 2.0, max(2.0, self._x(marker.at_ms)))
            paint_marker(painter, tokens, marker.kind, x, float(self.height()))
        painter.fillRect(QRectF(self._x(self._at_ms) - 1, 0, 2, self.height()), QColor(tokens.ink))
        self._paint_window(painter, tokens)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a place; on a marker, just that one."""
        if event.button() is Qt.MouseButton.LeftButton and self._length_ms:
            meant = self._marker_near(event.position().x())
            self.place_chosen.emit(self._ms(event.position().x()) if meant is None else meant.at_ms)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging looks for a place."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._length_ms:
            self.place_chosen.emit(self._ms(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; sideways moves along. Where there is nothing to zoom out, the page scrolls."""
        begin, end = self._view
        turned = event.angleDelta()
        sideways = turned.x() or (turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        whole = end - begin >= self._length_ms
        if sideways:
            self._look_at(begin - sideways / 1200 * (end - begin), end - begin)
        elif turned.y() and not (whole and turned.y() < 0):
            self.zoom(turned.y() / 120, event.position().x() / max(1, self.width()))
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; the other keys are the player's."""
        place = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._length_ms}.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            self.place_chosen.emit(place)

    def event(self, event: QEvent) -> bool:
        """Say what a marker means when the pointer rests on it."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            marker = self._marker_near(event.pos().x())
            if marker is not None:
                QToolTip.showText(event.globalPos(), marker.text, self)
                return True
        return super().event(event)

    def _look_at(self, begin: float, wide: float) -> None:
        begin = max(0.0, min(self._length_ms - wide, begin))
        self._view = (begin, begin + wide)
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._drawn = None
        self.update()

    def _x(self, at_ms: float) -> float:
        begin, end = self._view
        return (at_ms - begin) / max(1.0, end - begin) * self.width()

    def _ms(self, x: float) -> int:
        begin, end = self._view
        at_ms = begin + x / max(1, self.width()) * (end - begin)
        return round(max(0.0, min(float(self._length_ms), at_ms)))

    def _marker_near(self, x: float) -> Marker | None:
        near = [one for one in self._markers_in_sight() if abs(self._x(one.at_ms) - x) <= _REACH]
        return min(near, key=lambda one: abs(self._x(one.at_ms) - x), default=None)

    def _bars(self) -> list[list[QLineF]]:
        key = (self._view, self.width(), self.height())
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, [self._lane(number) for number in range(len(self._lanes))])
        return self._drawn[1]

    def _markers_in_sight(self) -> list[Marker]:
        """Those that can be told apart: of a kind, no two nearer than they are wide."""
        key = (self._view, self.width())
        if self._in_sight is None or self._in_sight[0] != key:
            last: dict[Mark, float] = {}
            found = []
            for marker in self._markers:
                x = self._x(marker.at_ms)
                if -_REACH <= x <= self.width() + _REACH and x - last.get(marker.kind, -99.0) >= _REACH:
                    last[marker.kind] = x
                    found.append(marker)
            self._in_sight = (key, found)
        return self._in_sight[1]

    def _lane(self, number: int) -> list[QLineF]:
        count = max(1, self.width() // _PITCH)
        heights = [0] * count
        begin, end = self._view
        step = (end - begin) / count
        for place in self._lanes[number][1]:
            outline = self._outlines.get(place.sound)
            first = max(0, int((place.line_ms - begin) / max(0.001, step)))
            last = min(count, int((place.line_ms + place.length_ms - begin) / max(0.001, step)) + 1)
            if outline is None or first >= last:
                continue
            shift = place.from_ms - place.line_ms + begin
            found = outline.heights(shift + first * step, shift + last * step, last - first)
            for at, height in enumerate(found, start=first):
                heights[at] = max(heights[at], height)
        room = self.height() / len(self._lanes)
        middle = room * (number + 0.5)
        lines = []
        for at, height in enumerate(heights):
            # The root lifts quiet speech into sight; a quiet line where nothing is known yet.
            half = max(1.0, (height / FULL) ** 0.5 * (room / 2 - 4))
            x = at * _PITCH + _PITCH / 2
            lines.append(QLineF(x, middle - half, x, middle + half))
        return lines

    def _paint_parts(self, painter: QPainter, tokens: Tokens) -> None:
        for begin, end in self._silences:
            left, right = self._x(begin), self._x(end)
            if right > 0 and left < self.width():
                painter.fillRect(QRectF(left, 0, right - left, self.height()), QColor(tokens.bg))
        first, repeat = self._repeat
        if repeat is not None:
            left, right = self._x(repeat[0]), self._x(repeat[1])
            painter.fillRect(QRectF(left, 0, right - left, self.height()), QColor(tokens.accent_bg))
        for at_ms in (first, None if repeat is None else repeat[1]):
            if at_ms is not None:
                painter.fillRect(QRectF(self._x(at_ms) - 0.75, 0, 1.5, self.height()), QColor(tokens.accent))

    def _paint_names(self, painter: QPainter, tokens: Tokens) -> None:
        room = self.height() / max(1, len(self._lanes))
        for number, (name, _) in enumerate(self._lanes):
            if name:
                paint_label(painter, tokens, tokens.sub, QPointF(0, room * number), name)
        first, repeat = self._repeat
        bottom = self.height() - label_height()
        if first is not None:
            paint_label(painter, tokens, tokens.accent, QPointF(self._x(first) + 1, bottom), "A")
        if repeat is not None:
            at = QPointF(self._x(repeat[1]) - _LETTER_WIDTH, bottom)
            paint_label(painter, tokens, tokens.accent, at, "B")

    def _paint_window(self, painter: QPainter, tokens: Tokens) -> None:
        """Which stretch of the whole is in sight."""
        begin, end = self._view
        if not self._length_ms or end - begin >= self._length_ms:
            return
        top, share = self.height() - _WINDOW_BAR, self.width() / self._length_ms
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(0, top, self.width(), _WINDOW_BAR), QColor(tokens.line))
        width = max(8.0, (end - begin) * share)
        painter.fillRect(QRectF(begin * share, top, width, _WINDOW_BAR), QColor(tokens.sub))
