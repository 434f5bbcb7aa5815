"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from evidencedesk.domain.case import CaseFile, FollowUp, FollowUpDetails
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Caution, RulePack, Topic
from evidencedesk.ui.cases.review.services import ReceiptServices
from evidencedesk.wording.language import Words


class NextStepsServices(Protocol):
    """What checking steps off needs."""

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """The rules in use."""
        ...

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def log_follow_up(self, case_id: str, details: FollowUpDetails, encounter: str | None = None) -> FollowUp:
        """Store a step of the user's."""
        ...

    def change_follow_up(self, case_id: str, follow_up_id: str, details: FollowUpDetails) -> None:
        """Store what is known of a step now."""
        ...

    def withdraw_follow_up(self, case_id: str, follow_up_id: str) -> None:
        """Take a step back; it stays in the journal."""
        ...

    def finish_step(self, case_id: str, step_id: str) -> FollowUpDetails:
        """Check a step off; gives what it was before."""
        ...


class StepsServices(ReceiptServices, NextStepsServices, Protocol):
    """What the user does about it: steps, deadlines, reminders."""

    def cautions(self, topic: Topic) -> tuple[Caution, ...]:
        """Give what the rules in use say to be careful with."""
        ...

    def due_dates(self, case_file: CaseFile) -> tuple[DueDate, ...]:
        """Say what is due by the rules in use; called on the jobs thread."""
        ...

    def keep_judgements(self, case_id: str) -> None:
        """Put into the journal what did not keep to the rules; slow, called on the jobs thread."""
        ...

    def plan_deadline(self, case_id: str, due: DueDate, words: str) -> FollowUp:
        """Make a planned step with a reminder of a deadline; ``words`` say what is due."""
        ...

    def export_calendar(self, words: Words, case_id: str, folder: Path, *, names: bool, step_id: str) -> Path:
        """Write steps and deadlines, or one step, as a calendar file; called on the jobs thread."""
        ...
