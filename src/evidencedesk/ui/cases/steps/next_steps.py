"""The few things to do next, to be checked off and, until something else happens, unchecked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.agenda import Entry, Suggestion
from evidencedesk.domain.case import CaseFile, FollowUpDetails, Step
from evidencedesk.domain.errors import Known
from evidencedesk.guidance.step_path import NEGOTIATING, agenda, suggestions
from evidencedesk.ui.cases.steps.services import NextStepsServices

_MOST = 5
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A step that waits, or one that is suggested; ``key`` is its id or its kind."""

    key: str
    entry: Entry | None = None
    suggestion: Suggestion | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class NextState:
    """What the card shows; ``more`` counts what it has no room for."""

    case_id: str = ""
    lines: tuple[Line, ...] = ()
    more: int = 0
    today: date | None = None
    problem: Known | None = None


@dataclass(frozen=True, slots=True)
class _Checked:
    """A line that was checked off: the step it became, and what that was before (None for a new one)."""

    line: Line
    step: str
    before: FollowUpDetails | None


class NextStepsPresenter(QObject):
    """Checks steps off.

    Emits:
        state_changed: the new ``NextState``.
        changed: something is on the disk, the case should be read again.
    """

    state_changed = Signal(object)
    changed = Signal()

    def __init__(self, services: NextStepsServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._state = NextState()
        self._checked: dict[str, _Checked] = {}

    @property
    def state(self) -> NextState:
        """What the card shows."""
        return self._state

    def show_case(self, case_file: CaseFile | None) -> None:
        """Another case, or the same one read again: what was checked off here stays in sight."""
        if case_file is None or case_file.case.id != self._state.case_id:
            self._checked = {}
        if case_file is None:
            self._become(NextState())
            return
        standing = {one.id for one in case_file.follow_ups if not one.withdrawn}
        self._checked = {key: one for key, one in self._checked.items() if one.step in standing}
        done = [replace(one.line, checked=True) for one in self._checked.values()]
        hidden = {one.step for one in self._checked.values()} | set(self._checked)
        waiting = [Line(one.step.id, entry=one) for one in agenda(case_file) if one.step.id not in hidden]
        # Nothing that can restart limitation is one touch away: it stands on the page, after the caution.
        advised = [
            Line(one.step.value, suggestion=one)
            for one in suggestions(case_file, self._services.packs)
            if one.reason is not None and one.step not in NEGOTIATING and one.step.value not in hidden
        ]
        every = [*waiting, *advised]
        room = max(_LEAST, _MOST - len(done))
        self._become(
            NextState(
                case_file.case.id,
                (*every[:room], *done),
                max(0, len(every) - room),
                self._services.now().local.date(),
            )
        )

    def set_done(self, key: str, *, done: bool) -> None:
        """Check a line off, or take that back."""
        if done:
            self._did(lambda: self._check(key))
        else:
            self._did(lambda: self._undo(key))

    def _check(self, key: str) -> None:
        case_id = self._state.case_id
        line = next(one for one in self._state.lines if one.key == key)
        if line.entry is not None:
            step = line.entry.step.id
            before = self._services.finish_step(case_id, step)
            self._checked[key] = _Checked(line, step, before)
        else:
            now = self._services.now()
            items = () if line.suggestion is None else line.suggestion.items
            details = FollowUpDetails(
                Step(key), now.utc, now.offset_minutes, item=items[0].id if items else ""
            )
            self._checked[key] = _Checked(line, self._services.log_follow_up(case_id, details).id, None)

    def _undo(self, key: str) -> None:
        one = self._checked.pop(key, None)
        if one is None:
            return
        if one.before is None:
            self._services.withdraw_follow_up(self._state.case_id, one.step)
        else:
            self._services.change_follow_up(self._state.case_id, one.step, one.before)

    def _did(self, verb: Callable[[], None]) -> None:
        try:
            verb()
        except Known as problem:
            self._become(replace(self._state, problem=problem))
        else:
            self._become(replace(self._state, problem=None))
            self.changed.emit()

    def _become(self, state: NextState) -> None:
        self._state = state
        self.state_changed.emit(state)
