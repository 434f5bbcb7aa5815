"""Contacts, steps and what is known of an encounter: on disk when the call returns, nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.custody.projection import project
from evidencedesk.domain.case import (
    Case,
    CollectorCard,
    ContactDetails,
    ContactKind,
    ContactSource,
    Document,
    FollowUpDetails,
    Listed,
    Reached,
    Shown,
    Step,
    Verdict,
)
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.describe_collector import add_collector, change_collector
from evidencedesk.workflows.describe_encounter import describe_encounter
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_contact import (
    change_contact,
    link_contact,
    log_contact,
    log_contacts,
    withdraw_contact,
)
from evidencedesk.workflows.log_follow_up import change_follow_up, log_follow_up, withdraw_follow_up
from evidencedesk.workflows.open_case import change_case, open_case
from evidencedesk.workflows.tick_item import tick_item

MISSED = ContactDetails(ContactKind.MISSED_CALL, "2026-11-24T13:30:00.000000Z", 480, party="1068 2345 001")
PAID = FollowUpDetails(Step.PAYMENT, "2026-11-25T02:00:00.000000Z", 480, whom="来分期", amount="1,280.50 元")


@pytest.fixture
def encounter(desk: Desk, case: Case) -> str:
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, {"encounter": "e-00000001", "mode": "visit"})])
    return "e-00000001"


def _last(desk: Desk, case: Case) -> tuple[EventType, dict[str, object]]:
    event = list(desk.store.events(case.id))[-1]
    return event.type, dict(event.data)


def test_a_contact_is_kept_as_it_was_told(desk: Desk, case: Case, encounter: str) -> None:
    told = replace(MISSED, text=" 催收\r\n第二行 ", name=" 自称  平台 ", reached=Reached.WORK, length_s=0)
    contact = log_contact(desk, case.id, told, encounter)
    assert desk.store.case_file(case.id).contacts == (contact,)
    assert (contact.details.text, contact.details.name) == ("催收\n第二行", "自称 平台")
    assert (contact.encounter, contact.source) == (encounter, ContactSource.USER)


def test_an_odd_number_is_evidence_too_and_never_refused(desk: Desk, case: Case) -> None:
    contact = log_contact(desk, case.id, replace(MISSED, party="未知号码"))
    assert contact.details.party == "未知号码"


def test_a_list_of_contacts_is_taken_in_whole(desk: Desk, case: Case) -> None:
    kept = log_contacts(desk, case.id, [MISSED, replace(MISSED, kind=ContactKind.SMS)])
    assert desk.store.case_file(case.id).contacts == kept
    assert {one.source for one in kept} == {ContactSource.LIST}


def test_a_list_can_tell_more_about_recorded_encounters(desk: Desk, case: Case, encounter: str) -> None:
    kept = log_contacts(desk, case.id, [MISSED, MISSED], encounters={1: encounter})
    assert [one.encounter for one in kept] == [None, encounter]
    assert desk.store.case_file(case.id).contacts == kept


def test_a_list_about_an_encounter_nobody_knows_is_not_taken_in_at_all(desk: Desk, case: Case) -> None:
    with pytest.raises(Known) as raised:
        log_contacts(desk, case.id, [MISSED, MISSED], encounters={1: "e-zzzzzzzz"})
    assert raised.value.code is Code.UNKNOWN_ENCOUNTER
    assert desk.store.case_file(case.id).contacts == ()


def test_a_contact_is_linked_to_a_recording_and_to_none_again(desk: Desk, case: Case, encounter: str) -> None:
    contact = log_contact(desk, case.id, MISSED)
    link_contact(desk, case.id, contact.id, encounter)
    link_contact(desk, case.id, contact.id, encounter)  # the same again is no event
    (known,) = desk.store.case_file(case.id).contacts
    assert (known.encounter, known.details, known.changed) == (encounter, MISSED, True)
    change_contact(desk, case.id, contact.id, replace(MISSED, name="王经理"))
    assert desk.store.case_file(case.id).contacts[0].encounter == encounter, "other words keep the link"
    link_contact(desk, case.id, contact.id, None)
    assert desk.store.case_file(case.id).contacts[0].encounter is None
    told = [event.type for event in desk.store.events(case.id)].count(EventType.CONTACT_CHANGED)
    assert told == 3
    assert project(list(desk.store.events(case.id))).contacts == desk.store.case_file(case.id).contacts


def test_a_contact_is_linked_to_no_encounter_of_another_case(desk: Desk, case: Case, encounter: str) -> None:
    other = open_case(desk, "another")
    contact = log_contact(desk, other.id, MISSED)
    with pytest.raises(Known) as raised:
        link_contact(desk, other.id, contact.id, encounter)
    assert raised.value.code is Code.UNKNOWN_ENCOUNTER


def test_a_list_with_one_wrong_time_is_not_taken_in_at_all(desk: Desk, case: Case) -> None:
    with pytest.raises(Known) as raised:
        log_contacts(desk, case.id, [MISSED, replace(MISSED, begun_utc="2026-02-30T00:00:00.000000Z")])
    assert raised.value.code is Code.TIME_NOT_VALID
    assert desk.store.case_file(case.id).contacts == ()


def test_an_empty_list_is_no_event(desk: Desk, case: Case) -> None:
    assert log_contacts(desk, case.id, []) == ()
    assert _last(desk, case)[0] is EventType.CASE_OPENED


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"begun_utc": "yesterday"}, Code.TIME_NOT_VALID),
        ({"begun_offset_minutes": 1440}, Code.TIME_NOT_VALID),
        ({"length_s": -1}, Code.NUMBER_NOT_VALID),
        ({"party": "1" * 501}, Code.TEXT_TOO_LONG),
    ],
)
def test_a_contact_that_makes_no_sense_is_refused(
    desk: Desk, case: Case, wrong: dict[str, object], code: Code
) -> None:
    with pytest.raises(Known) as raised:
        log_contact(desk, case.id, replace(MISSED, **wrong))  # type: ignore[arg-type]
    assert raised.value.code is code


def test_a_corrected_contact_keeps_its_first_words_in_the_journal(desk: Desk, case: Case) -> None:
    contact = log_contact(desk, case.id, MISSED)
    later = replace(MISSED, begun_utc="2026-11-24T14:30:00.000000Z")
    change_contact(desk, case.id, contact.id, later)
    change_contact(desk, case.id, contact.id, later)
    (known,) = desk.store.case_file(case.id).contacts
    assert (known.details, known.changed, known.moment) == (later, True, contact.moment)
    told = [event.data["details"] for event in desk.store.events(case.id) if "details" in event.data]
    begun = [details["begun_utc"] for details in told]
    assert begun == [MISSED.begun_utc, later.begun_utc], "the same again is no event"


def test_a_contact_taken_back_stays_and_can_not_be_changed(desk: Desk, case: Case) -> None:
    contact = log_contact(desk, case.id, MISSED)
    withdraw_contact(desk, case.id, contact.id)
    assert [one.withdrawn for one in desk.store.case_file(case.id).contacts] == [True]
    acts: tuple[Callable[[], None], ...] = (
        lambda: withdraw_contact(desk, case.id, contact.id),
        lambda: change_contact(desk, case.id, contact.id, MISSED),
        lambda: withdraw_contact(desk, case.id, "k-00000000"),
    )
    for act in acts:
        with pytest.raises(Known) as raised:
            act()
        assert raised.value.code is Code.UNKNOWN_ITEM


def test_an_encounter_of_another_case_is_refused_for_contacts_and_steps(desk: Desk, encounter: str) -> None:
    other = open_case(desk, "另一案")
    acts: tuple[Callable[[], object], ...] = (
        lambda: log_contact(desk, other.id, MISSED, encounter),
        lambda: log_follow_up(desk, other.id, PAID, encounter),
        lambda: describe_encounter(desk, other.id, encounter, 1, None),
    )
    for act in acts:
        with pytest.raises(Known) as raised:
            act()
        assert raised.value.code is Code.UNKNOWN_ENCOUNTER


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", ""), ("1280.5", "1280.5"), ("¥1,280.50", "1280.50"), ("１２００元", "1200"), ("RMB 300", "300")],
)
def test_a_sum_is_kept_in_digits(desk: Desk, case: Case, given: str, kept: str) -> None:
    log_follow_up(desk, case.id, replace(PAID, amount=given))
    assert desk.store.case_file(case.id).follow_ups[0].details.amount == kept


@pytest.mark.parametrize("given", ["一千", "-5", "12.", "1e3", "1.23456", "٣"])
def test_a_sum_that_is_no_number_is_refused(desk: Desk, case: Case, given: str) -> None:
    with pytest.raises(Known) as raised:
        log_follow_up(desk, case.id, replace(PAID, amount=given))
    assert raised.value.code is Code.NUMBER_NOT_VALID
    assert raised.value.facts["value"] == given


def test_a_step_names_whom_it_was_about_and_can_be_corrected(desk: Desk, case: Case, encounter: str) -> None:
    person = add_collector(desk, case.id, encounter, CollectorCard(name="张某"))
    asked = FollowUpDetails(Step.CALL, "2026-11-25T02:00:00.000000Z", 480, number="12378", agent="0042")
    step = log_follow_up(desk, case.id, asked, encounter, collector=person.id)
    change_follow_up(desk, case.id, step.id, replace(asked, answer="查无此人"))
    (known,) = desk.store.case_file(case.id).follow_ups
    assert (known.collector, known.details.answer, known.changed) == (person.id, "查无此人", True)
    withdraw_follow_up(desk, case.id, step.id)
    assert desk.store.case_file(case.id).follow_ups[0].withdrawn


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"collector": "p-00000000"}, Code.UNKNOWN_ITEM),
        ({"at_ms": 5}, Code.MOMENT_OUTSIDE_RECORDING),
        ({"encounter": "e-zzzzzzzz"}, Code.UNKNOWN_ENCOUNTER),
    ],
)
def test_a_step_about_what_is_not_there_is_refused(
    desk: Desk, case: Case, place: dict[str, str], code: Code
) -> None:
    with pytest.raises(Known) as raised:
        log_follow_up(desk, case.id, PAID, **place)  # type: ignore[arg-type]
    assert raised.value.code is code


def test_an_encounter_tells_how_many_came_and_whether_it_was_agreed(
    desk: Desk, case: Case, encounter: str
) -> None:
    describe_encounter(desk, case.id, encounter, 2, None)
    describe_encounter(desk, case.id, encounter, 3, False)
    describe_encounter(desk, case.id, encounter, 3, False)
    (known,) = desk.store.case_file(case.id).encounters
    assert (known.present, known.agreed) == (3, False)
    types = [event.type for event in desk.store.events(case.id)]
    assert types.count(EventType.ENCOUNTER_DESCRIBED) == 2, "the same again is no event"
    with pytest.raises(Known) as raised:
        describe_encounter(desk, case.id, encounter, -1, None)
    assert raised.value.code is Code.NUMBER_NOT_VALID


def test_the_platform_s_own_number_belongs_to_the_case(desk: Desk, case: Case) -> None:
    change_case(desk, case.id, hotline=" 400 000 0000 ")
    assert desk.store.find_case(case.id).hotline == "400 000 0000"
    assert _last(desk, case) == (EventType.CASE_CHANGED, {"hotline": "400 000 0000"})


def test_an_automatic_tick_stands_with_what_it_rests_on(desk: Desk, case: Case, encounter: str) -> None:
    facts = (("limit", "21:00"), ("begun", "21:30"))
    item = desk.pack.items[0].id
    tick_item(
        *(desk, case.id, encounter, desk.pack, item, Verdict.BREACHED),
        automatic=True,
        rule="contact-hours",
        facts=facts,
        subject="k-00000001",
    )
    (tick,) = desk.store.case_file(case.id).ticks
    assert (tick.rule, tick.facts, tick.subject) == ("contact-hours", tuple(sorted(facts)), "k-00000001")


def test_a_user_s_tick_and_an_old_card_are_the_same_events_as_ever(
    desk: Desk, case: Case, encounter: str
) -> None:
    tick_item(desk, case.id, encounter, desk.pack, desk.pack.items[0].id, Verdict.KEPT)
    assert not {"rule", "facts", "subject"} & _last(desk, case)[1].keys()
    add_collector(desk, case.id, encounter, CollectorCard(name="张某"))
    card = _last(desk, case)[1]["card"]
    assert isinstance(card, dict)
    assert not {"credit_code", "names_on", "letter_until", "listed"} & card.keys()


def test_a_card_keeps_what_stood_on_the_papers_right_or_wrong(desk: Desk, case: Case, encounter: str) -> None:
    card = CollectorCard(
        credit_code=" 91350100M000100Y4X ",
        names_on=((Document.LICENCE, "甲公司"), (Document.WORK_ID, " 乙公司 "), (Document.ID_CARD, " ")),
        letter_until="2026-12-31",
        listed=Listed.NO,
    )
    add_collector(desk, case.id, encounter, card)
    kept = desk.store.case_file(case.id).collectors[0].card
    assert kept.credit_code == "91350100M000100Y4X", "wrong check digit, kept as shown"
    assert kept.names_on == ((Document.LICENCE, "甲公司"), (Document.WORK_ID, "乙公司"))
    assert (kept.letter_until, kept.listed) == ("2026-12-31", Listed.NO)


@pytest.mark.parametrize("until", ["2026-02-30", "20261231", "明年"])
def test_a_letter_that_ends_on_no_day_is_refused(desk: Desk, case: Case, encounter: str, until: str) -> None:
    with pytest.raises(Known) as raised:
        add_collector(desk, case.id, encounter, CollectorCard(letter_until=until))
    assert raised.value.code is Code.TIME_NOT_VALID


def test_a_paper_keeps_the_moment_at_which_it_came_to_stand_so(
    desk: Desk, case: Case, encounter: str
) -> None:
    refused = (Document.WORK_ID, Shown.REFUSED)
    person = add_collector(desk, case.id, encounter, CollectorCard(documents=(refused,)))
    later = CollectorCard(documents=(refused, (Document.LICENCE, Shown.WHEN_ASKED)))
    change_collector(desk, case.id, person.id, later)
    changed = list(desk.store.events(case.id))[-1].moment
    (known,) = desk.store.case_file(case.id).collectors
    assert dict(known.document_moments) == {Document.WORK_ID: person.moment, Document.LICENCE: changed}
    shown = CollectorCard(documents=((Document.WORK_ID, Shown.WHEN_ASKED),))
    change_collector(desk, case.id, person.id, shown)
    (known,) = desk.store.case_file(case.id).collectors
    last = list(desk.store.events(case.id))[-1].moment
    assert known.document_moments == ((Document.WORK_ID, last),)


def test_a_file_shows_a_paper_a_contact_or_a_step(
    desk: Desk, case: Case, encounter: str, tmp_path: Path
) -> None:
    person = add_collector(desk, case.id, encounter, CollectorCard(name="张某"))
    contact, step = log_contact(desk, case.id, MISSED), log_follow_up(desk, case.id, PAID)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    kept = (
        attach_file(desk, case.id, photo, encounter, collector=person.id, document=Document.ID_CARD),
        attach_file(desk, case.id, photo, contact=contact.id),
        attach_file(desk, case.id, photo, follow_up=step.id),
    )
    assert desk.store.case_file(case.id).attachments == kept
    assert desk.store.check() == ()


@pytest.mark.parametrize("shown", ["collector", "contact", "follow_up"])
def test_a_file_of_what_is_not_there_is_refused_and_not_kept(
    desk: Desk, case: Case, tmp_path: Path, shown: str
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    with pytest.raises(Known) as raised:
        attach_file(desk, case.id, photo, **{shown: "x-00000000"})  # type: ignore[arg-type]
    assert raised.value.code is Code.UNKNOWN_ITEM
    assert desk.store.case_file(case.id).attachments == ()
    assert not (desk.case_folder(case.id) / "attachments").exists()
