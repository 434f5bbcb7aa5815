"""The button that tests the microphone, and what the test found, in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.record.hearing import Outcome
from evidencedesk.ui.record.inputs import Input
from evidencedesk.ui.record.self_test import FarSide, Phase, SelfTest
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_MOST_OTHERS = 4
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.FINE: mark("Good: “{device}” hears your voice clearly."),
    Outcome.QUIET: mark(
        "Too quiet: “{device}” hardly hears a voice. Speak during the test; if you did, move closer or turn "
        "the microphone up in the system's sound settings."
    ),
    Outcome.LOUD: mark(
        "Too loud: the sound of “{device}” is distorted. Move away a little, or turn the microphone down in "
        "the system's sound settings."
    ),
    Outcome.NOISE: mark(
        "Only noise: “{device}” hears nothing that sounds like a voice. Speak during the test; if you did, "
        "turn off what hums or choose another microphone."
    ),
    Outcome.NOTHING: mark(
        "Complete silence: “{device}” gives no sound at all. Look for a switch on it, or choose another "
        "microphone."
    ),
    Outcome.MUTED: mark("Muted: “{device}” is muted in the system's sound settings. Unmute it there."),
    Outcome.NO_SOUND: mark(
        "No sound arrives from “{device}”. Unplug it and plug it in again, or choose another microphone."
    ),
}
_FAR: Mapping[FarSide, str] = {
    FarSide.NOT_TESTED: "",
    FarSide.WAITING: mark("The other side: play anything on this computer now, such as music or a video."),
    FarSide.ARRIVES: mark("The other side: sound arrives from “{device}”."),
    FarSide.NOTHING: mark(
        "The other side: no sound arrived from “{device}”. If something was playing, choose another output "
        "above; if the call is on a phone, put it on speaker."
    ),
}


class SelfTestPanel(QWidget):
    """Under the level bar."""

    test_clicked = Signal()
    other_clicked = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._announced = ""
        self.button = PlainButton(icon_name="mic", parent=self)
        self.button.clicked.connect(self.test_clicked)
        self.now = TextLabel(tone="sub", parent=self, wrap=True)
        self.result = TextLabel(tone="ok", parent=self, wrap=True)
        self.far = TextLabel(tone="sub", parent=self, wrap=True)
        self._others_name = TextLabel(tone="faint", parent=self, wrap=True)
        self._others = QWidget(self)
        self._flow = FlowLayout(self._others)
        self.others: list[PlainButton] = []
        self._shown_others: tuple[Input, ...] = ()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.now, 1)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        for widget in (self.result, self.far, self._others_name, self._others):
            column.addWidget(widget)

    def render(self, state: RecordState) -> None:  # type: ignore[override]
        """Show how far the test is, or what it found."""
        t = self._words.text
        test = state.test
        self.setVisible(bool(state.inputs) and state.sound_problem is None)
        both = state.far is not None
        if test.phase is Phase.DONE:
            self.button.setText(t("Test again"))
        else:
            self.button.setText(t("Test both sides") if both else t("Test the microphone"))
        self.button.setAccessibleName(
            t("Test the microphone and the other side's sound")
            if both
            else t("Test the microphone for three seconds")
        )
        # Never off while it listens: Qt would hand the space bar to the next control in line.
        self.button.setEnabled(not state.starting)
        self._say(self.now, self._now_text(state))
        found = t(_OUTCOMES[test.outcome], device=test.device) if test.outcome is not None else ""
        self.result.set_tone("ok" if test.outcome is Outcome.FINE else "warn")
        self._say(self.result, found)
        far = t(_FAR[test.far], device=test.far_device)
        self.far.set_tone({FarSide.ARRIVES: "ok", FarSide.NOTHING: "warn"}.get(test.far, "sub"))
        self._say(self.far, far)
        self._show_others(state)
        self._announce(test, "\n".join(part for part in (found, far) if part))

    def _now_text(self, state: RecordState) -> str:
        t = self._words.text
        if state.test.phase is Phase.LISTENING:
            return t("Say a few words as you usually speak… {n}", n=state.test.seconds_left)
        if state.untried:
            return t("Never recorded with this microphone. Three seconds show whether it hears you.")
        return ""

    def _show_others(self, state: RecordState) -> None:
        """The wrong device may hear quite well: the others are one press away."""
        t = self._words.text
        others = tuple(one for one in state.inputs if one.name != state.chosen)[:_MOST_OTHERS]
        if state.test.phase is not Phase.DONE:
            others = ()
        self._say(self._others_name, t("Not the right microphone? Test another one:") if others else "")
        self._others.setVisible(bool(others))
        if others != self._shown_others:
            self._shown_others = others
            for old in self.others:
                self._flow.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.others = [self._other(one) for one in others]
        for button, one in zip(self.others, others, strict=True):
            button.setAccessibleName(t("Test “{device}”", device=one.label))

    def _other(self, one: Input) -> PlainButton:
        button = PlainButton(one.label, parent=self._others)
        button.make_small()
        button.clicked.connect(partial(self.other_clicked.emit, one.name))
        self._flow.addWidget(button)
        button.show()
        return button

    def _say(self, label: TextLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _announce(self, test: SelfTest, found: str) -> None:
        """Let a screen reader say the result; it would not find it by itself."""
        said = found if test.phase is Phase.DONE else ""
        if said and said != self._announced:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self._announced = said
