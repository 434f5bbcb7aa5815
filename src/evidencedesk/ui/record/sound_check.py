"""The microphone, whether it hears anything, and how much room there is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.mode import Mode
from evidencedesk.system.kind import SYSTEM
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.level_bar import LevelBar
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.record.call_guides import computer_guide, speaker_guide
from evidencedesk.ui.record.hearing import Hearing
from evidencedesk.ui.record.inputs import Input, input_text
from evidencedesk.ui.record.self_test import Phase
from evidencedesk.ui.record.self_test_panel import SelfTestPanel
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.room_left import room_text
from evidencedesk.ui.second_place import SecondPlace, second_text
from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.theme.text_size import at_most_wide
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import mark

_HEARING: dict[Hearing, tuple[str, Kind]] = {
    Hearing.UNKNOWN: ("", "neutral"),
    Hearing.HEARD: (mark("Sound is heard"), "ok"),
    Hearing.QUIET: (mark("Quiet: say a word"), "neutral"),
    Hearing.NOTHING: (mark("No sound"), "warn"),
    Hearing.NOISY: (mark("Loud noise"), "warn"),
    Hearing.MUTED: (mark("Muted"), "warn"),
}


class SoundCheck(QWidget):
    """Under the red button: choice of microphone with its live level."""

    source_clicked = Signal(str)
    far_source_clicked = Signal(str)
    look_again_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None, *, platform: str = SYSTEM) -> None:
        super().__init__(parent)
        self._words = words
        self._platform = platform
        self._inputs: tuple[Input, ...] = ()
        at_most_wide(self, 420)
        self.choice = ElidedComboBox(self)
        self.choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        self.choice.activated.connect(self._chosen)
        self.far_choice = ElidedComboBox(self)
        self.far_choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.far_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.far_choice.setMinimumContentsLength(12)
        self.far_choice.activated.connect(self._far_chosen)
        self._far_name = TextLabel(tone="faint", wrap=True)
        self.pill = Pill(parent=self)
        self.level = LevelBar(self)
        self.test = SelfTestPanel(words, self)
        self.problem = TextLabel(tone="bad", wrap=True)
        self.again = PlainButton(icon_name="refresh-cw", parent=self)
        self.again.clicked.connect(self.look_again_clicked)
        self._hint = TextLabel(tone="warn", wrap=True)
        self._advice = TextLabel(tone="sub", wrap=True)
        self._earlier = TextLabel(tone="sub", wrap=True)
        self._second = TextLabel(tone="warn", wrap=True)
        self._room = TextLabel(tone="faint", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.choice, 1)
        row.addWidget(self.pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.level)
        column.addWidget(self._far_name)
        column.addWidget(self.far_choice)
        column.addWidget(self.test)
        column.addWidget(self.problem)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._hint)
        column.addWidget(self._advice)
        column.addWidget(self._earlier)
        column.addWidget(self._second)
        column.addWidget(self._room)

    def render(self, state: RecordState) -> None:  # type: ignore[override]
        """Show the microphones, or say that there is none and what to do."""
        t = self._words.text
        self._show_inputs(state)
        self._show_far(state)
        text, kind = _HEARING[state.hearing]
        self.pill.show_text(t(text) if state.inputs else "", kind)
        self.level.setAccessibleName(t("Level of the microphone"))
        self.level.setVisible(bool(state.inputs))
        problem = self._problem_text(state)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.again.setVisible(bool(problem))
        self.again.setText(t("Look again"))
        self.again.setAccessibleName(t("Look again"))
        self.test.render(state)
        for label, said in (
            (self._hint, self._hint_text(state)),
            (self._advice, computer_guide(self._words, state, self._platform)),
            (self._earlier, self._earlier_text(state)),
            (self._second, second_text(self._words, state.second)),
        ):
            label.setText(said)
            label.setVisible(bool(said))
        self._room.setText(self._room_text(state))

    def show_level(self, peak: int | None) -> None:
        """Let the bar move."""
        self.level.set_peak(peak or 0)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self.source_clicked.emit(self._inputs[index].name)

    @Slot(int)
    def _far_chosen(self, _index: int) -> None:
        self.far_source_clicked.emit(self.far_choice.currentData())

    def _show_far(self, state: RecordState) -> None:
        """Where the other side is heard: this computer, or a phone on speaker."""
        t = self._words.text
        on = state.mode is Mode.CALL and bool(state.inputs)
        choices = [(input_text(one), one.name) for one in state.far_choices]
        choices.append((t("A phone on speaker, beside the computer"), ""))
        shown = [
            (self.far_choice.itemText(i), self.far_choice.itemData(i)) for i in range(self.far_choice.count())
        ]
        if choices != shown:
            self.far_choice.clear()
            for text, name in choices:
                self.far_choice.addItem(icon("phone" if not name else "volume-2"), text, name)
        wanted = state.far_chosen if state.far is not None else ""
        self.far_choice.setCurrentIndex(self.far_choice.findData(wanted))
        self.far_choice.setAccessibleName(t("Where the other side is heard"))
        self._far_name.setText(t("Where the other side is heard"))
        self.far_choice.setEnabled(not state.starting)
        for widget in (self.far_choice, self._far_name):
            widget.setVisible(on)

    def _show_inputs(self, state: RecordState) -> None:
        t = self._words.text
        labels = [input_text(one) for one in state.inputs]
        if labels != [self.choice.itemText(i) for i in range(self.choice.count())]:
            self.choice.clear()
            for text in labels:
                self.choice.addItem(icon("mic"), text)
        self._inputs = state.inputs
        names = [one.name for one in state.inputs]
        self.choice.setCurrentIndex(names.index(state.chosen) if state.chosen in names else -1)
        self.choice.setAccessibleName(t("Microphone"))
        self.choice.setVisible(bool(state.inputs))
        self.choice.setEnabled(not state.starting)

    def _problem_text(self, state: RecordState) -> str:
        t = self._words.text
        if state.no_microphone:
            return t(
                "No microphone was found. Plug in a microphone or a headset: it is noticed by itself. "
                "If time is short, record with your phone and add the file to the case later."
            )
        if state.sound_problem is None:
            return ""
        told = describe(self._words.words, state.sound_problem)
        return f"{told.what} {told.next}"

    def _hint_text(self, state: RecordState) -> str:
        t = self._words.text
        if state.test.phase is not Phase.IDLE:
            return speaker_guide(self._words, state)  # the test says more of the microphone
        hints = []
        if state.hearing is Hearing.NOTHING and state.inputs:
            hints.append(t("The microphone hears nothing. Is it muted, or is another one meant?"))
        if state.hearing is Hearing.MUTED and state.inputs:
            hints.append(t("The microphone is muted in the system's sound settings. Unmute it there."))
        if state.hearing is Hearing.NOISY and state.inputs:
            hints.append(t("There is loud noise all the time. A fan, music, or another microphone?"))
        hints.append(speaker_guide(self._words, state))
        return "\n".join(text for text in hints if text)

    def _earlier_text(self, state: RecordState) -> str:
        if not state.earlier_s:
            return ""
        return self._words.text(
            "Listening: the last {n} seconds before the click are kept, in memory only, until you press the "
            "button.",
            n=state.earlier_s,
        )

    def _room_text(self, state: RecordState) -> str:
        t = self._words.text
        if state.failed:
            return ""
        if not state.ready:
            return t("Opening the library…")
        if state.looking:
            return t("Looking for microphones…")
        parts = [t("The sound stays on this computer only")]
        if state.second is SecondPlace.READY:
            parts.append(t("a second copy is written at the same time"))
        if state.minutes_left is not None:
            room = room_text(self._words, state.minutes_left)
            parts.insert(0, room[:1].upper() + room[1:])
        return " · ".join(parts)
