"""The way from page to page, along the left edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled, text_scale

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
        self.setFixedSize(*_size())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring only for those who walk with Tab."""
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        """Large enough for a hand that trembles."""
        return QSize(*_size())

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
        side = _partly(22, 8)
        paint_icon(painter, QRectF((self.width() - side) / 2, 9, side, side), self._icon_name, color)
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        painter.setFont(font(12, weight))
        painter.setPen(QColor(color))
        painter.drawText(
            QRectF(0, side + 11, self.width(), scaled(20)), Qt.AlignmentFlag.AlignCenter, self.text()
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
        self._column.setSpacing(6)
        self._column.addStretch(1)
        self._above = 0

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
