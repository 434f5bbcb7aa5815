from __future__ import annotations

import time

import pytest

from evidencedesk.domain.case import Case, CollectorCard, ContactDetails, ContactKind
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.sighting import Alike
from evidencedesk.workflows.describe_collector import add_collector, card_facts, change_collector
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_contact import log_contact, withdraw_contact
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.recognise_collector import recognise, same_number, same_plate


def visit(desk: Desk, case: Case) -> str:
    encounter = new_id(Kind.ENCOUNTER)
    facts = {"encounter": encounter, "mode": "visit"}
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, facts)])
    return encounter


def test_a_number_is_recognised_in_another_case_however_it_was_written(desk: Desk, case: Case) -> None:
    other = open_case(desk, "另一个平台")
    seen = add_collector(
        desk, other.id, visit(desk, other), CollectorCard(name="张某", phone="+86 138-0000-0000")
    )
    (found,) = recognise(desk, CollectorCard(phone="13800000000"))
    assert (found.case, found.title, found.collector) == (other.id, "另一个平台", seen.id)
    assert found.alike == (Alike.PHONE,)
    assert found.card.name == "张某"
    opened = desk.store.case_file(other.id).encounters[0].opened
    assert (found.utc, found.offset_minutes) == (opened.utc, opened.offset_minutes)


def test_nobody_recognises_themselves(desk: Desk, case: Case) -> None:
    card = CollectorCard(phone="13800000000")
    me = add_collector(desk, case.id, visit(desk, case), card)
    assert recognise(desk, card, but_not=me.id) == ()
    assert len(recognise(desk, card)) == 1


def test_an_empty_card_is_like_no_other(desk: Desk, case: Case) -> None:
    add_collector(desk, case.id, visit(desk, case), CollectorCard(description="tall"))
    add_collector(desk, case.id, visit(desk, case), CollectorCard(phone="未知"))
    assert recognise(desk, CollectorCard()) == ()
    assert recognise(desk, CollectorCard(phone="隐藏号码")) == ()


def test_a_name_counts_only_with_its_company(desk: Desk, case: Case) -> None:
    encounter = visit(desk, case)
    add_collector(desk, case.id, encounter, CollectorCard(name="张某", organisation="某某信用管理有限公司"))
    add_collector(desk, case.id, encounter, CollectorCard(name="张某"))
    assert recognise(desk, CollectorCard(name="张某")) == ()
    (found,) = recognise(desk, CollectorCard(name="张 某", organisation="某某信用管理有限公司 "))
    assert found.alike == (Alike.NAME,)


def test_a_staff_number_counts_only_with_its_company(desk: Desk, case: Case) -> None:
    encounter = visit(desk, case)
    add_collector(desk, case.id, encounter, CollectorCard(staff_number="a017", organisation="甲公司"))
    assert recognise(desk, CollectorCard(staff_number="A017", organisation="乙公司")) == ()
    (found,) = recognise(desk, CollectorCard(staff_number="A017", organisation="甲公司"))
    assert found.alike == (Alike.STAFF_NUMBER,)


def test_everything_alike_is_named_and_the_newest_comes_first(desk: Desk, case: Case) -> None:
    first, second = visit(desk, case), visit(desk, case)
    add_collector(desk, case.id, first, CollectorCard(plate="京A·12345"))
    add_collector(desk, case.id, second, CollectorCard(plate="京a12345", phone="010-62345678"))
    found = recognise(desk, CollectorCard(plate="京A 12345", phone="01062345678"))
    assert [one.encounter for one in found] == [second, first]
    assert found[0].alike == (Alike.PHONE, Alike.PLATE)


def test_a_number_that_called_before_is_recognised(desk: Desk, case: Case) -> None:
    other = open_case(desk, "另一个平台")
    called = ContactDetails(
        ContactKind.CALL, "2026-11-20T02:00:00.000000Z", 480, party="138-0000-0000", name="王某"
    )
    log_contact(desk, other.id, called)
    (found,) = recognise(desk, CollectorCard(phone="+8613800000000"))
    assert (found.title, found.collector, found.card.name) == ("另一个平台", "", "王某")
    assert (found.utc, found.alike) == ("2026-11-20T02:00:00.000000Z", (Alike.PHONE,))


def test_what_the_user_dialled_or_took_back_is_no_caller(desk: Desk, case: Case) -> None:
    begun = "2026-11-20T02:00:00.000000Z"
    dialled = ContactDetails(ContactKind.CALL, begun, 480, party="13800000000", outgoing=True)
    log_contact(desk, case.id, dialled)
    wrong = log_contact(desk, case.id, ContactDetails(ContactKind.CALL, begun, 480, party="13800000000"))
    withdraw_contact(desk, case.id, wrong.id)
    assert recognise(desk, CollectorCard(phone="13800000000")) == ()


def test_the_call_that_is_being_recorded_is_no_other_time(desk: Desk, case: Case) -> None:
    encounter = visit(desk, case)
    card = CollectorCard(phone="13800000000")
    me = add_collector(desk, case.id, encounter, card)
    now = desk.clock.now()
    details = ContactDetails(ContactKind.CALL, now.utc, now.offset_minutes, party="13800000000")
    log_contact(desk, case.id, details, encounter=encounter)
    assert recognise(desk, card, but_not=me.id) == ()


def test_what_was_corrected_counts_as_it_stands_now(desk: Desk, case: Case) -> None:
    seen = add_collector(desk, case.id, visit(desk, case), CollectorCard(phone="13800000000"))
    change_collector(desk, case.id, seen.id, CollectorCard(phone="13900000000"))
    assert recognise(desk, CollectorCard(phone="13800000000")) == ()
    assert len(recognise(desk, CollectorCard(phone="13900000000"))) == 1


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("138 0000 0000", "13800000000"),
        ("0086-138-0000-0000", "13800000000"),
        ("+86 (138) 0000 0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("(010) 6234-5678", "01062345678"),
        ("95555", "95555"),
        ("110", ""),
        ("unknown", ""),
    ],
)
def test_numbers_are_compared_by_their_digits(written: str, same: str) -> None:
    assert same_number(written) == same


@pytest.mark.parametrize(
    ("written", "same"),
    [("京A·12345", "京A12345"), (" 京a 12345 ", "京A12345"), ("京A1", ""), ("粤BD12345", "粤BD12345")],
)
def test_plates_are_compared_without_dots_and_spaces(written: str, same: str) -> None:
    assert same_plate(written) == same


def test_ten_thousand_cards_are_looked_through_before_anybody_waits(desk: Desk, case: Case) -> None:
    encounter = visit(desk, case)
    added = [
        (
            EventType.COLLECTOR_ADDED,
            {
                "collector": new_id(Kind.COLLECTOR),
                "encounter": encounter,
                "card": card_facts(
                    CollectorCard(
                        name=f"张某{number}",
                        staff_number=f"A{number:05}",
                        organisation=f"某某信用管理有限公司{number % 50}",
                        phone=f"138 {number // 10_000:04} {number % 10_000:04}",
                        plate=f"京A{number:05}",
                    )
                ),
            },
        )
        for number in range(10_000)
    ]
    desk.store.append(case.id, added)
    card = CollectorCard(name="张某77", organisation="某某信用管理有限公司27", phone="+86 138 0000 0077")
    began = time.perf_counter()
    found = recognise(desk, card)
    took = time.perf_counter() - began
    assert [one.alike for one in found] == [(Alike.PHONE, Alike.NAME)]
    print(f"\n10,000 cards: {took * 1000:.0f} ms")  # noqa: T201
    assert took < 2  # a shared machine may be slow; by itself it takes a tenth of a second
