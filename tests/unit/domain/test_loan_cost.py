"""The yearly cost is what a spreadsheet gives for the same flows, or words in place of a number."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencedesk.domain.debt import DebtTerms, Fee, Instalment
from evidencedesk.domain.loan_cost import NoRate, yearly_cost
from evidencedesk.domain.loan_schedule import Way, month_after, schedule

PAID_OUT = date(2025, 1, 10)


def loan(received: str, *due: tuple[str, str], on: str = "2025-01-10") -> DebtTerms:
    instalments = tuple(Instalment(day, amount) for day, amount in due)
    return DebtTerms(received=received, received_on=on, instalments=instalments)


def monthly_loan(received: str, each: str, count: int) -> DebtTerms:
    days = [month_after(PAID_OUT, months).isoformat() for months in range(1, count + 1)]
    return loan(received, *((day, each) for day in days))


def percent(value: Decimal | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def root(worth: Callable[[float], float]) -> float:
    """Regula falsi in binary fractions: another method than the one under test."""
    low, high = -0.9, 60.0
    for _ in range(20_000):
        at_low, at_high = worth(low), worth(high)
        middle = high - at_high * (high - low) / (at_high - at_low)
        middle = (middle + (low + high) / 2) / 2
        if worth(middle) < 0:
            low = middle
        else:
            high = middle
        if high - low < 1e-13:
            break
    return (low + high) / 2


def test_the_example_of_the_manual_of_xirr() -> None:
    terms = loan(
        "10000",
        ("2008-03-01", "2750"),
        ("2008-10-30", "4250"),
        ("2009-02-15", "3250"),
        ("2009-04-01", "2750"),
        on="2008-01-01",
    )
    assert percent(yearly_cost(terms).effective) == "37.3363"
    assert yearly_cost(terms).monthly is None, "not one instalment in each month"


def test_the_example_of_the_manual_of_rate() -> None:
    cost = yearly_cost(monthly_loan("8000", "200", 48))
    assert percent(cost.monthly) == "0.7701"
    assert percent(cost.nominal) == "9.2418"


def test_the_rate_of_an_annuity_comes_back() -> None:
    lines = schedule(Way.ANNUITY, Decimal(100_000), Decimal(24), 12, month_after(PAID_OUT, 1), "CNY")
    terms = DebtTerms(principal="100000", received_on="2025-01-10", instalments=lines)
    assert f"{yearly_cost(terms).nominal:.2f}" == "24.00"


def test_a_fee_taken_off_at_once_makes_the_same_instalments_dearer() -> None:
    terms = replace(monthly_loan("", "888.49", 12), principal="10000")
    with_fee = replace(terms, fees=(Fee("服务费", "800"),))
    plain, dearer = yearly_cost(terms), yearly_cost(with_fee)
    assert percent(plain.nominal) == "12.0005"
    assert dearer.received == Decimal(9200)
    assert plain.effective is not None
    assert dearer.effective is not None
    assert dearer.effective > plain.effective + 15


def test_without_interest_it_costs_nothing() -> None:
    cost = yearly_cost(monthly_loan("12000", "1000", 12))
    assert [percent(cost.effective), percent(cost.monthly), cost.extra] == ["0.0000", "0.0000", 0]


def test_less_paid_back_than_received_is_a_negative_rate() -> None:
    cost = yearly_cost(loan("1000", ("2026-01-10", "900")))
    assert percent(cost.effective) == "-10.0000"


def test_a_leap_year_has_one_more_day() -> None:
    usual = yearly_cost(loan("1000", ("2026-01-10", "1100")))
    leap = yearly_cost(loan("1000", ("2025-01-10", "1100"), on="2024-01-10"))
    assert percent(usual.effective) == "10.0000"
    assert percent(leap.effective) == f"{(1.1 ** (365 / 366) - 1) * 100:.4f}"


def test_without_the_day_of_the_payout_a_month_is_assumed_and_said() -> None:
    cost = yearly_cost(replace(monthly_loan("8000", "200", 48), received_on=""))
    assert cost.month_assumed
    assert cost.monthly is not None
    assert percent(cost.effective) == percent(((1 + cost.monthly / 100) ** 12 - 1) * 100)


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (DebtTerms(), NoRate.NO_INSTALMENTS),
        (monthly_loan("", "200", 12), NoRate.NOT_RECEIVED),
        (monthly_loan("0", "200", 12), NoRate.NOT_RECEIVED),
        (replace(loan("100", ("2025-03-01", "60"), ("2025-09-01", "60")), received_on=""), NoRate.NO_DAY),
        (loan("1000", ("2025-02-10", "")), NoRate.UNREADABLE),
        (loan("1000", ("2025-02-30", "10")), NoRate.UNREADABLE),
        (loan("1000", ("2025-01-01", "100"), ("2025-06-01", "1000")), NoRate.SEVERAL),
        (loan("1000", ("2025-01-10", "1000"), ("2025-06-01", "100")), NoRate.SEVERAL),
        (loan("1000", ("2025-01-11", "1100")), NoRate.BEYOND),
        (loan("1000", ("2026-01-10", "1")), NoRate.BEYOND),
    ],
)
def test_where_no_rate_can_be_meant_the_reason_is_given(terms: DebtTerms, why: NoRate) -> None:
    cost = yearly_cost(terms)
    assert (cost.effective, cost.monthly, cost.why) == (None, None, why)


@settings(max_examples=60, deadline=None)
@given(
    received=st.integers(1_000, 1_000_000),
    amounts=st.lists(st.integers(1, 400_000), min_size=1, max_size=40),
    gap=st.integers(1, 60),
)
def test_any_loan_has_the_rate_that_another_method_finds(received: int, amounts: list[int], gap: int) -> None:
    days = [date.fromordinal(PAID_OUT.toordinal() + gap * (place + 1)) for place in range(len(amounts))]
    due = [(day.isoformat(), str(amount)) for day, amount in zip(days, amounts, strict=True)]
    cost = yearly_cost(loan(str(received), *due))
    if cost.effective is None:
        assert cost.why is NoRate.BEYOND
        return
    if not -80 < cost.effective < 5000:
        return
    years = [gap * (place + 1) / 365 for place in range(len(amounts))]

    def worth(rate: float) -> float:
        parts = (amount / math.pow(1 + rate, year) for amount, year in zip(amounts, years, strict=True))
        return received - sum(parts)

    assert float(cost.effective) / 100 == pytest.approx(root(worth), rel=1e-6, abs=1e-8)
