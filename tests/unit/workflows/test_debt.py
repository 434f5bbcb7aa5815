"""Contract, claims and bills are kept as events, cleaned, and nothing of it is changed in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.case import AttachmentKind, Case, CollectorCard, Mode, Step
from evidencedesk.domain.debt import ClaimDetails, DebtTerms, Fee, Instalment
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.shows import Shows
from evidencedesk.intake.bills import BillColumn
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.describe_collector import add_collector
from evidencedesk.workflows.describe_debt import describe_debt
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.due_dates import due_dates
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.import_bill import look_at_bill, take_bill
from evidencedesk.workflows.log_claim import change_claim, log_claim, withdraw_claim
from evidencedesk.workflows.print_debt_sheet import print_debt_sheet
from evidencedesk.workflows.verify_folder import verify

TERMS = DebtTerms(
    principal="¥3,000",
    received="2800元",
    received_on="2026/8/10",
    currency="cny",
    yearly_rate="24%",
    overdue_rate="0.05 %",
    fees=(Fee(" 服务费 ", "200"),),
    instalments=(
        Instalment("2026年10月10日", "", "1000", "30", "10"),
        Instalment("2026-09-10", "1,050.00"),
    ),
)
CLAIM = ClaimDetails("18,600", "2026-11-25T02:00:00.000000Z", 480, by=" 张某 ")
BILL = "期数,应还日期,应还金额,已还金额,实还日期\n1,2026-09-10,1050,1050,2026-09-09\n2,2026-10-10,1040,20,\n"


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "账单.csv"
    path.write_text(BILL, encoding="gb18030")
    return path


def code(verb: object, *given: object, **named: object) -> Code:
    assert callable(verb)
    with pytest.raises(Known) as refused:
        verb(*given, **named)
    return refused.value.code


def test_terms_are_kept_as_digits_and_days_in_order(desk: Desk, case: Case) -> None:
    describe_debt(desk, case.id, TERMS)
    debt = desk.store.case_file(case.id).debt
    assert debt is not None
    assert debt.terms == DebtTerms(
        principal="3000",
        received="2800",
        received_on="2026-08-10",
        currency="CNY",
        yearly_rate="24",
        overdue_rate="0.05",
        fees=(Fee("服务费", "200"),),
        instalments=(
            Instalment("2026-09-10", "1050.00"),
            Instalment("2026-10-10", "1040", "1000", "30", "10"),
        ),
    )


def test_the_same_terms_again_are_no_event(desk: Desk, case: Case) -> None:
    describe_debt(desk, case.id, TERMS)
    before = desk.store.head(case.id)
    assert not describe_debt(desk, case.id, TERMS).changed
    assert desk.store.head(case.id) == before
    assert describe_debt(desk, case.id, replace(TERMS, principal="4000")).changed


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (DebtTerms(principal="about 3000"), Code.NUMBER_NOT_VALID),
        (DebtTerms(yearly_rate="24 % p.a."), Code.NUMBER_NOT_VALID),
        (DebtTerms(received_on="2026-02-30"), Code.TIME_NOT_VALID),
        (DebtTerms(instalments=(Instalment("2026-09-10", ""),)), Code.NUMBER_NOT_VALID),
        (DebtTerms(instalments=(Instalment("", "10"),)), Code.TIME_NOT_VALID),
        (DebtTerms(fees=(Fee("x", ""),)), Code.NUMBER_NOT_VALID),
        (DebtTerms(instalments=(Instalment("2026-09-10", "1"),) * 601), Code.TOO_MANY_INSTALMENTS),
    ],
)
def test_what_is_no_sum_or_day_is_refused_and_nothing_is_kept(
    desk: Desk, case: Case, terms: DebtTerms, expected: Code
) -> None:
    assert code(describe_debt, desk, case.id, terms) is expected
    assert desk.store.case_file(case.id).debt is None


def test_a_claim_is_kept_with_what_shows_it(desk: Desk, case: Case, tmp_path: Path) -> None:
    picture = tmp_path / "短信.png"
    picture.write_bytes(b"picture")
    file = attach_file(desk, case.id, picture)
    claim = log_claim(desk, case.id, CLAIM, Shows(attachment=file.id))
    assert desk.store.case_file(case.id).claims == (claim,)
    assert (claim.details.amount, claim.details.by, claim.attachment) == ("18600", "张某", file.id)


def test_a_claim_can_be_corrected_and_taken_back_and_both_stay_in_the_journal(desk: Desk, case: Case) -> None:
    claim = log_claim(desk, case.id, CLAIM)
    change_claim(desk, case.id, claim.id, replace(CLAIM, amount="16800"))
    withdraw_claim(desk, case.id, claim.id)
    (kept,) = desk.store.case_file(case.id).claims
    assert (kept.details.amount, kept.changed, kept.withdrawn) == ("16800", True, True)
    assert code(change_claim, desk, case.id, claim.id, CLAIM) is Code.UNKNOWN_ITEM
    assert code(withdraw_claim, desk, case.id, claim.id) is Code.UNKNOWN_ITEM


@pytest.mark.parametrize(
    ("details", "shows", "expected"),
    [
        (replace(CLAIM, amount=""), Shows(), Code.NUMBER_NOT_VALID),
        (replace(CLAIM, penalty="many"), Shows(), Code.NUMBER_NOT_VALID),
        (replace(CLAIM, claimed_utc="yesterday"), Shows(), Code.TIME_NOT_VALID),
        (CLAIM, Shows(encounter="e-00000000"), Code.UNKNOWN_ENCOUNTER),
        (CLAIM, Shows(collector="p-00000000"), Code.UNKNOWN_ITEM),
        (CLAIM, Shows(contact="k-00000000"), Code.UNKNOWN_ITEM),
        (CLAIM, Shows(attachment="a-00000000"), Code.UNKNOWN_ITEM),
    ],
)
def test_a_claim_that_can_not_be_is_refused(
    desk: Desk, case: Case, details: ClaimDetails, shows: Shows, expected: Code
) -> None:
    assert code(log_claim, desk, case.id, details, shows) is expected
    assert desk.store.case_file(case.id).claims == ()


def test_a_bill_is_kept_as_a_bill_and_its_instalments_are_the_contract_s(
    desk: Desk, case: Case, bill: Path
) -> None:
    describe_debt(desk, case.id, TERMS)
    take_bill(desk, case.id, look_at_bill(bill))
    there = desk.store.case_file(case.id)
    (file,) = there.attachments
    assert (file.kind, file.debt, file.name) == (AttachmentKind.BILL, True, "账单.csv")
    assert there.debt is not None
    assert there.debt.terms.principal == "3000", "what the bill does not tell stays"
    assert [one.amount for one in there.debt.terms.instalments] == ["1050.00", "1040.00"]
    assert there.follow_ups == (), "payments are only offered"


def test_a_payment_of_the_bill_is_taken_when_it_is_wanted_and_only_once(
    desk: Desk, case: Case, bill: Path
) -> None:
    looked_at = look_at_bill(bill)
    assert len(take_bill(desk, case.id, looked_at, payments={2, 3}).payments) == 1, "one has no day"
    assert take_bill(desk, case.id, looked_at, payments={2, 3}).payments == (), "it is there already"
    (step,) = desk.store.case_file(case.id).follow_ups
    assert (step.details.step, step.details.amount) == (Step.PAYMENT, "1050.00")
    assert step.details.answer == "账单.csv:2"


def test_a_bill_that_changed_since_it_was_looked_at_is_not_taken(desk: Desk, case: Case, bill: Path) -> None:
    looked_at = look_at_bill(bill)
    bill.write_text("other", encoding="utf-8")
    assert code(take_bill, desk, case.id, looked_at) is Code.LIST_CHANGED
    assert desk.store.case_file(case.id).attachments == ()


def test_a_bill_with_wrong_columns_changes_nothing(desk: Desk, case: Case, bill: Path) -> None:
    wrong = (BillColumn.NONE,) * 5
    assert code(take_bill, desk, case.id, look_at_bill(bill), wrong) is Code.BILL_NOTHING_FOUND
    there = desk.store.case_file(case.id)
    assert (there.debt, there.attachments) == (None, ())


def test_a_bill_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    assert code(look_at_bill, tmp_path / "none.csv") is Code.FILE_UNREADABLE


def test_the_last_instalment_begins_the_limitation_of_the_debt(desk: Desk, case: Case) -> None:
    assert due_dates(desk, desk.store.case_file(case.id)) == ()
    describe_debt(desk, case.id, TERMS)
    (due,) = due_dates(desk, desk.store.case_file(case.id))
    assert (due.deadline.id, due.began.isoformat(), due.due.isoformat()) == (
        "debt-limitation",
        "2026-10-10",
        "2029-10-10",
    )


def test_a_claim_of_an_encounter_and_a_person(desk: Desk, case: Case) -> None:
    facts = {"encounter": "e-0000abcd", "mode": Mode.CALL.value}
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, facts)])
    person = add_collector(desk, case.id, "e-0000abcd", CollectorCard(name="张某"))
    claim = log_claim(desk, case.id, CLAIM, Shows("e-0000abcd", person.id))
    assert (claim.encounter, claim.collector) == ("e-0000abcd", person.id)


def test_an_export_takes_the_sheet_along_and_verifies(desk: Desk, case: Case, tmp_path: Path) -> None:
    describe_debt(desk, case.id, TERMS)
    log_claim(desk, case.id, CLAIM)
    folder = export_case(desk, case.id, tmp_path / "out", Words("zh", resource("locale")))
    assert folder.not_made == ()
    assert (folder.path / "data" / "debt-sheet.pdf").read_bytes().startswith(b"%PDF")
    page = (folder.path / "START-HERE.html").read_text("utf-8")
    assert "data/debt-sheet.pdf" in page
    assert "他们怎么说，凭据怎么说" in page
    assert "data/debt-sheet.pdf" in (folder.path / "manifest-sha256.txt").read_text("utf-8")
    assert verify(folder.path).intact


def test_an_export_without_a_debt_has_no_sheet(desk: Desk, case: Case, tmp_path: Path) -> None:
    folder = export_case(desk, case.id, tmp_path / "out", Words("zh", resource("locale")))
    assert not (folder.path / "data" / "debt-sheet.pdf").exists()
    assert "debt-sheet" not in (folder.path / "START-HERE.html").read_text("utf-8")


def test_a_sheet_never_overwrites(desk: Desk, case: Case, tmp_path: Path) -> None:
    log_claim(desk, case.id, CLAIM)
    words = Words("en", resource("locale"))
    first = print_debt_sheet(desk, case.id, tmp_path, words)
    kept = first.read_bytes()
    second = print_debt_sheet(desk, case.id, tmp_path, words)
    assert first != second
    assert first.read_bytes() == kept


def test_a_sheet_of_nothing_is_refused_and_a_folder_that_is_not_there_is_said(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    words = Words("en", resource("locale"))
    assert code(print_debt_sheet, desk, case.id, tmp_path, words) is Code.NOTHING_ABOUT_DEBT
    log_claim(desk, case.id, CLAIM)
    code(print_debt_sheet, desk, case.id, tmp_path / "none", words)
