"""Visits: how many came, whether they said so before, whether they came in; and who else was reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.domain.case import CaseFile, Contact, ContactKind, Encounter, Mode, Note, Reached, Verdict
from evidencedesk.guidance.judge import judge
from fakes.judged_cases import (
    CASE,
    breached,
    case_file,
    contact,
    encounter,
    judged,
    moment,
    pack_that_helps,
    verdicts,
    withdraw,
)

TEAM = "visit-team-size"
NOTICE = "notice-before-visit"
OTHERS = "third-party-contact"
ENTERED = "entered-home"
BEGUN = "2026-11-25 19:00:00"


def visit(present: int | None = None, name: str = "e", opened: str = BEGUN) -> Encounter:
    return encounter(name, opened, present=present)


@pytest.mark.parametrize(
    ("present", "verdict"),
    [
        (None, Verdict.NOT_SEEN),
        (1, Verdict.BREACHED),
        (2, Verdict.KEPT),
        (3, Verdict.KEPT),
    ],
)
def test_at_least_two_come(present: int | None, verdict: Verdict) -> None:
    assert verdicts(case_file(encounters=[visit(present)]), TEAM, least="2") == {"e": verdict}


def test_how_many_came_is_among_the_facts_where_somebody_counted() -> None:
    (counted,) = judged(case_file(encounters=[visit(1)]), TEAM, least="2")
    (unknown,) = judged(case_file(encounters=[visit()]), TEAM, least="2")
    assert dict(counted.facts)["present"] == "1"
    assert "present" not in dict(unknown.facts)


def test_how_many_came_is_not_asked_of_calls() -> None:
    call = encounter("e", BEGUN, mode=Mode.CALL, present=1)
    assert judged(case_file(encounters=[call]), TEAM, least="2") == []


def test_of_a_visit_that_was_only_logged_nobody_knows_how_many_came() -> None:
    logged = contact("k", BEGUN, ContactKind.VISIT)
    assert verdicts(case_file(contacts=[logged]), TEAM, least="2") == {"k": Verdict.NOT_SEEN}


def announced(wall: str, **more: bool) -> Contact:
    return contact(
        "sms",
        wall,
        ContactKind.SMS,
        announces=more.get("announces", True),
        outgoing=more.get("outgoing", False),
        withdrawn=more.get("withdrawn", False),
    )


@pytest.mark.parametrize(
    ("notice", "verdict"),
    [
        (None, Verdict.BREACHED),
        (announced("2026-11-25 18:59:59"), Verdict.KEPT),
        (announced("2026-11-25 19:00:00"), Verdict.BREACHED),
        (announced("2026-11-25 19:00:01"), Verdict.BREACHED),
        (announced("2026-10-01 09:00:00"), Verdict.KEPT),
        (announced("2026-11-25 18:59:59", announces=False), Verdict.BREACHED),
        (announced("2026-11-25 18:59:59", outgoing=True), Verdict.BREACHED),
        (announced("2026-11-25 18:59:59", withdrawn=True), Verdict.BREACHED),
    ],
)
def test_a_visit_is_announced_before_it_begins(notice: Contact | None, verdict: Verdict) -> None:
    facts = case_file(encounters=[visit()], contacts=[notice] if notice else [])
    assert verdicts(facts, NOTICE) == {"e": verdict}


def test_only_the_visits_after_the_notice_were_announced() -> None:
    first, second = visit(name="e1", opened="2026-11-24 19:00:00"), visit(name="e2")
    facts = case_file(encounters=[first, second], contacts=[announced("2026-11-25 09:00:00")])
    assert verdicts(facts, NOTICE) == {"e1": Verdict.BREACHED, "e2": Verdict.KEPT}


def test_the_last_notice_before_the_visit_is_among_the_facts() -> None:
    (one,) = judged(case_file(encounters=[visit()], contacts=[announced("2026-11-24 09:30:00")]), NOTICE)
    facts = dict(one.facts)
    assert (facts["notice"], facts["notice_day"], facts["notice_time"]) == ("sms", "2026-11-24", "09:30:00")


@pytest.mark.parametrize(
    ("reached", "verdict"),
    [
        (Reached.DEBTOR, Verdict.KEPT),
        (Reached.GUARANTOR, Verdict.KEPT),
        (Reached.FAMILY, Verdict.BREACHED),
        (Reached.WORK, Verdict.BREACHED),
        (Reached.OTHER, Verdict.BREACHED),
    ],
)
@pytest.mark.parametrize("kind", list(ContactKind))
def test_only_debtor_and_guarantor_are_reached(reached: Reached, verdict: Verdict, kind: ContactKind) -> None:
    facts = case_file(contacts=[contact("k", BEGUN, kind, reached=reached)])
    assert verdicts(facts, OTHERS) == {"k": verdict}


def test_what_the_user_said_to_the_family_or_took_back_is_no_contact() -> None:
    own = contact("own", BEGUN, reached=Reached.FAMILY, outgoing=True)
    back = withdraw(contact("back", BEGUN, reached=Reached.FAMILY))
    assert judged(case_file(contacts=[own, back]), OTHERS) == []


def marked(marker: str, encounter_id: str | None = "e") -> CaseFile:
    note = Note("n", CASE, encounter_id, None, None, "", marker, moment("2026-11-25 19:05:00"))
    return replace(case_file(encounters=[visit()]), notes=(note,))


def test_whoever_came_in_without_consent_was_marked_by_the_user() -> None:
    (one,) = judged(marked("entered"), ENTERED, marker="entered")
    assert (one.verdict, one.subject, one.encounter) == (Verdict.BREACHED, "e", "e")
    assert dict(one.facts) == {
        "local_day": "2026-11-25",
        "local_time": "19:05:00",
        "marker": "entered",
        "note": "n",
    }


@pytest.mark.parametrize(("marker", "encounter_id"), [("threat", "e"), ("entered", None)])
def test_without_that_mark_nothing_is_said(marker: str, encounter_id: str | None) -> None:
    assert judged(marked(marker, encounter_id), ENTERED, marker="entered") == []


def test_a_rule_beside_the_users_own_tick_is_judged_too() -> None:
    found = judge(pack_that_helps(ENTERED, marker="entered"), marked("entered"))
    assert [(one.item, one.rule, one.verdict) for one in found] == [("the-item", ENTERED, Verdict.BREACHED)]


def test_nobody_is_judged_in_an_empty_case() -> None:
    for rule, parameters in ((TEAM, {"least": "2"}), (NOTICE, {}), (OTHERS, {}), (ENTERED, {"marker": "x"})):
        assert breached(case_file(), rule, **parameters) == []
