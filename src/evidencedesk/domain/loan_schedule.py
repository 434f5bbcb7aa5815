"""Instalments that are the same every month, from a sum, a rate and a first day."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.money import digits, rounded

MOST_INSTALMENTS = 600
_PRECISION = 50


class Way(StrEnum):
    """How a loan is paid back."""

    ANNUITY = "annuity"
    EQUAL_PRINCIPAL = "equal_principal"
    SAME_AMOUNT = "same_amount"


def schedule(
    way: Way, amount: Decimal, yearly_rate: Decimal, count: int, first: date, currency: str
) -> tuple[Instalment, ...]:
    """Return the instalments of a loan over ``amount``; with SAME_AMOUNT, ``amount`` is one of them.

    A month's interest is a twelfth of the yearly rate (in percent) on what is still owed. Every line is
    rounded by itself; the last one takes what rounding left over.
    """
    if way is Way.SAME_AMOUNT:
        each = digits(rounded(amount, currency))
        return tuple(Instalment(month_after(first, place).isoformat(), each) for place in range(count))
    with localcontext() as context:
        context.prec = _PRECISION
        monthly = yearly_rate / 1200
        payment = rounded(_annuity(amount, monthly, count), currency)
        share = rounded(amount / count, currency)
        made, owed = [], amount
        for place in range(count):
            interest = rounded(owed * monthly, currency)
            principal = share if way is Way.EQUAL_PRINCIPAL else payment - interest
            if place == count - 1 or principal > owed:
                principal = owed
            owed -= principal
            due = month_after(first, place).isoformat()
            made.append(Instalment(due, digits(principal + interest), digits(principal), digits(interest)))
    return tuple(made)


def month_after(day: date, months: int) -> date:
    """The day of the same number so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _annuity(amount: Decimal, monthly: Decimal, count: int) -> Decimal:
    if not monthly:
        return amount / count
    return amount * monthly / (1 - (1 + monthly) ** -count)
