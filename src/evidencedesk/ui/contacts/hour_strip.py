"""The hours of the day: how many contacts came in each, and which hours the packs keep free."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from evidencedesk.guidance.contact_picture import HOURS, PackHours
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import fix_height, scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words

_BARS = 62
_BAND = 7
_FOOT = 16
_BANDS_AT_MOST = 4


class HourStrip(QWidget):
    """24 columns; under them one band for each pack, dark where it is closed."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._hours: Sequence[int] = (0,) * HOURS
        self._closed: Sequence[PackHours] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._fit()

    def show_hours(self, hours: Sequence[int], closed: Sequence[PackHours]) -> None:
        """Draw other hours."""
        self._hours, self._closed = hours, closed[:_BANDS_AT_MOST]
        self._fit()
        self.setAccessibleName(self._words.text("Contacts by hour of the day"))
        busy = [self.hour_text(hour) for hour in range(HOURS) if hours[hour]]
        self.setAccessibleDescription("; ".join(busy) or self._words.text("no contact"))
        self.update()

    def hour_text(self, hour: int) -> str:
        """What came in an hour, in words, and who keeps it free."""
        t = self._words.text
        said = t("{hour:02}:00–{hour:02}:59: {n}", hour=hour, n=self._hours[hour])
        closing = [closed_text(self._words.words, one) for one in self._closed if one.closes(hour)]
        return " · ".join((said, *closing))

    def sizeHint(self) -> QSize:
        """Wide enough for the figures."""
        return QSize(300, self.height())

    def minimumSizeHint(self) -> QSize:
        """Ten pixels an hour."""
        return QSize(24 * 9, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, bands, hours."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = self.width() / HOURS
        highest = max(1, *self._hours)
        for hour in range(HOURS):
            x = hour * pitch
            closed = any(one.closes(hour) for one in self._closed)
            painter.setPen(Qt.PenStyle.NoPen)
            if closed:
                # Without it no seam is seen between the hours.
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
                painter.fillRect(QRectF(x, 0, pitch, scaled(_BARS)), QColor(tokens.bad_bg))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            height = max(2.0, self._hours[hour] / highest * (scaled(_BARS) - scaled(14)))
            painter.setBrush(
                QColor(tokens.line if not self._hours[hour] else tokens.bad if closed else tokens.accent)
            )
            painter.drawRoundedRect(QRectF(x + 2, scaled(_BARS) - height, max(2.0, pitch - 4), height), 2, 2)
            if self._hours[hour]:
                painter.setPen(QColor(tokens.ink))
                painter.setFont(font(10))
                box = QRectF(x - 4, scaled(_BARS) - height - scaled(13), pitch + 8, scaled(12))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._hours[hour]))
        for row, one in enumerate(self._closed):
            self._paint_band(painter, one, scaled(_BARS) + 3 + row * scaled(_BAND), pitch)
        painter.setPen(QColor(tokens.faint))
        painter.setFont(font(11))
        y = self.height() - scaled(_FOOT)
        for hour in (0, 6, 8, 12, 18, 21, 24):
            width = scaled(20)
            x = min(self.width() - width, max(0.0, hour * pitch - width / 2))
            painter.drawText(QRectF(x, y, width, scaled(_FOOT)), Qt.AlignmentFlag.AlignCenter, str(hour))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """A tooltip says what the hour under the mouse has."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            hour = min(HOURS - 1, max(0, int(event.pos().x() * HOURS / max(1, self.width()))))
            QToolTip.showText(event.globalPos(), self.hour_text(hour), self)
            return True
        return super().event(event)

    def _paint_band(self, painter: QPainter, one: PackHours, y: float, pitch: float) -> None:
        tokens = current_tokens()
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(
            QRectF(0, y + 2, self.width(), 0).topLeft(), QRectF(0, y + 2, self.width(), 0).topRight()
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.bad))
        for begin, end in spans(one):
            painter.drawRoundedRect(QRectF(begin * pitch, y, (end - begin) * pitch, _BAND - 3), 2, 2)

    def _fit(self) -> None:
        fix_height(self, _BARS + 4 + _BAND * len(self._closed) + _FOOT)


def spans(one: PackHours) -> tuple[tuple[float, float], ...]:
    """Where a pack is closed, in hours of the day."""
    closed_from, closed_until = one.hours.closed_from, one.hours.closed_until
    late = None if closed_from is None else closed_from.hour + closed_from.minute / 60
    early = None if closed_until is None else closed_until.hour + closed_until.minute / 60
    if late is not None and early is not None and late < early:
        return ((late, early),)
    found = []
    if early is not None:
        found.append((0.0, early))
    if late is not None:
        found.append((late, float(HOURS)))
    return tuple(found)


def closed_text(words: Words, one: PackHours) -> str:
    """The closed hours of a pack with its name, which is their source."""
    t = words.text
    title = one.pack.title.in_language(words.language)
    begin = "" if one.hours.closed_from is None else f"{one.hours.closed_from:%H:%M}"
    end = "" if one.hours.closed_until is None else f"{one.hours.closed_until:%H:%M}"
    if begin and end:
        return t("closed {begin}–{end}: {pack}", begin=begin, end=end, pack=title)
    if begin:
        return t("closed from {begin}: {pack}", begin=begin, pack=title)
    return t("closed until {end}: {pack}", end=end, pack=title)
