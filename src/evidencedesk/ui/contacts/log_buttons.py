"""Seven large buttons: one touch writes down that somebody got in touch just now."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from evidencedesk.domain.case import ContactKind, Reached
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
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
        return QSize(112, 72)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows make it narrow, never low."""
        return QSize(92, 72)

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
        paint_icon(painter, QRectF((self.width() - 24) / 2, 12, 24, 24), self.choice.icon, color)
        shown = font(13, QFont.Weight.DemiBold)
        painter.setFont(shown)
        painter.setPen(QColor(tokens.ink if self.isEnabled() else tokens.faint))
        room = self.width() - 10
        text = QFontMetricsF(shown).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(5, 42, room, 22), Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(mono_font(11))
        painter.setPen(QColor(tokens.faint))
        corner = QRectF(self.width() - 22, 6, 14, 14)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.buttons: list[LogButton] = []
        for index, choice in enumerate(CHOICES):
            button = LogButton(choice, str(index + 1), self)
            self._group.addButton(button, index)
            self.buttons.append(button)
            row.addWidget(button)
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
