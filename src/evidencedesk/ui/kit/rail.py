"""The way from page to page, along the left edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled, text_scale

_LEAST_ICON_PX = 20
_AIR_PX, _LESS_AIR_PX, _WORD_PX = 6, 2, 18
_MOST = 100  # a number with three digits has no room


class RailButton(QPushButton):
    """A picture over its word."""

    def __init__(self, entry: str, icon_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.key = ""
        self.count = 0
        self._icon_name = icon_name
        self._ring = False
        self._most = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        width, height = _size()
        self.setFixedSize(width, min(height, self._most) if self._most else height)

    def make_room(self, most: int) -> None:
        """No higher than this: all of them must find room in a low window."""
        self._most = most
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring only for those who walk with Tab."""
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        """Large enough for a hand that trembles."""
        return QSize(*_size())

    def minimumSizeHint(self) -> QSize:
        """The picture and the word, in a low window."""
        return QSize(_size()[0], _least_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Background, picture, word."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(
            QPen(QColor(tokens.accent), 2) if self.hasFocus() and self._ring else Qt.PenStyle.NoPen
        )
        background = (
            tokens.accent_bg if self.isChecked() else tokens.bg if self.underMouse() else tokens.panel
        )
        painter.setBrush(QColor(background))
        painter.drawRoundedRect(box, 10, 10)
        color = tokens.faint if not self.isEnabled() else tokens.accent if self.isChecked() else tokens.sub
        usual, less = _partly(22, 8), max(0, _size()[1] - self.height())
        side, top = max(_LEAST_ICON_PX, usual - less / 2), max(3, 9 - less / 4)
        paint_icon(painter, QRectF((self.width() - side) / 2, top, side, side), self._icon_name, color)
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        letters = font(12, weight)
        wide = QFontMetrics(letters).horizontalAdvance(self.text())
        if wide > self.width() - 4:  # a long word in large letters: a little smaller, and whole
            letters.setPixelSize(letters.pixelSize() * (self.width() - 4) // wide)
        painter.setFont(letters)
        painter.setPen(QColor(color))
        painter.drawText(
            QRectF(0, top + side, self.width(), self.height() - top - side),
            Qt.AlignmentFlag.AlignCenter,
            self.text(),
        )
        if self.count:
            self._paint_count(painter)
        painter.end()

    def _paint_count(self, painter: QPainter) -> None:
        """A number beside the picture: something waits there."""
        tokens = current_tokens()
        text = str(self.count) if self.count < _MOST else f"{_MOST - 1}+"
        width, height = scaled(18 + 6 * (len(text) - 1)), scaled(18)
        box = QRectF(self.width() / 2 + scaled(4), scaled(4), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.warn))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font(11, QFont.Weight.Bold))
        painter.setPen(QColor(tokens.panel))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _size() -> tuple[int, int]:
    """Larger text needs less than its share: there is air around the words, and six must find room."""
    return _partly(68, 46), _partly(58, 30)


def _least_height() -> int:
    return _LEAST_ICON_PX + scaled(_WORD_PX)


def _partly(usual: int, more: int) -> int:
    return round(usual + more * (text_scale() - 1))


class Rail(QFrame):
    """Entries from the top, and one group at the bottom; ``chosen`` carries an entry's name.

    Alt and its number is an entry's key while the rail is in sight, or the keys it was given.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self.buttons: dict[str, RailButton] = {}
        self.others: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(7, 14, 9, 14)
        self._column.setSpacing(_AIR_PX)
        self._column.addStretch(1)
        self._above = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has room for all of them, too."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._make_room()

    def event(self, event: QEvent) -> bool:
        """One more of them, or one less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        buttons = [one for one in (*self.buttons.values(), *self.others.values()) if not one.isHidden()]
        margins = self._column.contentsMargins()
        room = self.height() - margins.top() - margins.bottom()
        usual = _size()[1]
        spacing = _AIR_PX if len(buttons) * (usual + _AIR_PX) <= room else _LESS_AIR_PX
        self._column.setSpacing(spacing)
        most = max(_least_height(), room // max(1, len(buttons)) - spacing)
        for button in buttons:
            button.make_room(0 if most >= usual else most)

    def add_entry(
        self, entry: str, icon_name: str, *, bottom: bool = False, keys: tuple[str, ...] = ()
    ) -> None:
        """A new entry, at the top or the bottom."""
        button = RailButton(entry, icon_name, self)
        self._group.addButton(button, len(self.buttons))
        keys = keys or (f"Alt+{len(self.buttons) + 1}",)
        button.key = keys[0]
        for key in keys:
            QShortcut(QKeySequence(key), button).activated.connect(button.click)
        self.buttons[entry] = button
        if bottom:
            self._column.addWidget(button)
        else:
            self._column.insertWidget(self._above, button)
            self._above += 1

    def add_action(self, name: str, icon_name: str, key: str) -> RailButton:
        """A button at the bottom that leads to no page; whoever adds it has its key."""
        button = RailButton(name, icon_name, self)
        button.setCheckable(False)
        button.setAutoExclusive(False)
        button.key = key
        self.others[name] = button
        self._column.addWidget(button)
        return button

    def set_label(self, entry: str, text: str) -> None:
        """Name an entry, or an action."""
        button = self.buttons.get(entry) or self.others[entry]
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(f"{text}  {button.key}")
        button.setAccessibleDescription(button.key)

    def set_count(self, entry: str, count: int, spoken: str) -> None:
        """Show how many things wait behind an entry; ``spoken`` says it."""
        button = self.buttons[entry]
        button.count = count
        button.setAccessibleDescription(f"{button.key} {spoken}".rstrip())
        button.update()

    def set_current(self, entry: str) -> None:
        """Show where we are."""
        if entry in self.buttons:
            self.buttons[entry].setChecked(True)

    @Slot(int)
    def _clicked(self, index: int) -> None:
        self.chosen.emit(list(self.buttons)[index])
