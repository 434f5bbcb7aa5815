"""The page that waits for the visit: one red button, and what to do before anyone comes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.mode import Mode
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import PageTitle, TextLabel
from evidencedesk.ui.kit.record_button import RecordButton
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.record.case_line import CaseLine
from evidencedesk.ui.record.consent_notice import ConsentBox
from evidencedesk.ui.record.preparations import PreparationsCard
from evidencedesk.ui.record.self_test import Phase
from evidencedesk.ui.record.sound_check import SoundCheck
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.start.state import Step
from evidencedesk.ui.start.welcome_card import WelcomeCard
from evidencedesk.ui.theme.text_size import at_most_wide
from evidencedesk.ui.words import UiWords


class RecordPage(QWidget):
    """Shows a RecordState and tells what was clicked. It exists before anything else is loaded."""

    start_clicked = Signal()
    mode_clicked = Signal(str)
    source_clicked = Signal(str)
    far_source_clicked = Signal(str)
    look_again_clicked = Signal()
    test_clicked = Signal()
    test_other_clicked = Signal(str)
    case_clicked = Signal(str)
    new_case_clicked = Signal(str)
    item_toggled = Signal(str, bool)
    practice_clicked = Signal()
    places_chosen = Signal(str, str)
    welcome_passed = Signal()

    def __init__(
        self, words: UiWords, parent: QWidget | None = None, button: RecordButton | None = None
    ) -> None:
        """``button`` is the red one where it was on the screen before the page."""
        super().__init__(parent)
        self.setObjectName("record-page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words = words
        self._state = RecordState()
        self._test_shown = Phase.IDLE
        self.heading = PageTitle(parent=self)
        self.case_line = CaseLine(words, self)
        self.case_line.case_clicked.connect(self.case_clicked)
        self.case_line.new_case_clicked.connect(self.new_case_clicked)
        self.mode = SegmentedControl([Segment(Mode.VISIT.value), Segment(Mode.CALL.value)], parent=self)
        self.mode.clicked.connect(self.mode_clicked)
        self.button = button or RecordButton(self)
        self.button.clicked.connect(self.start_clicked)
        self.sound = SoundCheck(words, self)
        self.sound.source_clicked.connect(self.source_clicked)
        self.sound.far_source_clicked.connect(self.far_source_clicked)
        self.sound.look_again_clicked.connect(self.look_again_clicked)
        self.sound.test.test_clicked.connect(self.test_clicked)
        self.sound.test.other_clicked.connect(self.test_other_clicked)
        self.preparations = PreparationsCard(words, self)
        self.preparations.item_toggled.connect(self.item_toggled)
        self.consent = ConsentBox(words, self)
        self.consent.places_chosen.connect(self.places_chosen)
        self.practice_button = PlainButton(icon_name="play", parent=self)
        self.practice_button.make_flat()
        self.practice_button.clicked.connect(self.practice_clicked)
        self.urgent = TextLabel(tone="sub", parent=self, wrap=True)
        self.welcome = WelcomeCard(words, self)
        self.welcome.skipped.connect(self.pass_welcome)
        self.welcome.done.connect(self.pass_welcome)
        self.welcome.practice_clicked.connect(self._practise_first)
        self.welcome.step_shown.connect(self._place_sound)
        self.welcoming = False
        self.passed_early = False
        self._shortcut = QShortcut(QKeySequence("Ctrl+R"), self)
        self._shortcut.activated.connect(self.start_clicked)
        self._lay_out()
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        self.render(self._state)

    @property
    def invitation(self) -> tuple[str, str]:
        """What stands on the red button when it waits."""
        return self._words.text("Start recording"), self._words.text("Space · Ctrl+R")

    def render(self, state: RecordState) -> None:  # type: ignore[override]
        """Show this."""
        t = self._words.text
        self._state = state
        if state.failed:
            self.heading.setText(t("Nothing can be recorded now"))
        elif not state.ready:
            self.heading.setText(t("One moment…"))
        elif state.no_microphone:
            self.heading.setText(t("A microphone is missing"))
        else:
            self.heading.setText(t("Ready whenever you are"))
        self.case_line.render(state)
        self.mode.set_label(Mode.VISIT.value, t("Visit"), t("Visit at the door"))
        self.mode.set_label(Mode.CALL.value, t("Call"), t("Phone call"))
        self.mode.setAccessibleName(t("Kind of encounter"))
        self.mode.set_current(state.mode.value)
        if state.starting:
            self.button.set_texts(t("Starting…"), "")
        else:
            self.button.set_texts(*self.invitation)
        self._enable_button(enabled=state.can_start)
        self.sound.render(state)
        if state.test.phase not in (Phase.IDLE, self._test_shown):
            QTimer.singleShot(0, self._show_test)  # as soon as it is laid out
        self._test_shown = state.test.phase
        self.preparations.render(state)
        self.consent.render(state)
        self.practice_button.setText(t("Try it: practice visit"))
        self.practice_button.setAccessibleName(t("Try it with a simulated visit"))
        self.practice_button.setEnabled(state.can_practise)
        self.practice_button.setVisible(not self.welcoming)
        self.welcome.try_button.setEnabled(state.can_practise)
        urgent = (t("Somebody at the door now? Press the red button."), t("Everything else can wait."))
        self.urgent.setText("\n".join(urgent))
        self.welcome.retranslate()
        if self.welcoming:
            self.consent.hide()
            self._place_sound()

    def show_welcome(self) -> None:
        """Show the first steps beside the red button, from the first one on."""
        self.welcoming = True
        self._arrange()
        self.welcome.show_step(Step.PROMISES)

    @Slot()
    def pass_welcome(self) -> None:
        """No first steps any more."""
        self.welcoming = False
        self.passed_early = True
        self._arrange()
        self._place_sound()
        self._take_keyboard()
        self.welcome_passed.emit()

    def _arrange(self) -> None:
        """Either the first steps or the preparations beside the red button."""
        self.welcome.setVisible(self.welcoming)
        self.urgent.setVisible(self.welcoming and not self._state.in_trouble)
        self.consent.setVisible(self._state.consent is not None and not self.welcoming)
        self.preparations.setVisible(not self.welcoming)
        self.practice_button.setVisible(not self.welcoming)
        self._cards.setStretch(0, 44 if self.welcoming else 62)
        self._cards.setStretch(1, 56 if self.welcoming else 38)
        self.case_line.setVisible(not self.welcoming)

    @Slot()
    def _place_sound(self) -> None:
        """The microphone stands under the red button, and meanwhile in the step that tests it."""
        testing = self.welcoming and self.welcome.step is Step.MICROPHONE
        if testing:
            self.welcome.take_sound(self.sound)
        else:
            self._sound_row.insertWidget(1, self.sound, 100)
            self.sound.setVisible(not self.welcoming or self._state.in_trouble)
        self.urgent.setVisible(self.welcoming and not self._state.in_trouble)

    @Slot()
    def _practise_first(self) -> None:
        self.pass_welcome()
        self.practice_clicked.emit()

    def _enable_button(self, *, enabled: bool) -> None:
        if enabled == self.button.isEnabled():
            return
        had_focus = self.button.hasFocus() or self.hasFocus()
        self.button.setEnabled(enabled)
        if had_focus:
            self._take_keyboard()  # else Qt would hand the space bar to the next widget in line

    @Slot()
    def _show_test(self) -> None:
        """A small window has to be scrolled for the result to be seen."""
        for scroll in (self._middle, self.welcome.steps):
            if scroll.isAncestorOf(self.sound.test):
                scroll.ensureWidgetVisible(self.sound.test, 0, 8)

    def show_level(self, peak: int | None) -> None:
        """Let the level bar move."""
        self.sound.show_level(peak)

    def showEvent(self, event: QShowEvent) -> None:
        """The space bar belongs to the red button."""
        super().showEvent(event)
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        if not self.isVisible():
            return  # another page has it, and gets what is typed
        (self.button if self.button.isEnabled() else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space that nobody else wanted starts the recording."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.start_clicked.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(self.heading)
        titles.addWidget(self.case_line)
        top = QHBoxLayout()
        top.addLayout(titles, 1)
        top.addWidget(self.practice_button, 0, Qt.AlignmentFlag.AlignTop)
        self._middle = middle = VerticalScroll(self)
        middle.column.setSpacing(14)
        middle.column.addStretch(1)
        for widget in (self.mode, self.button):
            middle.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.urgent.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        at_most_wide(self.urgent, 300)
        self._sound_row = QHBoxLayout()
        lines: tuple[tuple[QHBoxLayout, QWidget], ...] = (
            (QHBoxLayout(), self.urgent),
            (self._sound_row, self.sound),
            (QHBoxLayout(), self.consent),
        )
        for line, part in lines:
            line.addStretch(1)
            line.addWidget(part, 100)
            line.addStretch(1)
            middle.column.addLayout(line)
        middle.column.addStretch(1)
        self.card = card = Card(self)
        card.column.addWidget(middle)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.preparations)
        side.addWidget(self.welcome)
        self._cards = cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(card, 62)
        cards.addLayout(side, 38)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(26, 22, 26, 22)
        whole.setSpacing(16)
        whole.addLayout(top)
        whole.addLayout(cards, 1)
        at_most_wide(self.consent, 420)
        self._arrange()
