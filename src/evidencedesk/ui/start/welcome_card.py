"""The first steps, beside the red button: what this does, the microphone, language and rules.

It stands where the list of preparations stands later. It never covers the red button, waits for
nothing, and each step can be passed over.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.start.choices_step import ChoicesStep
from evidencedesk.ui.start.promises import Promises
from evidencedesk.ui.start.state import STEPS, Choices, Step
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_TITLES = {
    Step.PROMISES: mark("What this does for you"),
    Step.MICROPHONE: mark("Does the microphone hear you?"),
    Step.CHOICES: mark("Language and rules"),
}
_LEADS = {
    Step.PROMISES: "",
    Step.MICROPHONE: mark("Three seconds tell. Press the button and say a few words as you usually speak."),
    Step.CHOICES: "",
}


class WelcomeCard(Card):
    """Shows one step.

    Emits:
        step_shown: the Step that came into sight.
        skipped: the user wants none of it.
        done: the user came to its end.
        practice_clicked: the user came to its end and wants to try it.
    """

    step_shown = Signal(str)
    skipped = Signal()
    done = Signal()
    practice_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.step = Step.PROMISES
        self._title = SectionTitle(parent=self)
        self._count = Pill(parent=self)
        self._lead = TextLabel(tone="sub", parent=self, wrap=True)
        self.skip_button = PlainButton(parent=self)
        self.skip_button.make_flat()
        self.steps = VerticalScroll(self)
        self.promises = Promises(words, self.steps.body)
        self.microphone = QWidget(self.steps.body)
        self._microphone_column = QVBoxLayout(self.microphone)
        self._microphone_column.setContentsMargins(0, 0, 0, 0)
        self._microphone_column.addStretch(1)
        self.choices = ChoicesStep(words, self.steps.body)
        self.back_button = PlainButton(parent=self)
        self.next_button = PrimaryButton(parent=self)
        self.try_button = PlainButton(icon_name="play", parent=self)
        self.skip_button.clicked.connect(self.skipped)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.try_button.clicked.connect(self.practice_clicked)
        self._lay_out()
        self.show_step(Step.PROMISES)

    def show_choices(self, choices: Choices) -> None:
        """What can be chosen in the last step."""
        self.choices.show_choices(choices)

    def show_step(self, step: Step) -> None:
        """Turn to a step."""
        self.step = step
        for one, page in (
            (Step.PROMISES, self.promises),
            (Step.MICROPHONE, self.microphone),
            (Step.CHOICES, self.choices),
        ):
            page.setVisible(one is step)
        self.steps.verticalScrollBar().setValue(0)
        self.retranslate()
        self.step_shown.emit(step.value)

    def take_sound(self, sound: QWidget) -> None:
        """Let the microphone's choice, level and test stand here."""
        self._microphone_column.insertWidget(0, sound)
        sound.show()

    def retranslate(self) -> None:
        """Write everything anew."""
        t = self._words.text
        number = STEPS.index(self.step) + 1
        last = self.step is STEPS[-1]
        self._title.setText(t(_TITLES[self.step]))
        self._count.show_text(f"{number} / {len(STEPS)}")
        self._count.setAccessibleName(t("Step {n} of {total}", n=number, total=len(STEPS)))
        self._lead.setText(t(_LEADS[self.step]))
        self._lead.setVisible(bool(_LEADS[self.step]))
        self.skip_button.setText(t("Skip"))
        self.skip_button.setAccessibleName(t("Skip the first steps"))
        self.skip_button.setVisible(not last)
        self.back_button.setText(t("Back"))
        self.back_button.setAccessibleName(t("Back to the step before"))
        self.back_button.setVisible(self.step is not STEPS[0])
        self.next_button.setText(t("Finish") if last else t("Next"))
        self.next_button.setAccessibleName(t("Finish") if last else t("On to the next step"))
        self.try_button.setText(t("Try it: practice visit"))
        self.try_button.setAccessibleName(t("Try it with a simulated visit"))
        self.try_button.setVisible(last)
        self.promises.retranslate()
        self.choices.retranslate()

    @Slot()
    def _next(self) -> None:
        number = STEPS.index(self.step) + 1
        if number == len(STEPS):
            self.done.emit()
        else:
            self.show_step(STEPS[number])

    @Slot()
    def _back(self) -> None:
        self.show_step(STEPS[max(0, STEPS.index(self.step) - 1)])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.skip_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.try_button)
        foot.addWidget(self.next_button)
        body = self.steps.column
        body.setContentsMargins(0, 8, 6, 8)
        for page in (self.promises, self.microphone, self.choices):
            body.addWidget(page)
        self.column.addLayout(head)
        self.column.addSpacing(4)
        self.column.addWidget(self._lead)
        self.column.addSpacing(8)
        self.column.addWidget(self.steps, 1)
        self.column.addSpacing(10)
        self.column.addLayout(foot)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignTop)
