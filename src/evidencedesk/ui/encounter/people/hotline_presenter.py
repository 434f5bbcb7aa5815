"""Calling the lender's hotline: is this collector theirs?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import FollowUp, FollowUpDetails, Step
from evidencedesk.ui.encounter.people_presenter import SAVE_AFTER_MS, PeoplePresenter, PeopleState
from evidencedesk.ui.encounter.session import Session

ANSWERS = ("sent-by-them", "not-sent-by-them", "no-answer")


@dataclass(frozen=True, slots=True)
class HotlineState:
    """The form, and the calls that were made about the open person."""

    number: str = ""
    agent: str = ""
    calls: tuple[FollowUp, ...] = ()


class HotlinePresenter(QObject):
    """Keeps the calls. What is typed is saved by itself: a call without an answer yet.

    Emits:
        state_changed: the new HotlineState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, people: PeoplePresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people = people
        self._person = people.state.person.id
        self._tab = people.state.current
        self._ended = False
        self._open: FollowUp | None = None  # on the disk, and still being filled in
        self._unsaved = False
        case_file = session.attempt(session.case_file)
        self._calls = list(case_file.follow_ups) if case_file else []
        self.state = HotlineState(number=case_file.case.hotline if case_file else "")
        self._show(self.state)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)
        people.state_changed.connect(self._people_changed)

    def end(self) -> None:
        """The recording is over: what is still written has no second in it."""
        self._ended = True

    @Slot(str)
    def number_edited(self, number: str) -> None:
        """Another number was dialled."""
        self._typed(replace(self.state, number=number))

    @Slot(str)
    def agent_edited(self, agent: str) -> None:
        """Who answered."""
        self._typed(replace(self.state, agent=agent))

    @Slot(str)
    def answered(self, answer: str) -> None:
        """The hotline said whether the person was sent by them, or nobody answered: keep the call."""
        if self._keep(answer):
            self._finish()

    @Slot(str)
    def withdrawn(self, call_id: str) -> None:
        """It was not so."""

        def withdraw() -> bool:
            self._session.services.withdraw_follow_up(self._session.live.case, call_id)
            return True

        if self._session.attempt(withdraw):
            self._calls = [one for one in self._calls if one.id != call_id]
            self._show(self.state)

    @Slot()
    def save(self) -> bool:
        """Put what was typed on the disk; False when that failed."""
        return not self._unsaved or self._keep("")

    def _typed(self, state: HotlineState) -> None:
        self.state = state
        self._unsaved = True
        self._timer.start()

    def _keep(self, answer: str) -> bool:
        self._timer.stop()
        kept = self._log(answer) if self._open is None else self._change(self._open, answer)
        if kept is None:
            return False
        self._open, self._unsaved = kept, False
        return True

    def _log(self, answer: str) -> FollowUp | None:
        # Of the card that was open when it was typed; another one may be open by now.
        same = self._people.state.current == self._tab
        collector = self._people.saved_id() if same else self._person
        if not collector:
            return None
        live, services, now = self._session.live, self._session.services, self._session.services.now()
        details = FollowUpDetails(
            step=Step.CALL,
            done_utc=now.utc,
            done_offset_minutes=now.offset_minutes,
            number=self.state.number,
            whom=self._people.state.people[self._tab].card.lender,
            agent=self.state.agent,
            answer=answer,
        )
        work = partial(
            services.log_follow_up,
            live.case,
            details,
            encounter=live.encounter,
            recording=live.recording,
            at_ms=None if self._ended else live.at_ms(),
            collector=collector,
        )
        return self._session.attempt(work)

    def _change(self, call: FollowUp, answer: str) -> FollowUp | None:
        details = replace(call.details, number=self.state.number, agent=self.state.agent, answer=answer)

        def change() -> FollowUp:
            self._session.services.change_follow_up(self._session.live.case, call.id, details)
            return replace(call, details=details)

        return self._session.attempt(change)

    def _finish(self) -> None:
        if self._open is not None:
            self._calls.append(self._open)
        self._open = None
        self._show(replace(self.state, agent=""))

    @Slot(object)
    def _people_changed(self, state: PeopleState) -> None:
        if state.current != self._tab:
            self.save()
            self._tab = state.current
            self._person = state.person.id
            self._finish()
        elif state.person.id != self._person:
            self._person = state.person.id
            self._show(self.state)

    def _show(self, state: HotlineState) -> None:
        person = self._people.state.person.id
        calls = tuple(
            one
            for one in self._calls
            if person and one.collector == person and one.details.step is Step.CALL and not one.withdrawn
        )
        self.state = replace(state, calls=calls)
        self.state_changed.emit(self.state)
