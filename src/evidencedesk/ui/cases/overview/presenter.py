"""The list of cases, and starting a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.case import CaseSummary
from evidencedesk.domain.errors import Known
from evidencedesk.ui.cases.services import OverviewServices


@dataclass(frozen=True, slots=True)
class OverviewState:
    """All cases, the latest first; ``form_open`` while a new one is being described."""

    cases: tuple[CaseSummary, ...] = ()
    loaded: bool = False
    form_open: bool = False
    problem: Known | None = None


class OverviewPresenter(QObject):
    """Lists the cases.

    Emits:
        state_changed: the new ``OverviewState``.
        case_opened: the id of a case that was started here.
    """

    state_changed = Signal(object)
    case_opened = Signal(str)

    def __init__(self, services: OverviewServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._state = OverviewState()

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

    def _become(self, state: OverviewState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _last_moment(summary: CaseSummary) -> str:
    return summary.last_utc or summary.case.opened.utc
