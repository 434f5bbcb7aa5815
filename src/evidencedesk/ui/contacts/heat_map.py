"""A calendar of the last weeks: the more contacts on a day, the stronger its colour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from evidencedesk.guidance.contact_picture import DayCount
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import fix_height, scaled
from evidencedesk.ui.words import UiWords

_PITCH = 17
_CELL = 14
_TOP = 18  # the names of the months
_LEFT = 26  # the names of the days
_WEEKS_AT_MOST = 53
_STEPS = ((1, 0.3), (3, 0.5), (6, 0.75), (10, 1.0))


class HeatMap(QWidget):
    """Seven rows of days, one column a week, today at the right.

    Emits:
        day_chosen: the date that was clicked, or None when it was clicked again.
    """

    day_chosen = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._today = date.min
        self._cursor: date | None = None
        self._chosen: date | None = None
        self._counts: Mapping[date, DayCount] = {}
        self._marked: frozenset[str] = frozenset()
        fix_height(self, _TOP + 7 * _PITCH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)

    def show_days(
        self, counts: Mapping[date, DayCount], today: date, chosen: date | None, marked: frozenset[str]
    ) -> None:
        """Draw other days; ``marked`` are days on which a limit was passed."""
        self._counts, self._today, self._chosen, self._marked = counts, today, chosen, marked
        self._say()
        self.update()

    @property
    def cursor_day(self) -> date:
        """Where the keyboard is."""
        return min(self._cursor or self._chosen or self._today, self._today)

    def sizeHint(self) -> QSize:
        """Half a year."""
        return QSize(scaled(_LEFT) + 26 * scaled(_PITCH), self.height())

    def minimumSizeHint(self) -> QSize:
        """Two months."""
        return QSize(scaled(_LEFT) + 9 * scaled(_PITCH), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Months, days, and the day under the keyboard."""
        if self._today == date.min:
            return
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(11))
        painter.setPen(QColor(tokens.faint))
        for row, name in (
            (0, self._words.text("Mon")),
            (3, self._words.text("Thu")),
            (6, self._words.text("Sun")),
        ):
            box = QRectF(0, scaled(_TOP) + row * scaled(_PITCH), scaled(_LEFT) - 4, scaled(_CELL))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        free_from = 0.0
        for column in range(self._weeks()):
            monday = self._monday(column)
            x = scaled(_LEFT) + column * scaled(_PITCH)
            if monday.day <= 7 and x >= free_from:
                painter.setPen(QColor(tokens.faint))
                name = self._words.text("{year}-{month:02}", year=monday.year, month=monday.month)
                painter.drawText(QRectF(x, 0, scaled(60), scaled(_TOP) - 3), Qt.AlignmentFlag.AlignLeft, name)
                free_from = x + scaled(58)
            for row in range(7):
                self._paint_day(
                    painter,
                    monday + timedelta(days=row),
                    QRectF(x, scaled(_TOP) + row * scaled(_PITCH), scaled(_CELL), scaled(_CELL)),
                )
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a day shows only that day; another click all of them."""
        day = self._day_at(event.position().x(), event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and day is not None:
            self._choose(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from day to day, Return chooses one, Escape all."""
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Left: -7, Qt.Key.Key_Right: 7, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if step is not None:
            first = self._monday(0)
            self._cursor = max(first, min(self._today, self.cursor_day + timedelta(days=step)))
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.cursor_day)
        elif key == Qt.Key.Key_Escape and self._chosen is not None:
            self._choose(self._chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A tooltip says what the day under the mouse has."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            day = self._day_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), "" if day is None else self.day_text(day), self)
            return True
        return super().event(event)

    def day_text(self, day: date) -> str:
        """What came on a day, in words."""
        t = self._words.text
        count = self._counts.get(day)
        if count is None or not count.total:
            return t("{day}: no contact", day=day.isoformat())
        parts = (
            (count.connected, t("answered calls: {n}", n=count.connected)),
            (count.attempts, t("missed calls: {n}", n=count.attempts)),
            (count.messages, t("messages: {n}", n=count.messages)),
            (count.visits, t("visits: {n}", n=count.visits)),
            (count.letters, t("letters: {n}", n=count.letters)),
            (count.others, t("other: {n}", n=count.others)),
            (count.third_parties, t("to family, work or others: {n}", n=count.third_parties)),
            (day.isoformat() in self._marked, t("a limit was passed")),
        )
        said = " · ".join(text for number, text in parts if number)
        return t("{day}: {what}", day=day.isoformat(), what=said)

    def _paint_day(self, painter: QPainter, day: date, box: QRectF) -> None:
        if day > self._today:
            return
        tokens = current_tokens()
        count = self._counts.get(day)
        color = QColor(tokens.line)
        if count is not None and count.total:
            color = QColor(tokens.accent)
            color.setAlphaF(next((a for n, a in reversed(_STEPS) if count.total >= n), _STEPS[0][1]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(box, 3, 3)
        if day.isoformat() in self._marked:
            # A frame and a dot: colour never speaks alone.
            painter.setPen(QPen(QColor(tokens.bad), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.8, 0.8, -0.8, -0.8), 3, 3)
            painter.setBrush(QColor(tokens.bad))
            painter.drawEllipse(box.center(), 1.6, 1.6)
        if day == self._chosen or (self.hasFocus() and day == self.cursor_day):
            painter.setPen(QPen(QColor(tokens.ink if day == self._chosen else tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 4, 4)

    def _choose(self, day: date) -> None:
        self._cursor = day
        self._say()
        self.day_chosen.emit(None if day == self._chosen else day)

    def _say(self) -> None:
        if self._today == date.min:
            return
        self.setAccessibleDescription(self.day_text(self.cursor_day))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _weeks(self) -> int:
        return max(1, min(_WEEKS_AT_MOST, (self.width() - scaled(_LEFT)) // scaled(_PITCH)))

    def _monday(self, column: int) -> date:
        this_week = self._today - timedelta(days=self._today.weekday())
        return this_week - timedelta(weeks=self._weeks() - 1 - column)

    def _day_at(self, x: float, y: float) -> date | None:
        column, row = int((x - scaled(_LEFT)) // scaled(_PITCH)), int((y - scaled(_TOP)) // scaled(_PITCH))
        if not 0 <= column < self._weeks() or not 0 <= row < 7:
            return None
        day = self._monday(column) + timedelta(days=row)
        return day if day <= self._today else None
