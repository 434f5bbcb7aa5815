"""The page during an encounter: red bar, duties, notes, people, what to say, and help at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.in_use import markers_in_use, reminding_pack
from evidencedesk.ui.encounter.call_panel import CallPanel
from evidencedesk.ui.encounter.calls_presenter import CallsPresenter, CallsState
from evidencedesk.ui.encounter.checklist import ChecklistCard
from evidencedesk.ui.encounter.checklist_presenter import ChecklistPresenter
from evidencedesk.ui.encounter.checklist_state import ChecklistState
from evidencedesk.ui.encounter.collector_cards import CollectorCards
from evidencedesk.ui.encounter.help_bar import HelpBar
from evidencedesk.ui.encounter.keys_card import KeysCard
from evidencedesk.ui.encounter.notes import NotesCard
from evidencedesk.ui.encounter.notes_presenter import NotesState
from evidencedesk.ui.encounter.people.join import join_people
from evidencedesk.ui.encounter.people_presenter import PeopleState
from evidencedesk.ui.encounter.presenter import BarState, EncounterPresenter
from evidencedesk.ui.encounter.red_bar import RedBar
from evidencedesk.ui.encounter.room_columns import RoomColumns
from evidencedesk.ui.encounter.say_box import SayBox
from evidencedesk.ui.help.card import HelpCard
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.room_scroll import RoomScroll
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.words import UiWords

_AIR = 12
_LOW = 600


class EncounterPage(QWidget):
    """Shows what an EncounterPresenter says; made anew for each encounter, with the packs in use."""

    stop_clicked = Signal()

    def __init__(self, words: UiWords, packs: Sequence[RulePack], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("encounter-page")
        self._bar_state = BarState()
        self._checklist_state = ChecklistState()
        self._notes_state = NotesState()
        self._people_state = PeopleState()
        self._calls_state = CallsState()
        self.bar = RedBar(words, self)
        self.bar.stop_clicked.connect(self._stop_clicked)
        self.checklist = ChecklistCard(words, self)
        self.notes = NotesCard(words, self)
        self.people = CollectorCards(words, self)
        self.say = SayBox(words, self)
        self.help = HelpBar(words, reminding_pack(packs), self)
        self.call = CallPanel(words, self)
        self.keys = KeysCard(words, [one.marker for one in markers_in_use(packs)], self)
        self.guide = HelpCard(words, self)
        self._left = QStackedWidget(self)
        for panel in (self.checklist, self.call, self.keys, self.guide):
            self._left.addWidget(panel)
        self._lay_out()
        for keys, activated in (
            ("Esc", self.to_notes),
            ("F12", self.keys_toggled),
            ("?", self.keys_toggled),
            ("Shift+F1", self.help_toggled),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(activated)
        self.checklist.keys_clicked.connect(self.keys_toggled)
        self.keys.closed.connect(self.to_notes)
        self.guide.closed.connect(self.to_notes)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def follow(self, presenter: EncounterPresenter) -> None:
        """Show this presenter's states and tell it what is clicked."""
        checklist, notes, people = presenter.checklist, presenter.notes, presenter.people
        presenter.bar_changed.connect(self.render_bar)
        presenter.columns_added.connect(self._columns_added)
        presenter.markers_changed.connect(self.bar.waveform.set_markers)
        checklist.state_changed.connect(self.render_checklist)
        notes.state_changed.connect(self.render_notes)
        notes.saved.connect(self.notes.clear_input)
        people.state_changed.connect(self.render_people)
        self.stop_clicked.connect(presenter.stop)
        self.bar.restart_clicked.connect(presenter.restart)
        self._connect_checklist(checklist)
        self._connect_calls(presenter.calls)
        self.notes.note_entered.connect(notes.note_entered)
        self.notes.marker_clicked.connect(notes.marker_clicked)
        join_people(self.people, people, presenter.team, presenter.hotline, presenter.photos)
        self.render_bar(presenter.bar)
        self.render_checklist(checklist.state)
        self.render_notes(notes.state)
        self.render_people(people.state)
        self.render_calls(presenter.calls.state)

    def retranslate(self) -> None:
        """Write everything anew."""
        self.render_bar(self._bar_state)
        self.render_checklist(self._checklist_state)
        self.render_notes(self._notes_state)
        self.render_people(self._people_state)
        self.render_calls(self._calls_state)
        self.keys.retranslate()
        self.guide.retranslate()

    @Slot(object)
    def render_bar(self, state: BarState) -> None:
        """Show the red bar; once the end has begun nothing else can be changed."""
        self._bar_state = state
        self.bar.render(state)
        for panel in (self._left, self.notes, self.people):
            panel.setEnabled(not state.stopping)

    @Slot(object)
    def render_checklist(self, state: ChecklistState) -> None:
        """Show the duties, and what to say."""
        self._checklist_state = state
        self.checklist.render(state)
        self.say.render(state.say, state.caution)

    @Slot(object)
    def render_notes(self, state: NotesState) -> None:
        """Show the notes."""
        self._notes_state = state
        self.notes.render(state)

    @Slot(object)
    def render_people(self, state: PeopleState) -> None:
        """Show the people."""
        self._people_state = state
        self.people.render(state)

    @Slot(object)
    def render_calls(self, state: CallsState) -> None:
        """Show the numbers; the panel about one of them stands where the rules stand otherwise."""
        was = self._asks_for_call(self._calls_state)
        self._calls_state = state
        self.help.render(state)
        self.call.render(state)
        if self._asks_for_call(state):
            self._left.setCurrentWidget(self.call)
        elif was:
            self._left.setCurrentWidget(self.checklist)

    @Slot()
    def keys_toggled(self) -> None:
        """Show the keys in place of the rules, or the rules again."""
        shown = self._left.currentWidget() is self.keys
        self._left.setCurrentWidget(self._under_keys() if shown else self.keys)

    def show_help(self, topic: str) -> None:
        """Show a place in the help in place of the rules; nothing leaves the page while recording."""
        self.guide.show_topic(topic)
        self._left.setCurrentWidget(self.guide)

    @Slot()
    def help_toggled(self) -> None:
        """Show the help in place of the rules, or the rules again."""
        if self._left.currentWidget() is self.guide:
            self._left.setCurrentWidget(self._under_keys())
        else:
            self.show_help(Topic.RECORDING.value)

    @Slot()
    def to_notes(self) -> None:
        """Out of whatever is open, and ready to write."""
        if self._left.currentWidget() in (self.keys, self.guide):
            self._left.setCurrentWidget(self._under_keys())
        elif self._left.currentWidget() is self.call:
            self.call.closed.emit()
        self.focus_notes()

    @Slot()
    def focus_notes(self) -> None:
        """Whatever happens: typing lands in the notes."""
        self.notes.input.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A message above the page in a small window takes room: it must not come from the markers."""
        super().resizeEvent(event)
        low = self.height() < scaled(_LOW)
        self.say.set_low(low=low)
        air = _AIR // 2 if low else _AIR
        self._body.setContentsMargins(18, air, 18, air)
        self._body.setSpacing(air)

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to write."""
        super().showEvent(event)
        self.focus_notes()

    @Slot()
    def keep_typed(self) -> None:
        """Save a note that waits for its Enter: the page is about to go."""
        self.notes.enter()

    def _under_keys(self) -> QWidget:
        return self.call if self._asks_for_call(self._calls_state) else self.checklist

    @staticmethod
    def _asks_for_call(state: CallsState) -> bool:
        return bool(state.open) or state.all_shown

    def _connect_checklist(self, presenter: ChecklistPresenter) -> None:
        card = self.checklist
        card.verdict_clicked.connect(presenter.verdict_clicked)
        card.item_clicked.connect(presenter.item_clicked)
        card.source_clicked.connect(presenter.source_clicked)
        card.caution_clicked.connect(presenter.caution_clicked)
        card.suggestion_accepted.connect(presenter.suggestion_accepted)
        card.phase_clicked.connect(presenter.phase_clicked)
        card.phase_stepped.connect(presenter.step_phase)
        card.number_pressed.connect(presenter.number_pressed)
        card.undo_clicked.connect(presenter.undo_clicked)
        card.more_clicked.connect(presenter.more_clicked)

    def _connect_calls(self, presenter: CallsPresenter) -> None:
        presenter.state_changed.connect(self.render_calls)
        self.help.number_clicked.connect(presenter.number_clicked)
        self.help.all_clicked.connect(presenter.all_clicked)
        self.call.closed.connect(presenter.close)
        self.call.number_clicked.connect(presenter.number_clicked)
        self.call.called.connect(presenter.called)
        self.call.withdrawn.connect(presenter.call_withdrawn)
        self.call.own_entered.connect(presenter.own_entered)
        self.call.field_edited.connect(presenter.field_edited)
        self.call.editing_finished.connect(presenter.save)

    def _lay_out(self) -> None:
        columns = RoomColumns((self._left, self.notes, self.people), (124, 100, 90))
        self._body = body = QVBoxLayout()
        body.setContentsMargins(18, _AIR, 18, _AIR)
        body.setSpacing(_AIR)
        body.addWidget(RoomScroll(columns, self), 1)
        body.addWidget(self.say)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(body, 1)
        whole.addWidget(self.help)

    @Slot()
    def _stop_clicked(self) -> None:
        self.keep_typed()
        self.stop_clicked.emit()

    @Slot(int, object)
    def _columns_added(self, first: int, columns: tuple[tuple[int, int], ...]) -> None:
        self.bar.waveform.add_columns(columns, first)
