"""Instalments agree with the tables that banks print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.loan_schedule import Way, month_after, schedule

FIRST = date(2025, 1, 31)


def made(way: Way, amount: str, rate: str, count: int, currency: str = "CNY") -> tuple[Instalment, ...]:
    return schedule(way, Decimal(amount), Decimal(rate), count, FIRST, currency)


@pytest.mark.parametrize(
    ("amount", "rate", "count", "payment"),
    [
        ("10000", "12", 12, "888.49"),
        ("100000", "6", 360, "599.55"),
        ("20000", "5", 60, "377.42"),
        ("200000", "4.5", 180, "1529.99"),
        ("12000", "0", 12, "1000.00"),
    ],
)
def test_an_annuity_has_the_payment_of_the_printed_tables(
    amount: str, rate: str, count: int, payment: str
) -> None:
    assert made(Way.ANNUITY, amount, rate, count)[0].amount == payment


def test_equal_principal_falls_by_the_interest_of_one_share() -> None:
    lines = made(Way.EQUAL_PRINCIPAL, "12000", "12", 12)
    assert [one.amount for one in lines[:3]] == ["1120.00", "1110.00", "1100.00"]
    assert lines[-1].amount == "1010.00"


def test_the_same_amount_each_month_has_no_parts() -> None:
    assert made(Way.SAME_AMOUNT, "1280.505", "0", 2) == (
        Instalment("2025-01-31", "1280.51"),
        Instalment("2025-02-28", "1280.51"),
    )


def test_a_month_without_that_day_has_its_last_day_and_the_next_has_it_again() -> None:
    days = [month_after(FIRST, months).isoformat() for months in (0, 1, 2, 13, 37)]
    assert days == ["2025-01-31", "2025-02-28", "2025-03-31", "2026-02-28", "2028-02-29"]


def test_yen_have_no_cents() -> None:
    assert {one.amount for one in made(Way.ANNUITY, "100000", "15", 12, "JPY")[:-1]} == {"9026"}


@given(
    amount=st.integers(100, 10**9),
    rate=st.integers(0, 3600),
    count=st.integers(1, 120),
    way=st.sampled_from([Way.ANNUITY, Way.EQUAL_PRINCIPAL]),
)
def test_the_shares_of_principal_are_the_loan_to_the_cent(
    amount: int, rate: int, count: int, way: Way
) -> None:
    loan = Decimal(amount) / 100
    lines = schedule(way, loan, Decimal(rate) / 100, count, FIRST, "CNY")
    assert sum(Decimal(one.principal) for one in lines) == loan
    assert all(Decimal(one.principal) + Decimal(one.interest) == Decimal(one.amount) for one in lines)
