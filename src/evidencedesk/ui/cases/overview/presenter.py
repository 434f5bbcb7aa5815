"""The list of cases: found, sorted, put aside; starting a new one, and taking one in from elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.case import CaseSummary
from evidencedesk.domain.errors import Code, Known
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.services import ArrivedCase, OverviewServices
from evidencedesk.ui.progress_steps import when_it_moves


class Order(StrEnum):
    """What comes first in the list."""

    LATEST = "latest"
    NAME = "name"
    BREACHES = "breaches"


@dataclass(frozen=True, slots=True)
class OverviewState:
    """All cases, the latest first; ``form_open`` while a new one is being described.

    ``put_aside`` and ``brought_back`` name the case that was moved last, so that it can be undone.
    ``arriving`` is the folder that is being taken in, ``arrived`` what became of it; ``asking`` while the
    user is asked for one.
    """

    cases: tuple[CaseSummary, ...] = ()
    loaded: bool = False
    form_open: bool = False
    problem: Known | None = None
    wanted: str = ""
    order: Order = Order.LATEST
    show_archived: bool = False
    put_aside: str = ""
    brought_back: str = ""
    asking: bool = False
    arriving: Path | None = None
    done: int = 0
    total: int = 0
    arrived: ArrivedCase | None = None
    refused: Path | None = None

    @property
    def archived(self) -> int:
        """How many are put aside."""
        return sum(summary.case.archived for summary in self.cases)

    @property
    def shown(self) -> tuple[CaseSummary, ...]:
        """What stands in the list, in its order."""
        words = self.wanted.casefold().split()
        found = [
            one
            for one in self.cases
            if one.case.archived <= self.show_archived and all(word in _searched(one) for word in words)
        ]
        if self.order is Order.NAME:
            found.sort(key=lambda one: one.case.title.casefold())
        elif self.order is Order.BREACHES:
            found.sort(key=lambda one: -one.breaches)
        return tuple(found)

    def title_of(self, case_id: str) -> str:
        """How a case is called."""
        return next((one.case.title for one in self.cases if one.case.id == case_id), "")


class OverviewPresenter(QObject):
    """Lists the cases.

    Emits:
        state_changed: the new ``OverviewState``.
        case_opened: the id of a case that was started here.
        cases_changed: a case was put aside, brought back or taken in.
    """

    state_changed = Signal(object)
    case_opened = Signal(str)
    cases_changed = Signal()
    _moved = Signal(int, int, str)

    def __init__(
        self, services: OverviewServices, jobs: Runner | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = OverviewState()
        self._stop = threading.Event()
        self._moved.connect(self._on_moved)  # emitted on the jobs thread, received on this one

    @property
    def state(self) -> OverviewState:
        """What the page shows."""
        return self._state

    def refresh(self) -> None:
        """Read the list again."""
        try:
            cases = self._services.cases()
        except Known as error:
            self._become(replace(self._state, loaded=True, problem=error))
            return
        latest_first = tuple(sorted(cases, key=_last_moment, reverse=True))
        self._become(replace(self._state, cases=latest_first, loaded=True, problem=None))

    def find(self, wanted: str) -> None:
        """Show the cases whose title, creditor or contract has these words."""
        self._become(replace(self._state, wanted=wanted))

    def sort_by(self, order: str) -> None:
        """Another order."""
        self._become(replace(self._state, order=Order(order)))

    def show_archived(self, shown: bool) -> None:  # noqa: FBT001 - a setter
        """Show or hide what is put aside."""
        self._become(replace(self._state, show_archived=shown))

    def archive(self, case_id: str) -> None:
        """Put a case aside."""
        self._set_archived(case_id, archived=True)

    def bring_back(self, case_id: str) -> None:
        """Put a case into the list again."""
        self._set_archived(case_id, archived=False)

    def undo(self) -> None:
        """As if the last move had not been."""
        if self._state.put_aside:
            self._set_archived(self._state.put_aside, archived=False, told=False)
        elif self._state.brought_back:
            self._set_archived(self._state.brought_back, archived=True, told=False)

    def dismiss(self) -> None:
        """What was said has been seen."""
        self._become(
            replace(self._state, put_aside="", brought_back="", arrived=None, refused=None, problem=None)
        )

    def ask_for_folder(self) -> None:
        """Ask which case folder shall be taken in."""
        self._become(replace(self._state, asking=True, arrived=None, refused=None, problem=None))

    def leave(self) -> None:
        """None after all."""
        self._become(replace(self._state, asking=False))

    def take_in(self, path: Path) -> None:
        """Verify a case folder or its ZIP and take it in, on the jobs thread."""
        if self._jobs is None or self._state.arriving is not None:
            return
        self._stop.clear()
        self._become(
            replace(self._state, asking=False, arriving=path, done=0, total=0, problem=None, arrived=None)
        )
        tell = when_it_moves(self._moved.emit)
        self._jobs.run(
            partial(self._services.import_case, path, _without_name(tell), self._stop.is_set),
            success=self._taken_in,
            failure=self._not_taken_in,
        )

    def cancel(self) -> None:
        """Stop taking in."""
        self._stop.set()

    def open_form(self) -> None:
        """Ask how the new case is called."""
        self._become(replace(self._state, form_open=True, problem=None))

    def close_form(self) -> None:
        """Start no case after all."""
        self._become(replace(self._state, form_open=False, problem=None))

    def start_case(self, title: str, creditor: str, contract: str) -> None:
        """Start a case; the form stays open with the reason when that is refused."""
        try:
            case = self._services.open_case(title, creditor, contract)
        except Known as error:
            self._become(replace(self._state, problem=error))
            return
        self._state = replace(self._state, form_open=False)
        self.refresh()
        self.case_opened.emit(case.id)

    def _set_archived(self, case_id: str, *, archived: bool, told: bool = True) -> None:
        try:
            self._services.archive_case(case_id, archived=archived)
        except Known as error:
            self._become(replace(self._state, problem=error))
            return
        put_aside = case_id if archived and told else ""
        brought_back = case_id if told and not archived else ""
        self._state = replace(self._state, put_aside=put_aside, brought_back=brought_back)
        self.refresh()
        self.state_changed.emit(self._state)
        self.cases_changed.emit()

    def _on_moved(self, done: int, total: int, _name: str) -> None:
        if self._state.arriving is not None:
            self._become(replace(self._state, done=done, total=total))

    def _taken_in(self, arrived: ArrivedCase) -> None:
        self._state = replace(self._state, arriving=None, arrived=arrived)
        self.refresh()
        self.state_changed.emit(self._state)
        self.cases_changed.emit()

    def _not_taken_in(self, problem: Known) -> None:
        refused = self._state.arriving if problem.code is Code.IMPORT_NOT_INTACT else None
        self._become(replace(self._state, arriving=None, problem=problem, refused=refused))

    def _become(self, state: OverviewState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _without_name(tell: Callable[[int, int, str], None]) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        tell(done, total, "")

    return progress


def _searched(summary: CaseSummary) -> str:
    case = summary.case
    return f"{case.title}\n{case.creditor}\n{case.contract}".casefold()


def _last_moment(summary: CaseSummary) -> str:
    return summary.last_utc or summary.case.opened.utc
