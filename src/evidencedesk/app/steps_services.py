"""The workflows that the pages ask for about steps and deadlines."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path

from evidencedesk.domain.case import FollowUp, FollowUpDetails
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.reminder import Reminder
from evidencedesk.wording.language import Words
from evidencedesk.workflows.advance_step import finish_step, plan_deadline, remind_tomorrow
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.remind import due_reminders, remember_said, said_today


class StepsOnDesk:
    """Everything about steps and deadlines, on one desk."""

    _desk: Desk

    def finish_step(self, case_id: str, step_id: str) -> FollowUpDetails:
        """Check a step off; gives what it was before."""
        return finish_step(self._desk, case_id, step_id)

    def remind_tomorrow(self, case_id: str, step_id: str) -> None:
        """Say no more of a step today."""
        remind_tomorrow(self._desk, case_id, step_id)

    def plan_deadline(self, case_id: str, due: DueDate, words: str) -> FollowUp:
        """Make a planned step with a reminder of a deadline."""
        return plan_deadline(self._desk, case_id, due, words)

    def export_calendar(self, words: Words, case_id: str, folder: Path, *, names: bool, step_id: str) -> Path:
        """Write a calendar file under a name that the folder has not yet."""
        # Loaded when it is wanted: the library for calendars takes its time, and the window must not wait.
        verb = importlib.import_module("evidencedesk.workflows.export_calendar")
        day = self._desk.clock.now().local.date()
        file: Path = verb.free_file(folder, f"EvidenceDesk-{day:%Y%m%d}")
        verb.export_calendar(self._desk, words, case_id, file, names=names, step_id=step_id)
        return file

    def due_reminders(self) -> tuple[Reminder, ...]:
        """The steps of all cases whose day has come."""
        return due_reminders(self._desk)

    def said_today(self) -> frozenset[str]:
        """The steps that were spoken of today."""
        return said_today(self._desk.library, self._desk.clock.now().local.date())

    def remember_said(self, steps: Iterable[str]) -> None:
        """Do not speak of these again today."""
        remember_said(self._desk.library, self._desk.clock.now().local.date(), steps, self._desk.seals_to)
