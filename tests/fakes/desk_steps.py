"""Answers from memory about steps and deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evidencedesk.domain.agenda import finished
from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.reminder import Reminder, in_order, reminder_of
from evidencedesk.wording.language import Words

if TYPE_CHECKING:
    from evidencedesk.domain.case import CaseFile
    from evidencedesk.domain.moment import Moment


class FakeSteps:
    """What the pages ask about steps and deadlines. ``calendars`` are the files that were asked for."""

    if TYPE_CHECKING:
        file: CaseFile
        calls: list[tuple[object, ...]]

        def now(self) -> Moment: ...
        def _maybe_refuse(self) -> None: ...
        def log_follow_up(
            self, case_id: str, details: FollowUpDetails, encounter: str | None = None
        ) -> FollowUp: ...
        def change_follow_up(self, case_id: str, follow_up_id: str, details: FollowUpDetails) -> None: ...

    def _step(self, step_id: str) -> FollowUp:
        return next(one for one in self.file.follow_ups if one.id == step_id)

    def finish_step(self, case_id: str, step_id: str) -> FollowUpDetails:
        before = self._step(step_id).details
        self.change_follow_up(case_id, step_id, finished(before, self.now()))
        return before

    def remind_tomorrow(self, case_id: str, step_id: str) -> None:
        tomorrow = self.now().local.date() + timedelta(days=1)
        before = self._step(step_id).details
        self.change_follow_up(case_id, step_id, replace(before, remind=tomorrow.isoformat()))

    def plan_deadline(self, case_id: str, due: DueDate, words: str) -> FollowUp:
        details = FollowUpDetails(
            Step.OTHER,
            f"{due.due}T01:00:00.000000Z",
            480,
            item=due.key,
            answer=words,
            progress=Progress.PLANNED,
            due=due.due.isoformat(),
        )
        return self.log_follow_up(case_id, details)

    def export_calendar(self, words: Words, case_id: str, folder: Path, *, names: bool, step_id: str) -> Path:
        self._maybe_refuse()
        self.calls.append(("calendar", words.language, case_id, folder, names, step_id))
        return folder / "EvidenceDesk-20261125.ics"

    def due_reminders(self) -> tuple[Reminder, ...]:
        today = self.now().local.date()
        told = (reminder_of(self.file.case.title, one, today) for one in self.file.follow_ups)
        return in_order(one for one in told if one is not None)

    def said_today(self) -> frozenset[str]:
        return frozenset(str(one) for name, *said in self.calls if name == "said" for one in said)

    def remember_said(self, steps: Iterable[str]) -> None:
        self.calls.append(("said", *steps))
