"""What the cards about results, deadlines and payments ask of the workflows; tests bring their own."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from evidencedesk.domain.case import Attachment, CaseFile, FollowUp, FollowUpDetails
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import RulePack


class ResultServices(Protocol):
    """What the rules say of a case."""

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """The rules in use."""
        ...

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def judgements(self, case_id: str) -> tuple[Judgement, ...]:
        """Say what the rules in use say of the case; called on the jobs thread."""
        ...

    def due_dates(self, case_file: CaseFile) -> tuple[DueDate, ...]:
        """Say what is due by the rules in use, the earliest first; called on the jobs thread."""
        ...


class ReceiptServices(Protocol):
    """What taking in a file of a step needs."""

    def attach_to_follow_up(self, case_id: str, path: Path, follow_up_id: str) -> Attachment:
        """Take a file in that belongs to a step; called on the jobs thread."""
        ...


class PaymentServices(ReceiptServices, Protocol):
    """What writing down a payment needs."""

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

    def keep_judgements(self, case_id: str) -> None:
        """Put into the journal what did not keep to the rules; slow, called on the jobs thread."""
        ...
