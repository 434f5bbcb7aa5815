"""Seven large buttons: one touch writes down that somebody got in touch just now."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from evidencedesk.domain.case import ContactKind, Reached
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark


@dataclass(frozen=True, slots=True)
class Choice:
    """What one button logs; ``spoken`` says the whole thing."""

    kind: ContactKind
    icon: str
    label: str
    spoken: str
    reached: Reached = Reached.DEBTOR


CHOICES = (
    Choice(ContactKind.VISIT, "door-open", mark("Visit"), mark("Log a visit now")),
    Choice(ContactKind.CALL, "phone-incoming", mark("Answered call"), mark("Log an answered call now")),
    Choice(ContactKind.MISSED_CALL, "phone-missed", mark("Missed call"), mark("Log a missed call now")),
    Choice(ContactKind.SMS, "message-square", mark("SMS"), mark("Log an SMS now")),
    Choice(
        ContactKind.CHAT, "message-circle", mark("WeChat"), mark("Log a WeChat or other chat message now")
    ),
    Choice(ContactKind.LETTER, "mail", mark("Letter"), mark("Log a letter now")),
    Choice(
        ContactKind.OTHER,
        "users",
        mark("Family, work"),
        mark("Log now that they got in touch with family or work"),
        Reached.FAMILY,
    ),
)


_SPACING, _FEWEST = 10, 4


class LogButton(QPushButton):
    """A picture over its word, with its key in the corner."""

    def __init__(self, choice: Choice, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = choice
        self._key = key
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Large enough for a hand that trembles."""
        return QSize(scaled(112), scaled(72))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows make it narrow, never low."""
        return QSize(scaled(92), scaled(72))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sheet, picture, word, key."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ring = self.hasFocus()
        painter.setPen(QPen(QColor(tokens.accent if ring else tokens.edge), 2 if ring else 1))
        pressed, over = self.isDown(), self.underMouse()
        painter.setBrush(QColor(tokens.accent_bg if pressed or over else tokens.panel))
        painter.drawRoundedRect(box, 12, 12)
        color = tokens.accent if self.isEnabled() else tokens.faint
        side = scaled(24)
        paint_icon(
            painter, QRectF((self.width() - side) / 2, scaled(12), side, side), self.choice.icon, color
        )
        shown = font(13, QFont.Weight.DemiBold)
        painter.setFont(shown)
        painter.setPen(QColor(tokens.ink if self.isEnabled() else tokens.faint))
        room = self.width() - 10
        text = QFontMetricsF(shown).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(5, scaled(42), room, scaled(22)), Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(mono_font(11))
        painter.setPen(QColor(tokens.faint))
        corner = QRectF(self.width() - scaled(22), 6, scaled(14), scaled(14))
        painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()


class LogButtons(QWidget):
    """The row of buttons, usable on any page.

    Emits:
        log_clicked: the ``ContactKind`` and the ``Reached`` to be logged.
    """

    log_clicked = Signal(ContactKind, Reached)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        self.buttons: list[LogButton] = []
        for index, choice in enumerate(CHOICES):
            button = LogButton(choice, str(index + 1), self)
            self._group.addButton(button, index)
            self.buttons.append(button)
            self._grid.addWidget(button, 0, index)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Write the words anew."""
        for number, button in enumerate(self.buttons, start=1):
            button.setText(self._words.text(button.choice.label))
            spoken = self._words.text(button.choice.spoken)
            button.setAccessibleName(spoken)
            button.setToolTip(self._words.text("{what} (key {key})", what=spoken, key=number))

    def minimumSizeHint(self) -> QSize:
        """Four in a line at least; more lines where large text leaves no room for all."""
        widest = max(button.minimumSizeHint().width() for button in self.buttons)
        return QSize(widest * _FEWEST + _SPACING * (_FEWEST - 1), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many in a line as there is room for."""
        super().resizeEvent(event)
        widest = max(button.minimumSizeHint().width() for button in self.buttons)
        columns = min(len(self.buttons), (self.width() + _SPACING) // (widest + _SPACING))
        columns = columns if columns == len(self.buttons) else max(_FEWEST, columns)
        if self._grid.itemAtPosition(0, columns - 1) and not self._grid.itemAtPosition(0, columns):
            return
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // columns, place % columns)

    def press(self, number: int) -> None:
        """The key of a button, from 1."""
        if self.isEnabled():
            self.buttons[number - 1].click()

    @Slot(int)
    def _clicked(self, index: int) -> None:
        choice = self.buttons[index].choice
        self.log_clicked.emit(choice.kind, choice.reached)


class NumberKey(QShortcut):
    """The keys 1 to 7 press the large buttons, unless somebody is writing."""

    def __init__(self, buttons: LogButtons, number: int, page: QWidget) -> None:
        super().__init__(QKeySequence(str(number)), page)
        self.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._buttons = buttons
        self._number = number
        self.activated.connect(self._pressed)

    @classmethod
    def all_of(cls, buttons: LogButtons, page: QWidget) -> list[NumberKey]:
        """One for each button, wherever on the page the keyboard is."""
        return [cls(buttons, number, page) for number in range(1, len(CHOICES) + 1)]

    @Slot()
    def _pressed(self) -> None:
        self._buttons.press(self._number)
