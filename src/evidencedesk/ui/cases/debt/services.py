"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import ClaimDetails, DebtTerms
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.rules import Caution, Topic
from evidencedesk.domain.shows import Shows
from evidencedesk.intake.bills import BillColumn, BillPreview
from evidencedesk.ui.cases.review.services import PaymentServices


class DebtServices(PaymentServices, Protocol):
    """What is owed by the papers, what the other side says, what was paid."""

    def describe_debt(self, case_id: str, terms: DebtTerms) -> None:
        """Store what the contract says."""
        ...

    def log_claim(self, case_id: str, details: ClaimDetails, shows: Shows) -> None:
        """Store a sum that somebody demanded."""
        ...

    def change_claim(self, case_id: str, claim_id: str, details: ClaimDetails) -> None:
        """Store what is known of a claim now."""
        ...

    def withdraw_claim(self, case_id: str, claim_id: str) -> None:
        """Take a claim back; it stays in the journal."""
        ...

    def look_at_bill(self, source: Path) -> BillPreview:
        """Read a bill and keep nothing; called on the jobs thread."""
        ...

    def take_bill(
        self,
        case_id: str,
        looked_at: BillPreview,
        columns: Sequence[BillColumn],
        payments: Collection[int],
    ) -> None:
        """Keep a bill, its instalments and the payments that are wanted; called on the jobs thread."""
        ...

    def print_debt_sheet(self, case_id: str, folder: Path, language: str) -> Path:
        """Write the one-page sheet; called on the jobs thread."""
        ...

    def due_dates(self, case_file: CaseFile) -> tuple[DueDate, ...]:
        """Say what is due by the rules in use, the earliest first; called on the jobs thread."""
        ...

    def cautions(self, topic: Topic) -> tuple[Caution, ...]:
        """Give what the rules in use say to be careful with."""
        ...
