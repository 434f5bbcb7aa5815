"""What the rules in use say of the case on the screen, and what is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.errors import Known
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.rules import RulePack
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.review.services import ResultServices
from evidencedesk.ui.latest_only import LatestOnly


@dataclass(frozen=True, slots=True)
class ResultsState:
    """Results of a case. ``judging`` until they are there; ``packs`` are those that were asked."""

    case_file: CaseFile | None = None
    packs: tuple[RulePack, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    due: tuple[DueDate, ...] = ()
    today: date | None = None
    judging: bool = False
    problem: Known | None = None


class ResultsPresenter(QObject):
    """Asks the rules, away from the window's thread.

    Emits:
        state_changed: the new ``ResultsState``.
    """

    state_changed = Signal(object)

    def __init__(self, services: ResultServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._readings = LatestOnly(jobs, self)
        self._state = ResultsState()

    @property
    def state(self) -> ResultsState:
        """What the cards show."""
        return self._state

    def clear(self) -> None:
        """No case is on the screen."""
        self._become(ResultsState())

    def judge(self, case_file: CaseFile) -> None:
        """Ask about a case; what is shown of the same case stays until the answer is there."""
        before = self._state.case_file
        same = before is not None and before.case.id == case_file.case.id
        state = self._state if same else ResultsState()
        self._become(replace(state, case_file=case_file, judging=True, problem=None))
        work = partial(_asked, self._services, case_file)
        self._readings.run(work, success=self._answered, failure=self._failed)

    def _answered(self, state: ResultsState) -> None:
        # Another case, or a newer reading of it, may have been asked about meanwhile.
        if state.case_file is self._state.case_file:
            self._become(state)

    def _failed(self, problem: Known) -> None:
        if self._state.case_file is not None:
            self._become(replace(self._state, judging=False, problem=problem))

    def _become(self, state: ResultsState) -> None:
        self._state = state
        self.state_changed.emit(state)


def _asked(services: ResultServices, case_file: CaseFile) -> ResultsState:
    return ResultsState(
        case_file=case_file,
        packs=services.packs,
        judgements=services.judgements(case_file.case.id),
        due=services.due_dates(case_file),
        today=services.now().local.date(),
    )
