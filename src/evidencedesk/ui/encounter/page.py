"""The page during an encounter: red bar, duties, notes, people, and help at hand."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.rules import RulePack
from evidencedesk.ui.encounter.checklist import ChecklistCard
from evidencedesk.ui.encounter.checklist_presenter import ChecklistState
from evidencedesk.ui.encounter.collector_cards import CollectorCards
from evidencedesk.ui.encounter.notes import NotesCard
from evidencedesk.ui.encounter.notes_presenter import NotesState
from evidencedesk.ui.encounter.people.join import join_people
from evidencedesk.ui.encounter.people_presenter import PeopleState
from evidencedesk.ui.encounter.presenter import BarState, EncounterPresenter
from evidencedesk.ui.encounter.red_bar import RedBar
from evidencedesk.ui.encounter.say_box import HelpBar, SayBox
from evidencedesk.ui.words import UiWords


class EncounterPage(QWidget):
    """Shows what an EncounterPresenter says; made anew for each encounter."""

    stop_clicked = Signal()

    def __init__(self, words: UiWords, pack: RulePack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("encounter-page")
        self._bar_state = BarState()
        self._checklist_state = ChecklistState()
        self._notes_state = NotesState()
        self._people_state = PeopleState()
        self.bar = RedBar(words, self)
        self.bar.stop_clicked.connect(self._stop_clicked)
        self.checklist = ChecklistCard(words, self)
        self.notes = NotesCard(words, self)
        self.people = CollectorCards(words, self)
        self.say = SayBox(words, self)
        self.people.column.addSpacing(8)
        self.people.column.addWidget(self.say)
        self.help = HelpBar(words, self)
        self.help.show_pack(pack)
        columns = QHBoxLayout()
        columns.setContentsMargins(18, 14, 18, 14)
        columns.setSpacing(14)
        columns.addWidget(self.checklist, 124)
        columns.addWidget(self.notes, 100)
        columns.addWidget(self.people, 90)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(columns, 1)
        whole.addWidget(self.help)
        to_notes = QShortcut(QKeySequence("Esc"), self)
        to_notes.activated.connect(self.focus_notes)
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
        self.checklist.verdict_clicked.connect(checklist.verdict_clicked)
        self.checklist.item_clicked.connect(checklist.item_clicked)
        self.checklist.more_clicked.connect(checklist.more_clicked)
        self.notes.note_entered.connect(notes.note_entered)
        self.notes.marker_clicked.connect(notes.marker_clicked)
        join_people(self.people, people, presenter.team, presenter.hotline, presenter.photos)
        self.render_bar(presenter.bar)
        self.render_checklist(checklist.state)
        self.render_notes(notes.state)
        self.render_people(people.state)

    def retranslate(self) -> None:
        """Write everything anew."""
        self.render_bar(self._bar_state)
        self.render_checklist(self._checklist_state)
        self.render_notes(self._notes_state)
        self.render_people(self._people_state)
        self.help.retranslate()

    @Slot(object)
    def render_bar(self, state: BarState) -> None:
        """Show the red bar; once the end has begun nothing else can be changed."""
        self._bar_state = state
        self.bar.render(state)
        for panel in (self.checklist, self.notes, self.people):
            panel.setEnabled(not state.stopping)

    @Slot(object)
    def render_checklist(self, state: ChecklistState) -> None:
        """Show the duties, and what to say."""
        self._checklist_state = state
        self.checklist.render(state)
        self.say.render(state.say)

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

    @Slot()
    def focus_notes(self) -> None:
        """Whatever happens: typing lands in the notes."""
        self.notes.input.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to write."""
        super().showEvent(event)
        self.focus_notes()

    @Slot()
    def keep_typed(self) -> None:
        """Save a note that waits for its Enter: the page is about to go."""
        self.notes.enter()

    @Slot()
    def _stop_clicked(self) -> None:
        self.keep_typed()
        self.stop_clicked.emit()

    @Slot(int, object)
    def _columns_added(self, first: int, columns: tuple[tuple[int, int], ...]) -> None:
        self.bar.waveform.add_columns(columns, first)
