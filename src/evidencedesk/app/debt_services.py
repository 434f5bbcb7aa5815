"""The workflows that the pages ask for about debt and claims."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidencedesk.app.later import later
from evidencedesk.domain.debt import ClaimDetails, DebtTerms
from evidencedesk.domain.shows import Shows
from evidencedesk.intake.bills import BillColumn, BillPreview
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.describe_debt import describe_debt
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.judge_case import keep_judgements
from evidencedesk.workflows.log_claim import change_claim, log_claim, withdraw_claim

if TYPE_CHECKING:
    from evidencedesk.workflows import import_bill as bills
    from evidencedesk.workflows import print_debt_sheet as printing
else:
    bills = later("evidencedesk.workflows.import_bill")
    printing = later("evidencedesk.workflows.print_debt_sheet")


class DebtOnDesk:
    """Everything about debt and claims, on one desk."""

    _desk: Desk

    def describe_debt(self, case_id: str, terms: DebtTerms) -> None:
        """Store what the contract says."""
        describe_debt(self._desk, case_id, terms)

    def log_claim(self, case_id: str, details: ClaimDetails, shows: Shows) -> None:
        """Store a sum that somebody demanded."""
        log_claim(self._desk, case_id, details, shows)

    def change_claim(self, case_id: str, claim_id: str, details: ClaimDetails) -> None:
        """Store what is known of a claim now."""
        change_claim(self._desk, case_id, claim_id, details)

    def withdraw_claim(self, case_id: str, claim_id: str) -> None:
        """Take a claim back."""
        withdraw_claim(self._desk, case_id, claim_id)

    def look_at_bill(self, source: Path) -> BillPreview:
        """Read a bill and keep nothing."""
        return bills.look_at_bill(source)

    def take_bill(
        self,
        case_id: str,
        looked_at: BillPreview,
        columns: Sequence[BillColumn],
        payments: Collection[int],
    ) -> None:
        """Keep a bill and what it says."""
        if bills.take_bill(self._desk, case_id, looked_at, columns, payments).payments:
            keep_judgements(self._desk, case_id)

    def print_debt_sheet(self, case_id: str, folder: Path, language: str) -> Path:
        """Write the one-page sheet."""
        words = Words("zh" if language == "zh" else "en", resource("locale"))
        return printing.print_debt_sheet(self._desk, case_id, folder, words)
