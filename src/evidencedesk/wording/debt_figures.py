"""Sums, rates and the figures of a debt, each with how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evidencedesk.domain.debt_sheet import DebtSheet
from evidencedesk.domain.debt_sums import Balance, Line
from evidencedesk.domain.loan_cost import NoRate, YearlyCost
from evidencedesk.domain.money import CHINESE, rounded
from evidencedesk.wording.language import Words, mark

_SIGNS = {CHINESE: "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$"}
_HUNDREDTH = Decimal("0.01")
_WITHOUT_RATE: Mapping[NoRate, str] = {
    NoRate.NOT_RECEIVED: mark("Not known: enter how much was received, or the sum of the contract."),
    NoRate.NO_INSTALMENTS: mark("Not known: no instalments are entered."),
    NoRate.UNREADABLE: mark("Not known: an instalment or fee lacks its day or its sum."),
    NoRate.NO_DAY: mark("Not known: enter the day on which the money arrived."),
    NoRate.SEVERAL: mark(
        "No single rate describes these flows: something is paid on or before the day the money arrived, so "
        "that none or several rates would fit."
    ),
    NoRate.BEYOND: mark("No meaningful rate: it would lie below −99 % or above 10,000 % a year."),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by its name; ``how`` are the lines that show where it comes from."""

    name: str
    value: str
    remark: str = ""
    how: tuple[str, ...] = ()


def money_text(amount: Decimal, currency: str) -> str:
    """``¥1,280.50``, ``−¥3.00``, ``JPY 1,280``."""
    exact = rounded(abs(amount), currency)
    sign = "−" if amount < 0 and exact else ""
    unit = _SIGNS.get(currency.upper(), f"{currency} " if currency else "")
    return f"{sign}{unit}{exact:,f}"


def percent_text(rate: Decimal) -> str:
    """``24.15%``, to two places, half up."""
    exact = rate.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return f"{'−' if exact < 0 else ''}{abs(exact):,f}%"


def figures(words: Words, sheet: DebtSheet) -> tuple[Figure, ...]:
    """What the papers say today: open, overdue interest, paid, yearly cost."""
    return (*_sums(words, sheet), cost_figure(words, sheet.cost, sheet.terms.currency))


def line_text(words: Words, line: Line, currency: str) -> str:
    """One instalment or fee as it stands."""
    t = words.text
    name = line.name or (t("fee") if not line.number else t("instalment {n}", n=line.number))
    parts = [
        f"{line.due.isoformat()} {name}",
        money_text(line.amount, currency),
    ]
    if line.paid:
        parts.append(t("paid {sum}", sum=money_text(line.paid, currency)))
    if line.paid and line.open:
        parts.append(t("open {sum}", sum=money_text(line.open, currency)))
    if line.days_late:
        parts.append(words.plural("{n} day late", "{n} days late", line.days_late))
    return " · ".join(parts)


def status_text(words: Words, line: Line, day: date) -> str:
    """Where an instalment stands on a day."""
    t = words.text
    if not line.open:
        return t("paid")
    if line.due > day:
        return t("not due yet")
    if not line.days_late:
        return t("due today")
    return words.plural("{n} day late", "{n} days late", line.days_late)


def cost_figure(words: Words, cost: YearlyCost, currency: str) -> Figure:
    """The yearly cost, or in words why there is none."""
    t = words.text
    name = t("Yearly cost (effective)")
    if cost.effective is None:
        return Figure(name, "–", t(_WITHOUT_RATE[cost.why or NoRate.NO_INSTALMENTS]))
    how = [
        t("Received: {sum}", sum=money_text(cost.received, currency)),
        t(
            "To be paid back in instalments and fees: {sum}, that is {more} more",
            sum=money_text(cost.paid_back, currency),
            more=money_text(cost.extra, currency),
        ),
        t("The yearly rate at which both are worth the same (days / 365, as XIRR in a spreadsheet)")
        if not cost.month_assumed
        else t(
            "The monthly rate twelve times upon itself; the day of the pay-out is not entered and was "
            "assumed to be one month before the first instalment"
        ),
    ]
    remark = ""
    if cost.nominal is not None and cost.monthly is not None:
        remark = t("nominal {rate} a year", rate=percent_text(cost.nominal))
        how.append(
            t(
                "Nominal: twelve times the monthly rate of {rate} (IRR, as RATE in a spreadsheet)",
                rate=percent_text(cost.monthly),
            )
        )
    return Figure(name, percent_text(cost.effective), remark, tuple(how))


def _sums(words: Words, sheet: DebtSheet) -> tuple[Figure, ...]:
    t, there = words.text, sheet.balance
    currency = sheet.terms.currency
    name = t("Open by the papers on {day}", day=sheet.day.isoformat())
    paid = _paid(words, sheet)
    if there is None:
        why = (
            t("Not known: no instalments are entered.")
            if not sheet.terms.instalments
            else t("Not known: an instalment or fee lacks its day or its sum.")
        )
        return (Figure(name, "–", why), paid)
    how = tuple(line_text(words, one, currency) for one in there.lines if one.due <= there.day and one.open)
    return (
        Figure(
            name, money_text(there.open, currency), _not_due(words, there), how or (t("Nothing is open."),)
        ),
        _overdue(words, sheet, there),
        paid,
    )


def _not_due(words: Words, there: Balance) -> str:
    t = words.text
    if there.over:
        return t("{sum} more was paid than all of it", sum=money_text(there.over, there.currency))
    if there.not_yet_due:
        return t("not due yet: {sum}", sum=money_text(there.not_yet_due, there.currency))
    return t("everything was due by then")


def _overdue(words: Words, sheet: DebtSheet, there: Balance) -> Figure:
    t, currency = words.text, there.currency
    name = t("Overdue interest by the contract")
    if there.overdue_interest is None:
        return Figure(name, "–", t("Not computed: no rate for it is entered."))
    how = [
        t(
            "{due}, instalment {n}: {sum}",
            due=one.due.isoformat(),
            n=one.number or "–",
            sum=money_text(one.overdue_interest, currency),
        )
        for one in there.lines
        if one.overdue_interest
    ]
    remark = t("{rate}% for each day on what was late", rate=sheet.terms.overdue_rate)
    return Figure(name, money_text(there.overdue_interest, currency), remark, tuple(how))


def _paid(words: Words, sheet: DebtSheet) -> Figure:
    currency = sheet.terms.currency
    made = [one for one in sheet.payments if one.day <= sheet.day]
    how = tuple(f"{one.day.isoformat()} · {money_text(one.amount, currency)}" for one in made)
    total = sum((one.amount for one in made), Decimal(0))
    remark = words.plural("{n} payment", "{n} payments", len(made))
    return Figure(words.text("Paid so far"), money_text(total, currency), remark, how)
