"""What they claim beside what the papers say: everything that page, paper and command line show of a debt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import Claim, ClaimDetails, DebtTerms
from evidencedesk.domain.debt_sums import Balance, Payment, balance, payments_of
from evidencedesk.domain.loan_cost import YearlyCost, yearly_cost
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.money import NOTHING, number


class PartName(StrEnum):
    """What a part of a claim is for."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    FEES = "fees"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """A part that a claim names; ``papers`` is None where the papers do not tell it."""

    name: PartName
    asked: Decimal
    papers: Decimal | None

    @property
    def more(self) -> Decimal | None:
        """How much more they ask than the papers give."""
        return None if self.papers is None else self.asked - self.papers


@dataclass(frozen=True, slots=True)
class Growth:
    """How much more was claimed than the time before, and after how many days."""

    more: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim and the papers of its day; ``balance`` is None where they give no sum.

    ``adds_up`` is false when all parts it names together are not its sum.
    """

    claim: Claim
    day: date
    asked: Decimal
    balance: Balance | None
    parts: tuple[ComparedPart, ...]
    adds_up: bool
    growth: Growth | None

    @property
    def more(self) -> Decimal | None:
        """How much more they ask than the papers give for that day."""
        return None if self.balance is None else self.asked - self.balance.total

    @property
    def asks_all(self) -> bool:
        """Whether it is just the sum with everything that was not due yet."""
        return (
            self.balance is not None and bool(self.balance.not_yet_due) and self.asked == self.balance.whole
        )


@dataclass(frozen=True, slots=True)
class DebtSheet:
    """The debt of a case as it stands on ``day``; the earliest claim first."""

    day: date
    terms: DebtTerms
    payments: tuple[Payment, ...]
    balance: Balance | None
    cost: YearlyCost
    compared: tuple[Compared, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to put on a paper."""
        return self.terms == DebtTerms() and not self.compared


def debt_sheet(case_file: CaseFile, day: date) -> DebtSheet:
    """Work everything out from what a case knows."""
    terms, payments = _terms(case_file), payments_of(case_file)
    now = balance(terms, payments, day)
    return DebtSheet(day, terms, payments, now, yearly_cost(terms), compared_claims(case_file))


def compared_claims(case_file: CaseFile) -> tuple[Compared, ...]:
    """Each claim beside the papers of its day; the earliest first."""
    terms, payments = _terms(case_file), payments_of(case_file)
    compared: list[Compared] = []
    for claim in _in_order(case_file):
        before = compared[-1] if compared else None
        compared.append(_compared(claim, terms, payments, before))
    return tuple(compared)


def _terms(case_file: CaseFile) -> DebtTerms:
    return DebtTerms() if case_file.debt is None else case_file.debt.terms


def latest_compared(case_file: CaseFile) -> Compared | None:
    """The latest claim beside the papers; quick, for it is asked for while somebody stands at the door."""
    claims = _in_order(case_file)
    if not claims or case_file.debt is None:
        return None
    return _compared(claims[-1], case_file.debt.terms, payments_of(case_file), None)


def claim_day(details: ClaimDetails) -> date:
    """The day of a claim, where it was made."""
    return (parse_utc(details.claimed_utc) + timedelta(minutes=details.claimed_offset_minutes)).date()


def _in_order(case_file: CaseFile) -> list[Claim]:
    claims = [one for one in case_file.claims if not one.withdrawn and one.details.amount]
    return sorted(claims, key=lambda one: (one.details.claimed_utc, one.moment.utc, one.id))


def _compared(
    claim: Claim, terms: DebtTerms, payments: tuple[Payment, ...], before: Compared | None
) -> Compared:
    details = claim.details
    day, asked = claim_day(details), number(details.amount) or NOTHING
    there = balance(terms, payments, day)
    named = [(name, number(getattr(details, name.value))) for name in PartName]
    parts = tuple(
        ComparedPart(name, part, _papers_say(there, name)) for name, part in named if part is not None
    )
    return Compared(
        claim,
        day,
        asked,
        there,
        parts,
        adds_up=not parts or sum((one.asked for one in parts), NOTHING) == asked,
        growth=None if before is None else Growth(asked - before.asked, (day - before.day).days),
    )


def _papers_say(there: Balance | None, name: PartName) -> Decimal | None:
    if there is None:
        return None
    if name is PartName.PENALTY:
        return there.overdue_interest
    parts = there.parts
    return (
        None
        if parts is None
        else {
            PartName.PRINCIPAL: parts.principal,
            PartName.INTEREST: parts.interest,
            PartName.FEES: parts.fees,
        }[name]
    )
