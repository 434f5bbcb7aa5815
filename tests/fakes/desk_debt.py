"""Answers from memory about debt and claims."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import Claim, ClaimDetails, Debt, DebtTerms
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.shows import Shows
from evidencedesk.intake.bills import BillColumn, BillPreview, understand
from evidencedesk.intake.sheets import read_bill


class FakeDebt:
    """What the pages ask about debt and claims."""

    file: CaseFile
    calls: list[tuple[object, ...]]

    def now(self) -> Moment:
        raise NotImplementedError

    def _maybe_refuse(self) -> None:
        raise NotImplementedError

    def describe_debt(self, case_id: str, terms: DebtTerms) -> None:
        self._maybe_refuse()
        self.file = replace(self.file, debt=Debt(case_id, terms, self.now()))

    def log_claim(self, case_id: str, details: ClaimDetails, shows: Shows) -> None:
        self._maybe_refuse()
        made = Claim(
            f"m-0000add{len(self.file.claims)}",
            case_id,
            shows.encounter,
            shows.collector,
            shows.contact,
            shows.attachment,
            details,
            self.now(),
        )
        self.file = replace(self.file, claims=(*self.file.claims, made))

    def change_claim(self, case_id: str, claim_id: str, details: ClaimDetails) -> None:
        self._maybe_refuse()
        self.calls.append(("change claim", case_id, claim_id))
        claims = (
            replace(one, details=details, changed=True) if one.id == claim_id else one
            for one in self.file.claims
        )
        self.file = replace(self.file, claims=tuple(claims))

    def withdraw_claim(self, case_id: str, claim_id: str) -> None:
        self._maybe_refuse()
        self.calls.append(("withdraw claim", case_id, claim_id))
        claims = (replace(one, withdrawn=one.withdrawn or one.id == claim_id) for one in self.file.claims)
        self.file = replace(self.file, claims=tuple(claims))

    def look_at_bill(self, source: Path) -> BillPreview:
        self._maybe_refuse()
        data = source.read_bytes()
        return BillPreview(source, hashlib.sha256(data).hexdigest(), read_bill(data, source.name))

    def take_bill(
        self,
        case_id: str,
        looked_at: BillPreview,
        columns: Sequence[BillColumn],
        payments: Collection[int],
    ) -> None:
        self._maybe_refuse()
        self.calls.append(("take bill", case_id, looked_at.source.name, *sorted(payments)))
        terms = DebtTerms() if self.file.debt is None else self.file.debt.terms
        instalments = understand(looked_at.table, columns).instalments
        self.file = replace(
            self.file, debt=Debt(case_id, replace(terms, instalments=instalments), self.now())
        )

    def print_debt_sheet(self, case_id: str, folder: Path, language: str) -> Path:
        self._maybe_refuse()
        self.calls.append(("print sheet", case_id, folder, language))
        return folder / f"{self.file.case.title} 2026-11-25.pdf"
