"""Whom to call, in one touch; and what never to give away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.selection import own_conduct
from evidencedesk.ui.encounter.calls_presenter import OWN, CallsState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.surfaces import FootBar
from evidencedesk.ui.theme.motion import still
from evidencedesk.ui.theme.text_size import at_least_wide, fix_height
from evidencedesk.ui.words import UiWords

_TURN_MS = 12_000
_SPACING = 8


class HelpBar(FootBar):
    """Numbers as buttons, danger first; those that find no room are behind "more"."""

    number_clicked = Signal(str)
    all_clicked = Signal()

    def __init__(self, words: UiWords, pack: RulePack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._pack = pack
        self._state = CallsState()
        self.buttons: dict[str, PlainButton] = {}
        self._caption = TextLabel(tone="strong", parent=self)
        self._numbers = NumberStrip(self)
        self.more = self._numbers.more
        self.more.clicked.connect(self.all_clicked)
        self.reminder = ElidedLabel(tone="faint", parent=self)
        self.reminder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        at_least_wide(self.reminder, 180)
        self.reminder.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self.next_reminder)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 6, 22, 6)
        row.setSpacing(12)
        row.addWidget(self._caption)
        row.addWidget(self._numbers, 1)
        row.addWidget(self.reminder)
        self._timer.start()

    def render(self, state: CallsState) -> None:  # type: ignore[override]
        """Show the numbers."""
        t = self._words.text
        if tuple(self.buttons) != _order(state):
            self._build(state)
        self._state = state
        self._caption.setText(t("Emergency"))
        for number, (name, whole) in number_names(state, self._words).items():
            self._name(number, name, whole)
        self.more.setText(t("All numbers…"))
        self.more.setAccessibleName(t("All numbers…"))
        for number, button in self.buttons.items():
            button.setChecked(number == state.open)
        self._numbers.fit()
        self._show_reminder()

    @Slot()
    def next_reminder(self) -> None:
        """The next quiet word; the first one stays where nothing may move by itself."""
        if still():
            return
        self._turn += 1
        self._show_reminder()

    def _show_reminder(self) -> None:
        said = reminders(self._pack, self._words)
        self.reminder.setText(said[self._turn % len(said)] if said else "")
        self.reminder.updateGeometry()

    def _build(self, state: CallsState) -> None:
        self._numbers.clear()
        self.buttons = {}
        for number in _order(state):
            button = PlainButton(parent=self._numbers)
            button.make_tall()
            button.setCheckable(True)
            button.setProperty("number", number)
            if any(one.number == number and one.danger for one in state.hotlines):
                button.make_danger()
            button.clicked.connect(self._clicked)
            self.buttons[number] = button
        self._numbers.take(tuple(self.buttons.values()))

    def _name(self, number: str, text: str, whole: str) -> None:
        button = self.buttons[number]
        button.setText(text)
        button.setToolTip(whole)
        button.setAccessibleName(whole)

    @Slot()
    def _clicked(self) -> None:
        number = self.sender().property("number")
        self.buttons[number].setChecked(number == self._state.open)  # the owner decides
        self.number_clicked.emit(number)


class NumberStrip(QWidget):
    """One line of buttons; the last ones give way to "more"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: tuple[PlainButton, ...] = ()
        self.more = PlainButton(parent=self)
        self.more.make_flat()
        self.more.make_tall()
        fix_height(self, 40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def clear(self) -> None:
        """Let the buttons go."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = ()

    def take(self, buttons: tuple[PlainButton, ...]) -> None:
        """These buttons, in this order."""
        self._buttons = buttons
        for button in buttons:
            button.show()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other buttons."""
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """The first number and "more" are always there."""
        first = self._buttons[0].sizeHint().width() if self._buttons else 0
        return QSize(first + _SPACING + self.more.sizeHint().width(), self.height())

    def fit(self) -> None:
        """Place what fits."""
        widths = [button.sizeHint().width() for button in self._buttons]
        whole = sum(widths) + _SPACING * max(0, len(widths) - 1)
        room = (
            self.width() if whole <= self.width() else self.width() - _SPACING - self.more.sizeHint().width()
        )
        x = 0
        for button, width in zip(self._buttons, widths, strict=True):
            fits = x + width <= room
            button.setVisible(fits)
            if fits:
                button.setGeometry(x, 0, width, self.height())
                x += width + _SPACING
            else:
                room = 0  # the order stays: nothing shorter slips past
        self.more.setVisible(whole > self.width())
        self.more.setGeometry(x, 0, self.more.sizeHint().width(), self.height())
        self.updateGeometry()


def reminders(pack: RulePack, words: UiWords) -> Sequence[str]:
    """What the user should keep to, and what never to give away."""
    said = []
    if pack.keep_private is not None:
        private = pack.keep_private.in_language(words.language)
        said.append(words.text("Never give away: {things}", things=private))
    return [*said, *(item.text.in_language(words.language) for item in own_conduct(pack))]


def short(text: str) -> str:
    """The words before the colon: whom the number reaches."""
    return text.replace("：", ":").split(":", 1)[0]


def number_names(state: CallsState, words: UiWords) -> dict[str, tuple[str, str]]:
    """Every number with whom it reaches, in few words and in all: danger first, then the platform's own."""
    own = words.text("{number} the platform", number=state.own) if state.own else ""
    own = own or words.text("+ the platform's number")
    offices = {one.number: one.text.in_language(words.language) for one in state.hotlines}
    names = {number: (f"{number} {short(text)}", f"{number} {text}") for number, text in offices.items()}
    names[OWN] = own, own
    return {number: names[number] for number in _order(state)}


def _order(state: CallsState) -> tuple[str, ...]:
    danger = [one.number for one in state.hotlines if one.danger]
    return (*danger, OWN, *(one.number for one in state.hotlines if not one.danger))
