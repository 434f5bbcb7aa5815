"""One case: what is known about it, and what can be added afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.domain.case import CaseFile, CollectorCard, Recording, TakenIn
from evidencedesk.domain.errors import Known
from evidencedesk.domain.rules import Caution, RulePack, Topic
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.review.results_presenter import ResultsPresenter
from evidencedesk.ui.cases.services import Origin, ReviewServices
from evidencedesk.ui.cases.steps.next_steps import NextStepsPresenter


@dataclass(frozen=True, slots=True)
class ReviewState:
    """A case on the screen.

    ``encounter`` is the one in the card; ``whole_case`` lets the timeline show all of them.
    """

    case_file: CaseFile | None = None
    packs: tuple[RulePack, ...] = ()
    encounter: str | None = None
    whole_case: bool = False
    editing: bool = False
    correcting: str | None = None
    problem: Known | None = None


class ReviewPresenter(QObject):
    """Shows one case.

    Emits:
        state_changed: the new ``ReviewState``.
        note_kept: a note is on the disk, its field can be emptied.
        case_changed: the list of cases should be read again.
        case_deleted: the case on the screen is no more.
    """

    state_changed = Signal(object)
    note_kept = Signal()
    case_changed = Signal()
    case_deleted = Signal()

    def __init__(self, services: ReviewServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = ReviewState()
        self.results = ResultsPresenter(services, jobs, self)
        self.next_steps = NextStepsPresenter(services, self)
        self.next_steps.changed.connect(self._step_changed)

    @property
    def state(self) -> ReviewState:
        """What the page shows."""
        return self._state

    def show_case(self, case_id: str) -> None:
        """Put a case on the screen, with its latest encounter."""
        self._forget()
        self._read(case_id)

    def refresh(self) -> None:
        """Read the case again."""
        if self._state.case_file is not None:
            self._read(self._state.case_file.case.id)

    def choose_encounter(self, encounter: str) -> None:
        """Show another encounter's card and lines."""
        self._become(replace(self._state, encounter=encounter))

    def show_whole_case(self, whole_case: bool) -> None:  # noqa: FBT001 - a slot of a switch
        """Let the timeline show every encounter, or only the chosen one."""
        self._become(replace(self._state, whole_case=whole_case))

    def open_form(self) -> None:
        """Ask for other names of the case."""
        self._become(replace(self._state, editing=True, problem=None))

    def close_form(self) -> None:
        """Leave the names as they are."""
        self._become(replace(self._state, editing=False, problem=None))

    def rename(self, title: str, creditor: str, contract: str) -> None:
        """Give the case other names; the form stays open when that is refused."""
        case_id = self._case_id()
        if self._did(lambda: self._services.change_case(case_id, title, creditor, contract)):
            self._state = replace(self._state, editing=False)
            self._read(case_id)
            self.case_changed.emit()

    def add_note(self, text: str) -> None:
        """Write something down afterwards; it bears the time of now."""
        case_id = self._case_id()
        if self._did(lambda: self._services.take_note(case_id, text, self._state.encounter)):
            self._read(case_id)
            self.note_kept.emit()
            self.case_changed.emit()

    def begin_correction(self, note_id: str) -> None:
        """Ask for the new words of a note."""
        self._become(replace(self._state, correcting=note_id, problem=None))

    def end_correction(self) -> None:
        """Leave the note as it is."""
        self._become(replace(self._state, correcting=None, problem=None))

    def correct_note(self, text: str) -> None:
        """Give the note new words; the old ones stay readable."""
        case_id, note_id = self._case_id(), self._state.correcting
        if note_id is None:
            return
        if self._did(lambda: self._services.correct_note(case_id, note_id, text)):
            self._state = replace(self._state, correcting=None)
            self._read(case_id)

    def sound_file(self, recording: Recording) -> Path:
        """Where a recording's sound is kept."""
        return self._services.sound_file(recording)

    def card_remarks(self, card: CollectorCard, day: date) -> tuple[CardRemark, ...]:
        """What is worth a second look on a card that was filled in on a day."""
        return self._services.card_remarks(card, day)

    def kept_file(self, kept: TakenIn) -> Path:
        """Where a file taken in is kept."""
        return self._services.kept_file(kept)

    def origins(self) -> tuple[Origin, ...]:
        """Say which folders the case came from, if it did."""
        case_file = self._state.case_file
        try:
            return () if case_file is None else self._services.origins(case_file.case.id)
        except Known:
            return ()

    def set_archived(self, archived: bool) -> None:  # noqa: FBT001 - a setter
        """Put the case aside, or bring it back."""
        case_file = self._state.case_file
        if case_file is None:
            return
        try:
            self._services.archive_case(case_file.case.id, archived=archived)
        except Known as error:
            self.show_problem(error)
            return
        self.refresh()
        self.case_changed.emit()

    def cautions(self, topic: Topic) -> tuple[Caution, ...]:
        """What the rules in use say to be careful with."""
        return self._services.cautions(topic)

    def delete_practice(self) -> None:
        """The user was asked twice: delete this practice case for good."""
        work = partial(self._services.delete_practice, self._case_id())
        self._jobs.run(work, success=self._deleted, failure=self._not_deleted)

    @Slot(object)
    def show_problem(self, problem: Known) -> None:
        """Another page of the case could not do what was asked."""
        self._become(replace(self._state, problem=problem))

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def _case_id(self) -> str:
        if self._state.case_file is None:
            raise RuntimeError("no case is open")
        return self._state.case_file.case.id

    def _did(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Known as error:
            self._become(replace(self._state, problem=error))
            return False
        return True

    def _read(self, case_id: str) -> None:
        try:
            case_file = self._services.case_file(case_id)
            packs = self._services.packs_for(case_file)
        except Known as error:
            self._become(replace(self._state, problem=error))
            return
        known = {encounter.id for encounter in case_file.encounters}
        chosen = self._state.encounter
        if chosen not in known:
            chosen = case_file.encounters[-1].id if case_file.encounters else None
        self._become(replace(self._state, case_file=case_file, packs=packs, encounter=chosen, problem=None))
        self.next_steps.show_case(case_file)
        self.results.judge(case_file)

    def _forget(self) -> None:
        self.results.clear()
        self.next_steps.show_case(None)
        self._become(ReviewState())

    @Slot()
    def _step_changed(self) -> None:
        self.refresh()
        self.case_changed.emit()

    def _deleted(self, _nothing: object) -> None:
        self._forget()
        self.case_deleted.emit()

    def _not_deleted(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem))

    def _become(self, state: ReviewState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
