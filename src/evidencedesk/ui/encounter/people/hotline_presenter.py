"""Calling the lender's hotline: is this collector theirs?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.case import FollowUp, FollowUpDetails, Step
from evidencedesk.ui.encounter.people_presenter import PeoplePresenter, PeopleState
from evidencedesk.ui.encounter.session import Session

ANSWERS = ("sent-by-them", "not-sent-by-them", "no-answer")


@dataclass(frozen=True, slots=True)
class HotlineState:
    """The form, and the calls that were made about the open person."""

    number: str = ""
    agent: str = ""
    calls: tuple[FollowUp, ...] = ()


class HotlinePresenter(QObject):
    """Keeps the calls.

    Emits:
        state_changed: the new HotlineState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, people: PeoplePresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people = people
        self._person = people.state.person.id
        case_file = session.attempt(session.case_file)
        self._ended = False
        self._calls = list(case_file.follow_ups) if case_file else []
        self.state = HotlineState(number=case_file.case.hotline if case_file else "")
        self._show(self.state)
        people.state_changed.connect(self._people_changed)

    def end(self) -> None:
        """The recording is over: what is still written has no second in it."""
        self._ended = True

    @Slot(str)
    def number_edited(self, number: str) -> None:
        """Another number was dialled."""
        self.state = replace(self.state, number=number)

    @Slot(str)
    def agent_edited(self, agent: str) -> None:
        """Who answered."""
        self.state = replace(self.state, agent=agent)

    @Slot(str)
    def answered(self, answer: str) -> None:
        """The hotline said whether the person was sent by them, or nobody answered: keep the call."""
        collector = self._people.saved_id()
        if not collector:
            return
        live, services, now = self._session.live, self._session.services, self._session.services.now()
        details = FollowUpDetails(
            step=Step.CALL,
            done_utc=now.utc,
            done_offset_minutes=now.offset_minutes,
            number=self.state.number,
            whom=self._people.state.person.card.lender,
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
        call = self._session.attempt(work)
        if call is not None:
            self._calls.append(call)
            self._show(replace(self.state, agent=""))

    @Slot(str)
    def withdrawn(self, call_id: str) -> None:
        """It was not so."""

        def withdraw() -> bool:
            self._session.services.withdraw_follow_up(self._session.live.case, call_id)
            return True

        if self._session.attempt(withdraw):
            self._calls = [one for one in self._calls if one.id != call_id]
            self._show(self.state)

    @Slot(object)
    def _people_changed(self, state: PeopleState) -> None:
        if state.person.id != self._person:
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
