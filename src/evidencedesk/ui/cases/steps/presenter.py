"""Keeps steps, takes files of theirs in, asks what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.agenda import open_entry
from evidencedesk.domain.case import Attachment, CaseFile, FollowUp, Step
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.errors import Known
from evidencedesk.domain.rules import Topic
from evidencedesk.guidance.in_use import hotlines_in_use
from evidencedesk.guidance.step_path import NEGOTIATING, about, suggestions
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.review.payments_presenter import Receipt, attach_receipt
from evidencedesk.ui.cases.steps.services import StepsServices
from evidencedesk.ui.cases.steps.state import OpenForm, StepsState
from evidencedesk.ui.cases.steps.written import Written, details_of
from evidencedesk.ui.latest_only import LatestOnly
from evidencedesk.wording.language import Words

_CALLED = frozenset({Step.CALL, Step.COMPLAINT, Step.POLICE_REPORT, Step.LEGAL_HELP, Step.CREDIT_OBJECTION})


class StepsPresenter(QObject):
    """The page's state, and what the user wants done.

    Emits:
        state_changed: the new ``StepsState``.
        changed: something is on the disk, the case should be read again.
    """

    state_changed = Signal(object)
    changed = Signal()

    def __init__(self, services: StepsServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._readings = LatestOnly(jobs, self)
        self._case_file: CaseFile | None = None
        self._state = StepsState()

    @property
    def state(self) -> StepsState:
        """What the page shows."""
        return self._state

    def when(self) -> str:
        """The time with which the form begins: now, or tomorrow for what is planned."""
        now = self._services.now().local
        if self._state.form is not None and self._state.form.planned:
            return f"{now + timedelta(days=1):%Y-%m-%d}"
        return f"{now:%Y-%m-%d %H:%M}"

    def show_case(self, case_file: CaseFile) -> None:
        """Another case, or the same one read again: the form stays then."""
        self._case_file = case_file
        state = self._state if self._state.case_id == case_file.case.id else StepsState()
        packs = self._services.packs
        standing = [one for one in case_file.follow_ups if not one.withdrawn]
        self._become(
            replace(
                state,
                case_id=case_file.case.id,
                steps=tuple(sorted(standing, key=_nearest)),
                files=tuple(one for one in case_file.attachments if one.follow_up is not None),
                encounters=case_file.encounters,
                suggestions=suggestions(case_file, packs),
                packs=packs,
                today=self._services.now().local.date(),
            )
        )
        work = partial(_due, self._services, case_file)
        self._readings.run(work, success=self._looked, failure=self._not_looked)

    def open_form(self, step: Step, *, planned: bool = False, item: str = "") -> None:
        """Ask for a new step; where it can hurt, the caution comes first."""
        found = about(step, self._state.packs)
        self._open(OpenForm(step, item=item or _first(found.items), planned=planned))

    def change(self, step_id: str) -> None:
        """Ask for other words of a step."""
        step = self._state.find(step_id)
        if step is not None:
            self._open(OpenForm(step.details.step, step, step.details.item))

    def go_on(self) -> None:
        """The caution was read."""
        if self._state.form is not None:
            self._become(replace(self._state, form=replace(self._state.form, warned=True)))

    def close_form(self) -> None:
        """Leave things as they are."""
        self._become(replace(self._state, form=None, receipts=(), problem=None))

    def hold(self, receipts: Sequence[Receipt]) -> None:
        """Files for the step in the form."""
        self._become(replace(self._state, receipts=(*self._state.receipts, *receipts), problem=None))

    def keep(self, written: Written) -> None:
        """Store the step in the form with its files; the form stays open when that is refused."""
        state, form = self._state, self._state.form
        if form is None:
            return
        kept: list[str] = []

        def write() -> None:
            details = details_of(form.step, form.item, form.before, written)
            if form.before is None:
                kept.append(self._services.log_follow_up(state.case_id, details, written.encounter).id)
            else:
                self._services.change_follow_up(state.case_id, form.before.id, details)
                kept.append(form.before.id)

        if self._did(write):
            self._become(replace(self._state, form=None, receipts=(), problem=None))
            self.attach(kept[0], state.receipts)
            self._judge()

    def finish(self, step_id: str) -> None:
        """Check a step off."""
        if self._did(lambda: self._services.finish_step(self._state.case_id, step_id)):
            self._judge()

    def withdraw(self, step_id: str) -> None:
        """Take a step back; it stays in the journal."""
        if self._did(lambda: self._services.withdraw_follow_up(self._state.case_id, step_id)):
            self._judge()

    def plan_deadline(self, due: DueDate, words: str) -> None:
        """A step with a reminder, of what is due."""
        if self._did(lambda: self._services.plan_deadline(self._state.case_id, due, words)):
            self.changed.emit()

    def attach(self, step_id: str, receipts: Sequence[Receipt]) -> None:
        """Take files in, one after the other, without holding up the window."""
        if not receipts:
            return
        self._become(replace(self._state, attaching=self._state.attaching + len(receipts), problem=None))
        for number, receipt in enumerate(receipts, 1):
            name = f"step-{self._services.now().local:%Y%m%d-%H%M%S}-{number}.png"
            work = partial(attach_receipt, self._services, self._state.case_id, step_id, receipt, name)
            self._jobs.run(work, success=self._attached, failure=self._not_attached)

    def export_calendar(self, words: Words, folder: Path, *, names: bool, step_id: str = "") -> None:
        """Write a calendar file, of the case or of one step."""
        case_id = self._state.case_id
        work = partial(self._services.export_calendar, words, case_id, folder, names=names, step_id=step_id)
        self._jobs.run(work, success=self._exported, failure=self._failed)

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def _open(self, form: OpenForm) -> None:
        cautions = self._services.cautions(Topic.NEGOTIATING) if form.step in NEGOTIATING else ()
        named = about(form.step, self._state.packs).hotlines
        others = tuple(one for one in hotlines_in_use(self._state.packs) if one not in named)
        form = replace(
            form,
            cautions=cautions,
            warned=not cautions,
            hotlines=(*named, *others) if form.step in _CALLED else (),
            number=named[0].number if named and form.step in _CALLED else "",
        )
        self._become(replace(self._state, form=form, receipts=(), problem=None))

    def _judge(self) -> None:
        self.changed.emit()
        work = partial(self._services.keep_judgements, self._state.case_id)
        self._jobs.run(work, success=self._judged, failure=self._failed)

    def _judged(self, _nothing: object) -> None:
        self.changed.emit()

    def _looked(self, found: tuple[CaseFile, tuple[DueDate, ...]]) -> None:
        # Another case, or a newer reading of it, may have been asked about meanwhile.
        case_file, due = found
        if case_file is self._case_file:
            self._become(replace(self._state, due=due, looked=True))

    def _not_looked(self, problem: Known) -> None:
        self._become(replace(self._state, looked=True, problem=problem))

    def _attached(self, _attachment: Attachment) -> None:
        self._become(replace(self._state, attaching=max(0, self._state.attaching - 1)))
        self._judge()

    def _not_attached(self, problem: Known) -> None:
        self._become(replace(self._state, attaching=max(0, self._state.attaching - 1), problem=problem))

    def _exported(self, file: Path) -> None:
        self._become(replace(self._state, written=str(file), problem=None))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem))

    def _did(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Known as problem:
            self._failed(problem)
            return False
        return True

    def _become(self, state: StepsState) -> None:
        self._state = state
        self.state_changed.emit(state)


def _due(services: StepsServices, case_file: CaseFile) -> tuple[CaseFile, tuple[DueDate, ...]]:
    return case_file, services.due_dates(case_file)


def _nearest(step: FollowUp) -> tuple[bool, str, str]:
    """What waits first, the nearest day at the top; then what is done, the latest at the top."""
    waiting = open_entry(step)
    if waiting is not None:
        return False, waiting.day.isoformat(), step.id
    backwards = "".join(chr(0x10FFFF - ord(c)) for c in step.details.done_utc)
    return True, backwards, step.id


def _first(items: Sequence[object]) -> str:
    return str(getattr(items[0], "id", "")) if items else ""
