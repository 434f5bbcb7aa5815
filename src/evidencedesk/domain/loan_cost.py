"""What a loan costs in a year: the rate at which what was received is worth what is paid back.

The discount factor of a day (or month) is found by halving an interval in which it must lie, in decimal
arithmetic with 50 digits, until it is known to 22 places. Where there is no such rate, or more than one
could be meant, the answer is the reason and no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from evidencedesk.domain.debt import DebtTerms
from evidencedesk.domain.money import NOTHING, number

_PRECISION = 50
_NEAR_ENOUGH = Decimal("1e-22")
_YEAR_DAYS = 365
_YEAR_MONTHS = 12
_MONTH_DAYS = 30.4375
_SHOWN = Decimal("1e-10")
# Beyond these a yearly rate means nothing: 1 % of it left, 101 times of it back.
_LEAST_GROWTH, _MOST_GROWTH = Decimal("0.01"), Decimal(101)


class NoRate(StrEnum):
    """Why there is no yearly cost."""

    NOT_RECEIVED = "not_received"
    NO_INSTALMENTS = "no_instalments"
    UNREADABLE = "unreadable"
    NO_DAY = "no_day"
    SEVERAL = "several"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class YearlyCost:
    """Rates in percent. ``effective`` is the yearly rate, ``nominal`` twelve times the ``monthly`` one.

    ``received`` is the sum it counts with, ``paid_back`` all instalments and fees together. There is a
    monthly rate only where one instalment is due in each month. ``month_assumed`` when the day of the
    pay-out is not known and was taken to be one month before the first instalment.
    """

    received: Decimal = NOTHING
    paid_back: Decimal = NOTHING
    effective: Decimal | None = None
    monthly: Decimal | None = None
    why: NoRate | None = None
    month_assumed: bool = False

    @property
    def nominal(self) -> Decimal | None:
        """Twelve times the monthly rate."""
        return None if self.monthly is None else self.monthly * _YEAR_MONTHS

    @property
    def extra(self) -> Decimal:
        """What is paid back beyond what was received."""
        return self.paid_back - self.received


def received_sum(terms: DebtTerms) -> Decimal | None:
    """What arrived: as entered, or the sum of the contract less what was taken off at once."""
    received, principal = number(terms.received), number(terms.principal)
    if received is not None or principal is None:
        return received
    taken_off = (number(fee.amount) or NOTHING for fee in terms.fees if not fee.day)
    return principal - sum(taken_off, NOTHING)


def yearly_cost(terms: DebtTerms) -> YearlyCost:
    """Work the rates out, or say why not."""
    received = received_sum(terms)
    try:
        due = [(date.fromisoformat(one.due), number(one.amount)) for one in terms.instalments]
        fees = [(date.fromisoformat(fee.day), number(fee.amount)) for fee in terms.fees if fee.day]
        paid_out = date.fromisoformat(terms.received_on) if terms.received_on else None
    except ValueError:
        return YearlyCost(why=NoRate.UNREADABLE)
    paid_back = sum((amount or NOTHING for _, amount in (*due, *fees)), NOTHING)
    known = YearlyCost(received or NOTHING, paid_back)
    if any(amount is None for _, amount in due):
        return _without(known, NoRate.UNREADABLE)
    if not due:
        return _without(known, NoRate.NO_INSTALMENTS)
    if received is None or received <= 0:
        return _without(known, NoRate.NOT_RECEIVED)
    back = [(day, amount or NOTHING) for day, amount in (*due, *fees)]
    monthly = _by_months(received, [day for day, _ in due], back, paid_out)
    if paid_out is None:
        if monthly is None:
            return _without(known, NoRate.NO_DAY)
        growth = _growth(monthly, _YEAR_MONTHS)
        assumed = True
    else:
        growth = _growth(_by_days(received, back, paid_out), _YEAR_DAYS)
        assumed = False
    if isinstance(growth, NoRate):
        return _without(known, growth)
    return YearlyCost(
        received,
        paid_back,
        effective=_percent(growth),
        monthly=None if monthly is None else _percent_a_month(monthly),
        month_assumed=assumed,
    )


def _without(known: YearlyCost, why: NoRate) -> YearlyCost:
    return YearlyCost(known.received, known.paid_back, why=why)


def _by_days(received: Decimal, back: list[tuple[date, Decimal]], paid_out: date) -> Mapping[int, Decimal]:
    flows: dict[int, Decimal] = defaultdict(lambda: NOTHING, {0: received})
    for day, amount in back:
        flows[(day - paid_out).days] -= amount
    return flows


def _by_months(
    received: Decimal, due: list[date], back: list[tuple[date, Decimal]], paid_out: date | None
) -> Mapping[int, Decimal] | None:
    """The flows by month, where exactly one instalment is due in each; else None."""
    months = sorted(_month(day) for day in due)
    if months != list(range(months[0], months[0] + len(months))):
        return None
    first = min(due)
    before = 1 if paid_out is None else max(1, round((first - paid_out).days / _MONTH_DAYS))
    flows: dict[int, Decimal] = defaultdict(lambda: NOTHING, {0: received})
    for day, amount in back:
        flows[max(0, before + _month(day) - months[0])] -= amount
    return flows


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _percent_a_month(flows: Mapping[int, Decimal]) -> Decimal | None:
    factor = _factor(flows, _YEAR_MONTHS)
    with localcontext() as context:
        context.prec = _PRECISION
        return None if isinstance(factor, NoRate) else _percent(1 / factor)


def _percent(growth: Decimal) -> Decimal:
    """In percent, to ten places; nothing is never less than nothing."""
    return ((growth - 1) * 100).quantize(_SHOWN) + NOTHING


def _growth(flows: Mapping[int, Decimal], periods: int) -> Decimal | NoRate:
    """What one becomes in a year."""
    factor = _factor(flows, periods)
    with localcontext() as context:
        context.prec = _PRECISION
        return factor if isinstance(factor, NoRate) else factor**-periods


def _factor(flows: Mapping[int, Decimal], periods: int) -> Decimal | NoRate:
    """What one, a period later, is worth now. Unique: first money comes, then it only goes."""
    in_order = [(when, amount) for when, amount in sorted(flows.items()) if amount]
    if not in_order or in_order[0][0] < 0 or in_order[0][1] < 0 or any(one > 0 for _, one in in_order[1:]):
        return NoRate.SEVERAL
    with localcontext() as context:
        context.prec = _PRECISION
        low = _MOST_GROWTH ** (Decimal(-1) / periods)
        high = _LEAST_GROWTH ** (Decimal(-1) / periods)
        if _worth(in_order, low) < 0 or _worth(in_order, high) > 0:
            return NoRate.BEYOND
        while high - low > _NEAR_ENOUGH:
            middle = (low + high) / 2
            if _worth(in_order, middle) > 0:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def _worth(flows: list[tuple[int, Decimal]], factor: Decimal) -> Decimal:
    return sum((amount * factor**when for when, amount in flows), NOTHING)
