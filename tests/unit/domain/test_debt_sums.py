"""Due, paid, open and late: each sum by the entered terms, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.case import Case, CaseFile, FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.debt import Claim, ClaimDetails, Debt, DebtTerms, Fee, Instalment
from evidencedesk.domain.debt_sheet import PartName, debt_sheet
from evidencedesk.domain.debt_sums import Balance, Parts, Payment, balance, payments_of
from fakes.judged_cases import moment

NOW = moment("2026-11-25 10:00:00")
TERMS = DebtTerms(
    principal="3000",
    overdue_rate="0.05",
    instalments=(
        Instalment("2026-09-10", "1050.00", "1000", "40", "10"),
        Instalment("2026-10-10", "1040.00", "1000", "30", "10"),
        Instalment("2026-11-10", "1030.00", "1000", "20", "10"),
        Instalment("2026-12-10", "1020.00", "1000", "10", "10"),
    ),
)
TODAY = date(2026, 11, 25)


def paid(*sums: tuple[str, str]) -> tuple[Payment, ...]:
    return tuple(
        Payment(f"f-{place}", date.fromisoformat(day), Decimal(amount))
        for place, (day, amount) in enumerate(sums)
    )


def stands(terms: DebtTerms, *sums: tuple[str, str], day: date = TODAY) -> Balance:
    found = balance(terms, paid(*sums), day)
    assert found is not None
    return found


def test_what_was_due_is_open_and_what_is_later_is_told_apart() -> None:
    there = stands(TERMS)
    assert [there.due, there.open, there.not_yet_due, there.paid] == [3120, 3120, 1020, 0]


def test_payments_go_to_the_oldest_instalment_first() -> None:
    there = stands(TERMS, ("2026-09-10", "1050"), ("2026-10-12", "500"))
    assert [one.open for one in there.lines] == [0, 540, 1030, 1020]
    assert there.open == 1570


def test_within_an_instalment_fees_go_first_then_interest_then_principal() -> None:
    assert Parts(Decimal(10), Decimal(30), Decimal(1000)).less(Decimal(25)) == Parts(
        Decimal(0), Decimal(15), Decimal(1000)
    )
    there = stands(TERMS, ("2026-09-01", "1075"))
    assert there.parts == Parts(Decimal(10), Decimal(35), Decimal(2000))


def test_a_payment_counts_on_its_day_and_not_before() -> None:
    assert stands(TERMS, ("2026-11-26", "1050")).open == 3120
    assert stands(TERMS, ("2026-11-25", "1050")).open == 2070


def test_a_payment_before_the_due_day_leaves_nothing_late() -> None:
    there = stands(TERMS, ("2026-08-01", "3120"))
    assert [there.open, there.overdue_interest] == [0, 0]


def test_what_is_paid_early_goes_to_what_is_due_later_and_the_rest_is_over() -> None:
    there = stands(TERMS, ("2026-08-01", "5000"))
    assert [there.not_yet_due, there.over, there.open] == [0, 860, 0]


def test_overdue_interest_counts_days_after_the_due_day_until_it_is_paid() -> None:
    there = stands(TERMS, ("2026-09-20", "1050"), ("2026-10-10", "1040"))
    # 1050 for 10 days and 1030 for 15 days, 0.05 % each day.
    assert [one.overdue_interest for one in there.lines] == [
        Decimal("5.25"),
        0,
        Decimal("7.73"),
        0,
    ]
    assert there.overdue_interest == Decimal("12.98")
    assert there.total == Decimal("1042.98")


def test_each_line_is_rounded_half_up_by_itself() -> None:
    lines = (Instalment("2026-11-24", "10"), Instalment("2026-11-24", "10"))
    there = stands(DebtTerms(overdue_rate="0.05", instalments=lines))
    assert there.overdue_interest == Decimal("0.02"), "0.005 twice, and not 0.01 once"


def test_without_a_rate_there_is_no_overdue_interest_and_not_none_of_it() -> None:
    there = stands(replace(TERMS, overdue_rate=""))
    assert there.overdue_interest is None
    assert there.total == there.open


def test_a_leap_day_is_a_day() -> None:
    terms = DebtTerms(overdue_rate="0.1", instalments=(Instalment("2028-02-28", "1000"),))
    assert stands(terms, day=date(2028, 3, 1)).overdue_interest == 2
    terms = replace(terms, instalments=(Instalment("2027-02-28", "1000"),))
    assert stands(terms, day=date(2027, 3, 1)).overdue_interest == 1


def test_yen_are_rounded_to_whole_ones() -> None:
    terms = DebtTerms(currency="JPY", overdue_rate="0.04", instalments=(Instalment("2026-11-20", "1234"),))
    assert stands(terms).overdue_interest == 2


def test_a_fee_with_a_day_is_due_by_itself_and_one_without_is_not() -> None:
    terms = replace(TERMS, fees=(Fee("保险费", "99", "2026-10-01"), Fee("服务费", "500")))
    there = stands(terms)
    assert there.due == 3219
    assert [one.name for one in there.lines] == ["", "保险费", "", "", ""]


def test_parts_that_do_not_make_up_an_instalment_are_not_used() -> None:
    lines = (Instalment("2026-10-10", "1040.00", "1000", "30", ""),)
    assert stands(replace(TERMS, instalments=lines)).parts is None


def test_too_little_known_gives_no_balance() -> None:
    assert balance(DebtTerms(principal="3000"), (), TODAY) is None
    assert balance(replace(TERMS, instalments=(Instalment("2026-02-31", "5"),)), (), TODAY) is None
    assert balance(replace(TERMS, instalments=(Instalment("2026-02-01", ""),)), (), TODAY) is None


def step(amount: str, utc: str = "2026-11-01T17:00:00.000000Z", **changed: object) -> FollowUp:
    details = FollowUpDetails(Step.PAYMENT, utc, 480, amount=amount)
    details = replace(details, **{k: v for k, v in changed.items() if k != "withdrawn"})  # type: ignore[arg-type]
    withdrawn = bool(changed.get("withdrawn"))
    return FollowUp("f-1", "c-1", None, None, None, None, details, NOW, withdrawn=withdrawn)


def test_a_payment_has_the_day_it_had_where_it_was_made() -> None:
    case_file = CaseFile(Case("c-1", "x", "", "", NOW), follow_ups=(step("5"),))
    assert payments_of(case_file) == (Payment("f-1", date(2026, 11, 2), Decimal(5)),)


def test_only_what_was_really_paid_counts() -> None:
    steps = (
        step("5", withdrawn=True),
        step(""),
        step("5", progress=Progress.PLANNED),
        step("5", step=Step.CALL),
    )
    assert payments_of(CaseFile(Case("c-1", "x", "", "", NOW), follow_ups=steps)) == ()


def claim(name: str, amount: str, utc: str, **parts: str) -> Claim:
    details = ClaimDetails(amount, utc, 480, by="某某", **parts)
    return Claim(name, "c-1", None, None, None, None, details, NOW)


def sheet_of(*claims: Claim, terms: DebtTerms | None = TERMS) -> CaseFile:
    debt = None if terms is None else Debt("c-1", terms, NOW)
    return CaseFile(Case("c-1", "x", "", "", NOW), debt=debt, claims=claims)


def test_a_claim_is_compared_with_the_papers_of_its_own_day() -> None:
    first = claim("m-1", "2200", "2026-10-20T02:00:00.000000Z")
    later = claim("m-2", "6338.40", "2026-11-25T02:00:00.000000Z")
    found = debt_sheet(sheet_of(later, first), TODAY).compared
    assert [one.claim.id for one in found] == ["m-1", "m-2"]
    # 2090, and 0.05 % of 1050 for 40 days and of 1040 for 10.
    assert found[0].more == Decimal("83.80")
    growth = found[1].growth
    assert growth is not None
    assert (growth.more, growth.days) == (Decimal("4138.40"), 36)


def test_parts_are_compared_with_parts_and_a_penalty_with_overdue_interest() -> None:
    told = claim("m-1", "4000", "2026-11-25T02:00:00.000000Z", principal="3000", interest="90", penalty="900")
    (found,) = debt_sheet(sheet_of(told), TODAY).compared
    assert not found.adds_up
    assert {one.name: one.more for one in found.parts} == {
        PartName.PRINCIPAL: 0,
        PartName.INTEREST: 0,
        PartName.PENALTY: 900 - Decimal("39.90") - Decimal("23.92") - Decimal("7.73"),
    }


def test_a_claim_for_everything_that_is_not_due_yet_is_known_as_such() -> None:
    there = stands(TERMS)
    told = claim("m-1", str(there.whole), "2026-11-25T02:00:00.000000Z")
    (found,) = debt_sheet(sheet_of(told), TODAY).compared
    assert found.asks_all
    assert found.more == 1020


def test_without_terms_claims_stand_alone() -> None:
    (found,) = debt_sheet(
        sheet_of(claim("m-1", "10", "2026-11-25T02:00:00.000000Z"), terms=None), TODAY
    ).compared
    assert (found.more, found.balance) == (None, None)


@given(
    amounts=st.lists(st.integers(1, 10**7), min_size=1, max_size=12),
    sums=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 10**7)), max_size=12),
)
def test_no_cent_is_lost(amounts: list[int], sums: list[tuple[int, int]]) -> None:
    start = date(2026, 1, 31).toordinal()
    lines = tuple(
        Instalment(date.fromordinal(start + 30 * place).isoformat(), str(Decimal(cents) / 100))
        for place, cents in enumerate(amounts)
    )
    payments = [
        Payment(f"f-{place}", date.fromordinal(start + days), Decimal(cents) / 100)
        for place, (days, cents) in enumerate(sums)
    ]
    there = balance(DebtTerms(instalments=lines), payments, TODAY)
    assert there is not None
    owed = sum((Decimal(cents) / 100 for cents in amounts), Decimal(0))
    assert there.open + there.not_yet_due + there.paid - there.over == owed
