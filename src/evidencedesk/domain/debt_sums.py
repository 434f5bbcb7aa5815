"""What was due by a day, what was paid, what is open: only from what was entered, in decimal arithmetic.

How payments are counted is an assumption that every screen and paper states (``wording/debts.py``): the
oldest instalment first; within one, fees, then interest, then principal. Overdue interest is a line of its
own, on the part of an instalment that was late, for each day after the due day; payments are not set
against it. Each line is rounded by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from evidencedesk.domain.case import CaseFile, Progress, Step
from evidencedesk.domain.debt import DebtTerms, Instalment
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.money import NOTHING, number, rounded


@dataclass(frozen=True, slots=True)
class Payment:
    """A sum that was paid, on the day it had where it was paid."""

    id: str
    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Parts:
    """A sum by what it is for."""

    fees: Decimal = NOTHING
    interest: Decimal = NOTHING
    principal: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """All of them."""
        return self.fees + self.interest + self.principal

    def less(self, paid: Decimal) -> Parts:
        """What is left after a payment: fees first, then interest, then principal."""
        left = []
        for part in (self.fees, self.interest, self.principal):
            taken = min(part, paid)
            paid -= taken
            left.append(part - taken)
        return Parts(*left)

    def plus(self, other: Parts) -> Parts:
        """Both together."""
        return Parts(self.fees + other.fees, self.interest + other.interest, self.principal + other.principal)


@dataclass(frozen=True, slots=True)
class Line:
    """One sum by one day, as it stands. ``number`` counts instalments from 1; a fee has a ``name`` instead.

    ``days_late`` counts while something of it is open. ``open_parts`` only where its parts add up.
    """

    number: int
    name: str
    due: date
    amount: Decimal
    paid: Decimal
    days_late: int
    overdue_interest: Decimal
    open_parts: Parts | None

    @property
    def open(self) -> Decimal:
        """What is left of it."""
        return self.amount - self.paid


@dataclass(frozen=True, slots=True)
class Balance:
    """How a debt stands on a day by the entered terms.

    ``over`` is what was paid beyond everything that was ever to be paid. ``overdue_interest`` is None where
    the terms name no rate for it; ``parts`` is None where a line that is due and open does not tell its
    parts.
    """

    day: date
    currency: str
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    over: Decimal
    overdue_interest: Decimal | None

    @property
    def due(self) -> Decimal:
        """What was to be paid by that day."""
        return sum((one.amount for one in self._due_lines), NOTHING)

    @property
    def paid(self) -> Decimal:
        """What was paid by that day."""
        return sum((one.amount for one in self.payments), NOTHING)

    @property
    def open(self) -> Decimal:
        """What was due and is not paid; without overdue interest."""
        return sum((one.open for one in self._due_lines), NOTHING)

    @property
    def not_yet_due(self) -> Decimal:
        """What is to be paid later."""
        return sum((one.open for one in self.lines if one.due > self.day), NOTHING)

    @property
    def total(self) -> Decimal:
        """What the papers give for that day: open, and overdue interest by the entered rate."""
        return self.open + (self.overdue_interest or NOTHING)

    @property
    def whole(self) -> Decimal:
        """The same with everything that is not due yet."""
        return self.total + self.not_yet_due

    @property
    def parts(self) -> Parts | None:
        """What is open, by what it is for."""
        found = Parts()
        for line in self._due_lines:
            if line.open_parts is None and line.open:
                return None
            found = found.plus(line.open_parts or Parts())
        return found

    @property
    def _due_lines(self) -> Iterable[Line]:
        return (one for one in self.lines if one.due <= self.day)


def payments_of(case_file: CaseFile) -> tuple[Payment, ...]:
    """What the user wrote down as paid, the earliest first."""
    found = []
    for step in case_file.follow_ups:
        details, amount = step.details, number(step.details.amount)
        done = details.step is Step.PAYMENT and details.progress is not Progress.PLANNED
        if done and amount and not step.withdrawn:
            local = parse_utc(details.done_utc) + timedelta(minutes=details.done_offset_minutes)
            found.append(Payment(step.id, local.date(), amount))
    return tuple(sorted(found, key=lambda one: (one.day, one.id)))


def balance(terms: DebtTerms, payments: Sequence[Payment], day: date) -> Balance | None:
    """How it stands at the end of a day; None without instalments, or with one that lacks sum or day."""
    owed = _owed(terms)
    if not owed:
        return None
    rate = number(terms.overdue_rate)
    made = sorted((one for one in payments if one.day <= day), key=lambda one: (one.day, one.id))
    lines, left = [], [(one.day, one.amount) for one in made]
    for count, name, due, amount, parts in owed:
        taken, left = _take(left, amount)
        paid = sum((sum_ for _, sum_ in taken), NOTHING)
        late = [(min(when, day), sum_) for when, sum_ in taken] + [(day, amount - paid)]
        weighed = sum((sum_ * max(0, (until - due).days) for until, sum_ in late), NOTHING)
        interest = rounded(weighed * (rate or NOTHING) / 100, terms.currency)
        days_late = max(0, (day - due).days) if amount > paid else 0
        open_parts = None if parts is None else parts.less(paid)
        lines.append(Line(count, name, due, amount, paid, days_late, interest, open_parts))
    overdue = sum((one.overdue_interest for one in lines), NOTHING)
    over = sum((sum_ for _, sum_ in left), NOTHING)
    return Balance(day, terms.currency, tuple(lines), tuple(made), over, None if rate is None else overdue)


_Owed = tuple[int, str, date, Decimal, Parts | None]


def _owed(terms: DebtTerms) -> list[_Owed]:
    """Instalments and dated fees by their day; empty when any of them is not whole."""
    found: list[_Owed] = []
    try:
        for one in terms.instalments:
            amount = number(one.amount)
            if amount is None:
                return []
            found.append((0, "", date.fromisoformat(one.due), rounded(amount, terms.currency), _parts(one)))
        found.sort(key=lambda one: one[2])
        found = [(count, *one[1:]) for count, one in enumerate(found, 1)]
        for fee in terms.fees if found else ():
            amount = number(fee.amount)
            if fee.day and amount:
                whole = rounded(amount, terms.currency)
                found.append((0, fee.name, date.fromisoformat(fee.day), whole, Parts(fees=whole)))
    except ValueError:  # a stranger's journal may have a day that the calendar has not
        return []
    return sorted(found, key=lambda one: (one[2], one[0]))


def _parts(one: Instalment) -> Parts | None:
    """The parts of an instalment where they make it up."""
    told = [number(part) for part in (one.fees, one.interest, one.principal)]
    parts = Parts(*(part or NOTHING for part in told))
    return parts if any(part is not None for part in told) and parts.total == number(one.amount) else None


def _take(
    left: list[tuple[date, Decimal]], wanted: Decimal
) -> tuple[list[tuple[date, Decimal]], list[tuple[date, Decimal]]]:
    """Take a sum from payments, the earliest first: what was taken, and what remains."""
    taken: list[tuple[date, Decimal]] = []
    rest = list(left)
    while rest and wanted > 0:
        when, amount = rest.pop(0)
        part = min(amount, wanted)
        wanted -= part
        taken.append((when, part))
        if amount > part:
            rest.insert(0, (when, amount - part))
    return taken, rest
