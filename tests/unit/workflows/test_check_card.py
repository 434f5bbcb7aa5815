from __future__ import annotations

from datetime import date

import pytest

from evidencedesk.domain.card_remark import Remarkable
from evidencedesk.domain.case import Case, CaseFile, Collector, CollectorCard, Document, Verdict
from evidencedesk.domain.moment import Moment
from evidencedesk.guidance.matter import Matter
from evidencedesk.guidance.people import names_match
from evidencedesk.system.resources import resource
from evidencedesk.wording.card_remarks import remarks_text
from evidencedesk.wording.language import Words
from evidencedesk.workflows.check_card import card_remarks

TODAY = date(2026, 11, 25)


def remarked(card: CollectorCard) -> list[Remarkable]:
    return [one.what for one in card_remarks(card, TODAY)]


def test_an_empty_card_is_not_remarkable() -> None:
    assert remarked(CollectorCard()) == []
    assert remarked(CollectorCard(phone=" ", plate=" ", credit_code=" ")) == []


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91110000600037341L", "9131000063159284XQ", "11320000MB151840XJ"]
)
def test_a_valid_credit_code_is_said_to_fit_and_whose_register_it_is_from(code: str) -> None:
    assert remarked(CollectorCard(credit_code=code)) == [Remarkable.CREDIT_FITS, Remarkable.CREDIT_REGISTER]
    assert all(one.fine for one in card_remarks(CollectorCard(credit_code=code), TODAY))


@pytest.mark.parametrize("code", ["91350211M0000XUF46", "91350100M0001TGQXM"])
def test_a_check_digit_that_does_not_fit_is_a_doubt_and_nothing_is_refused(code: str) -> None:
    (remark,) = card_remarks(CollectorCard(credit_code=code), TODAY)
    assert (remark.field, remark.what, remark.fine) == ("credit_code", Remarkable.CREDIT_CHECK, False)


def test_a_letter_that_looks_like_a_digit_is_asked_about() -> None:
    card = CollectorCard(credit_code="9135O1OOM000100Y43")
    assert remarked(card) == [Remarkable.CREDIT_LETTERS, Remarkable.CREDIT_MAYBE]
    words = Words("en", resource("locale"))
    said = remarks_text(words, card_remarks(card, TODAY))
    assert "91350100M000100Y43" in said
    assert said.endswith("a wrong number is evidence too.")


def test_a_code_that_is_being_typed_says_how_far_it_is() -> None:
    (remark,) = card_remarks(CollectorCard(credit_code="9135"), TODAY)
    assert remark.facts == (("count", "4"),)


@pytest.mark.parametrize("phone", ["138 0000 0000", "+86 13800000000", "010-62345678", "95555", "未知"])
def test_usual_numbers_and_withheld_ones_are_not_remarkable(phone: str) -> None:
    assert remarked(CollectorCard(phone=phone)) == []


def test_odd_numbers_and_plates_are() -> None:
    assert remarked(CollectorCard(phone="12345678901234")) == [Remarkable.PHONE_FORM]
    assert remarked(CollectorCard(plate="京A1234")) == [Remarkable.PLATE_FORM]
    assert remarked(CollectorCard(plate="京A12345")) == []
    assert remarked(CollectorCard(plate="粤BD12345")) == []


def test_names_that_differ_are_set_side_by_side() -> None:
    card = CollectorCard(
        names_on=((Document.LICENCE, "甲信用管理有限公司"), (Document.WORK_ID, "乙资产管理有限公司"))
    )
    (remark,) = card_remarks(card, TODAY)
    assert remark.what is Remarkable.NAMES_DIFFER
    assert remark.facts == (("names", "甲信用管理有限公司 ≠ 乙资产管理有限公司"),)


def test_names_written_with_other_brackets_and_spaces_are_the_same() -> None:
    card = CollectorCard(names_on=((Document.LICENCE, "甲（北京）公司"), (Document.WORK_ID, "甲(北京) 公司")))
    assert remarked(card) == []


@pytest.mark.parametrize(
    ("said", "licence", "work_id", "differ"),
    [
        ("", "甲【北京】公司", "甲(北京)公司", False),
        ("甲公司", "甲【北京】公司", "甲(北京)公司", True),
        ("鑫诚", "鑫诚资产管理有限公司", "", False),
        ("鑫诚", "", "", False),
        ("鑫", "鑫诚资产管理有限公司", "", True),
        ("Xincheng", "XINCHENG ltd", "xincheng  LTD", False),
        ("某某银行", "鑫诚资产管理有限公司", "", True),
        ("", "鑫诚", "鑫诚资产管理有限公司", True),
    ],
)
def test_the_card_and_the_rule_give_the_same_answer_on_names(
    said: str, licence: str, work_id: str, *, differ: bool
) -> None:
    names_on = ((Document.LICENCE, licence), (Document.WORK_ID, work_id), (Document.ID_CARD, "张三"))
    card = CollectorCard(organisation=said, names_on=names_on)
    moment = Moment("2026-11-25T02:00:00.000000Z", 480, "boot", 1)
    collector = Collector("p-1", "c-1", "e-1", card, moment)
    case_file = CaseFile(Case("c-1", "Laifenqi", "", "", moment), collectors=(collector,))
    (result,) = names_match(Matter(case_file, (), "any", {}))
    assert (result.verdict is Verdict.BREACHED) is differ
    assert (Remarkable.NAMES_DIFFER in remarked(card)) is differ


def test_what_was_said_stands_beside_the_papers_it_differs_from() -> None:
    card = CollectorCard(organisation="某某银行", names_on=((Document.LICENCE, "甲信用管理有限公司"),))
    (remark,) = card_remarks(card, TODAY)
    assert remark.facts == (("names", "甲信用管理有限公司 ≠ 某某银行"),)


def test_a_letter_holds_on_its_last_day_and_is_over_on_the_next() -> None:
    card = CollectorCard(letter_until="2026-11-25")
    assert card_remarks(card, date(2026, 11, 25)) == ()
    (remark,) = card_remarks(card, date(2026, 11, 26))
    assert remark.what is Remarkable.LETTER_OVER
