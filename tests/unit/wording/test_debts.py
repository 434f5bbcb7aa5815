"""Sums, rates and differences are said so that nobody can take a minus for a plus."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidencedesk.domain.debt_sheet import debt_sheet
from evidencedesk.domain.loan_cost import NoRate, YearlyCost
from evidencedesk.system.resources import resource
from evidencedesk.wording.debt_figures import cost_figure, figures, money_text, percent_text
from evidencedesk.wording.debts import claim_row, difference_text, stated
from evidencedesk.wording.language import Words
from fakes.debt_stories import TODAY, with_debt
from fakes.ui_more_services import example_case_file, moment

EN = Words("en", resource("locale"))
ZH = Words("zh", resource("locale"))


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("1280.5", "CNY", "¥1,280.50"),
        ("-300", "CNY", "−¥300.00"),
        ("-0.001", "CNY", "¥0.00"),
        ("1280.5", "JPY", "JPY 1,281"),
        ("1234567.005", "USD", "$1,234,567.01"),
        ("5", "", "5.00"),
        ("5", "积分", "积分 5.00"),
    ],
)
def test_a_sum_has_its_currency_and_its_thousands(amount: str, currency: str, said: str) -> None:
    assert money_text(Decimal(amount), currency) == said


def test_rates_are_rounded_half_up() -> None:
    assert [percent_text(Decimal(one)) for one in ("24.145", "0", "-1.5", "9999.999")] == [
        "24.15%",
        "0.00%",
        "−1.50%",
        "10,000.00%",
    ]


def test_a_difference_is_said_in_words() -> None:
    assert difference_text(EN, Decimal("3218.4"), "CNY") == "they ask ¥3,218.40 more than the papers give"
    assert difference_text(EN, Decimal("-3218.4"), "CNY") == "they ask ¥3,218.40 less than the papers give"
    assert difference_text(EN, Decimal(0), "CNY") == "the same as the papers"
    assert difference_text(EN, None, "CNY") == "can't be compared"
    assert difference_text(ZH, Decimal(5), "CNY") == "比凭据多要 ¥5.00"


@pytest.mark.parametrize("why", list(NoRate))
def test_where_there_is_no_rate_the_reason_is_said(why: NoRate) -> None:
    figure = cost_figure(ZH, YearlyCost(why=why), "CNY")
    assert figure.value == "–"
    assert figure.remark


def test_each_figure_says_how_it_came_about() -> None:
    sheet = debt_sheet(with_debt(example_case_file(), moment()), TODAY)
    told = {one.name: one for one in figures(EN, sheet)}
    open_today = told["Open by the papers on 2026-11-25"]
    assert open_today.value == "¥3,282.40"
    assert open_today.how[0] == (
        "2026-08-10 instalment 4 · ¥945.60 · paid ¥500.00 · open ¥445.60 · 107 days late"
    )
    assert told["Paid so far"].how == (
        "2026-05-09 · ¥945.60",
        "2026-06-10 · ¥945.60",
        "2026-07-20 · ¥945.60",
        "2026-09-01 · ¥500.00",
    )
    assert told["Yearly cost (effective)"].remark == "nominal 40.61% a year"


def test_a_claim_says_who_shows_it_and_its_parts() -> None:
    file = with_debt(example_case_file(), moment())
    sheet = debt_sheet(file, TODAY)
    first, second, last = (claim_row(EN, file, one, "CNY") for one in sheet.compared)
    assert first.shown_by == "短信截图.png"
    assert second.shown_by == "visit of 2026-11-19 21:34"
    assert "principal: they say ¥8,500.00; papers: ¥2,915.53" in second.details
    assert "¥6,000.00 more than 5 days before" in last.details


def test_the_limits_are_always_said() -> None:
    said = " ".join(stated(EN, debt_sheet(with_debt(example_case_file(), moment()), TODAY)))
    for words in ("No verdict on usury", "court costs", "Assumed", "0.05% for each day"):
        assert words in said
