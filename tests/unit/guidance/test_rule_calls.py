"""Calls are counted for one debt: by local day, by number, within days, after a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evidencedesk.domain.case import CaseFile, Contact, ContactKind, Mode, Reached, Verdict
from fakes.judged_cases import CHINA, breached, case_file, contact, encounter, judged, verdicts, withdraw

PER_DAY = "calls-connected-per-day"
ATTEMPTS = "call-attempts-per-day"
IN_DAYS = "calls-in-days"
AFTER = "calls-after-conversation"
SEVEN = {"limit": "7", "days": "7"}


def calls(
    *walls: str, kind: ContactKind = ContactKind.CALL, party: str = "", offset: int = CHINA
) -> list[Contact]:
    return [contact(f"k-{wall}", wall, kind, party=party, offset=offset) for wall in walls]


def on_one_day(count: int, kind: ContactKind = ContactKind.CALL, party: str = "") -> list[Contact]:
    return calls(*(f"2026-11-25 09:{minute:02}:00" for minute in range(count)), kind=kind, party=party)


def of(contacts: Sequence[Contact]) -> CaseFile:
    return case_file(contacts=contacts)


@pytest.mark.parametrize(
    ("count", "verdict"),
    [(1, Verdict.KEPT), (3, Verdict.KEPT), (4, Verdict.BREACHED), (5, Verdict.BREACHED)],
)
def test_three_connected_calls_on_a_day_are_allowed(count: int, verdict: Verdict) -> None:
    assert verdicts(of(on_one_day(count)), PER_DAY, limit="3") == {"2026-11-25": verdict}


def test_a_day_without_calls_is_not_judged() -> None:
    assert judged(of(on_one_day(9, ContactKind.SMS)), PER_DAY, limit="3") == []


def test_the_facts_name_the_day_the_count_and_the_times() -> None:
    (one,) = judged(of(on_one_day(4)), PER_DAY, limit="3")
    assert dict(one.facts) == {
        "count": "4",
        "limit": "3",
        "local_day": "2026-11-25",
        "reached": "debtor",
        "times": "09:00:00, 09:01:00, 09:02:00, 09:03:00",
    }
    assert one.encounter is None


@pytest.mark.parametrize(
    ("walls", "expected"),
    [
        (["2026-11-25 20:00:00", "2026-11-25 23:59:59", "2026-11-26 00:00:00", "2026-11-26 00:00:01"], []),
        (
            ["2026-11-25 00:00:00", "2026-11-25 08:00:00", "2026-11-25 12:00:00", "2026-11-25 23:59:59"],
            ["2026-11-25"],
        ),
    ],
)
def test_midnight_separates_days(walls: list[str], expected: list[str]) -> None:
    assert breached(of(calls(*walls)), PER_DAY, limit="3") == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, {"2026-11-25": Verdict.BREACHED}),
        (-480, {"2026-11-25": Verdict.BREACHED}),
        (480, {"2026-11-26": Verdict.BREACHED}),
        (465, {"2026-11-25": Verdict.KEPT, "2026-11-26": Verdict.KEPT}),
    ],
)
def test_the_day_is_that_of_the_place_not_of_utc(offset: int, expected: dict[str, Verdict]) -> None:
    four = [
        contact(f"k{n}", f"2026-11-25 16:{minute}:00", offset=0) for n, minute in enumerate(range(10, 50, 10))
    ]
    there = [replace(one, details=replace(one.details, begun_offset_minutes=offset)) for one in four]
    assert verdicts(of(there), PER_DAY, limit="3") == expected


@pytest.mark.parametrize(
    "fourth",
    [
        contact("k", "2026-11-25 10:00:00", ContactKind.MISSED_CALL),
        contact("k", "2026-11-25 10:00:00", ContactKind.CHAT),
        contact("k", "2026-11-25 10:00:00", outgoing=True),
        contact("k", "2026-11-25 10:00:00", reached=Reached.FAMILY),
        contact("k", "2026-11-25 10:00:00", reached=Reached.GUARANTOR),
        withdraw(contact("k", "2026-11-25 10:00:00")),
    ],
)
def test_what_is_no_fourth_call_to_the_debtor(fourth: Contact) -> None:
    assert breached(of([*on_one_day(3), fourth]), PER_DAY, limit="3") == []


def test_calls_to_a_guarantor_have_a_count_of_their_own() -> None:
    logged = [contact(f"k{n}", f"2026-11-25 10:0{n}:00", reached=Reached.GUARANTOR) for n in range(4)]
    (one,) = judged(of([*on_one_day(2), *logged]), PER_DAY, limit="3")
    assert (one.verdict, dict(one.facts)["reached"]) == (Verdict.BREACHED, "guarantor")


def test_a_recorded_call_counts_once_with_its_log_and_once_without() -> None:
    recorded = encounter("e", "2026-11-25 11:00:00", "2026-11-25 11:05:00", Mode.CALL)
    log = contact("k", "2026-11-25 10:59:50", encounter="e", party="13800138000")
    three = case_file(contacts=[*on_one_day(2), log], encounters=[recorded])
    four = case_file(contacts=on_one_day(3), encounters=[recorded])
    assert breached(three, PER_DAY, limit="3") == []
    assert breached(four, PER_DAY, limit="3") == ["2026-11-25"]


def missed(count: int, party: str = "01088888888") -> list[Contact]:
    return [
        contact(f"{party}-{n}", f"2026-11-25 09:{n:02}:00", ContactKind.MISSED_CALL, party=party)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("logged", "verdict"),
    [
        (missed(1), Verdict.KEPT),
        (missed(6), Verdict.KEPT),
        (missed(7), Verdict.BREACHED),
        (missed(7, ""), Verdict.BREACHED),  # withheld ones count as one number
        (missed(6, ""), Verdict.KEPT),
        (missed(3) + missed(3, "13800138000"), Verdict.KEPT),
        (missed(6) + missed(1, "13800138000"), Verdict.NOT_SEEN),  # seven, but of no number seven
        (missed(6) + missed(1, ""), Verdict.NOT_SEEN),
        (missed(7) + missed(6, "13800138000"), Verdict.BREACHED),
        (missed(4) + missed(3, "+86 10 8888-8888"), Verdict.BREACHED),  # the same number, written otherwise
    ],
)
def test_six_unanswered_calls_of_a_number_are_allowed(logged: list[Contact], verdict: Verdict) -> None:
    assert verdicts(of(logged), ATTEMPTS, limit="6") == {"2026-11-25": verdict}


def test_withheld_numbers_are_said_to_be_one_unknown_number() -> None:
    (one,) = judged(of(missed(7, "")), ATTEMPTS, limit="6")
    facts = dict(one.facts)
    assert (facts["number"], facts["count"], facts["all_numbers"]) == ("unknown", "7", "7")


@pytest.mark.parametrize(
    "seventh",
    [
        contact("k", "2026-11-26 00:00:00", ContactKind.MISSED_CALL, party="01088888888"),
        contact("k", "2026-11-25 10:00:00", ContactKind.CALL, party="01088888888"),
        contact("k", "2026-11-25 10:00:00", ContactKind.MISSED_CALL, party="01088888888", agreed=True),
        contact("k", "2026-11-25 10:00:00", ContactKind.MISSED_CALL, party="01088888888", outgoing=True),
        withdraw(contact("k", "2026-11-25 10:00:00", ContactKind.MISSED_CALL, party="01088888888")),
    ],
)
def test_what_is_no_seventh_attempt_of_the_day(seventh: Contact) -> None:
    assert breached(of([*missed(6), seventh]), ATTEMPTS, limit="6") == []


def november(*days: int) -> list[Contact]:
    return [
        contact(f"k{n}", f"2026-11-{day:02} 10:{n:02}:00", ContactKind.MISSED_CALL)
        for n, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([1, 2, 3, 4, 5, 6, 7], []),
        ([1, 1, 2, 3, 4, 5, 6, 7], ["k7"]),  # the eighth on the seventh day
        ([1, 1, 2, 3, 4, 5, 6, 8], []),  # on the eighth day the two of the first are out
        ([1, 2, 2, 3, 4, 5, 6, 7, 8], ["k7", "k8"]),
        ([1, 2, 3, 4, 5, 6, 7, 8], []),  # one a day, never more than seven in seven
        ([5] * 7, []),
        ([5] * 8, ["k7"]),
        ([5] * 9, ["k7", "k8"]),
        ([1, 1, 1, 1, 1, 1, 1, 8], []),
        ([1, 1, 1, 1, 1, 1, 1, 7], ["k7"]),
    ],
)
def test_seven_calls_in_seven_days_are_allowed(days: list[int], expected: list[str]) -> None:
    assert breached(of(november(*days)), IN_DAYS, **SEVEN) == expected


def test_the_call_that_passes_seven_is_named_with_its_count() -> None:
    last = judged(of(november(*[5] * 8)), IN_DAYS, **SEVEN)[-1]
    assert last.subject == "k7"
    facts = dict(last.facts)
    assert (facts["count"], facts["first_day"], facts["local_day"]) == ("8", "2026-11-05", "2026-11-05")


@pytest.mark.parametrize(
    "eighth",
    [
        contact("k", "2026-11-05 11:00:00", ContactKind.SMS),
        contact("k", "2026-11-05 11:00:00", outgoing=True),
        contact("k", "2026-11-05 11:00:00", agreed=True),
        contact("k", "2026-11-05 11:00:00", reached=Reached.FAMILY),
        contact("k", "2026-11-05 11:00:00", reached=Reached.GUARANTOR),
        withdraw(contact("k", "2026-11-05 11:00:00")),
    ],
)
def test_what_is_no_eighth_call(eighth: Contact) -> None:
    assert breached(of([*november(*[5] * 7), eighth]), IN_DAYS, **SEVEN) == []


def test_answered_and_unanswered_calls_count_together() -> None:
    assert breached(of([*november(*[5] * 7), contact("k", "2026-11-05 11:00:00")]), IN_DAYS, **SEVEN) == ["k"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("2026-11-01 09:59:59", False),  # before the conversation
        ("2026-11-01 10:00:01", True),  # the day of the conversation is the first
        ("2026-11-02 00:00:00", True),
        ("2026-11-07 23:59:59", True),  # the seventh
        ("2026-11-08 00:00:00", False),
    ],
)
@pytest.mark.parametrize("kind", [ContactKind.CALL, ContactKind.MISSED_CALL])
def test_no_call_for_seven_days_after_a_conversation(second: str, expected: bool, kind: ContactKind) -> None:
    logged = [contact("talk", "2026-11-01 10:00:00"), contact("next", second, kind)]
    found = breached(of(logged), AFTER, days="7")
    if second < "2026-11-01 10" and kind is ContactKind.CALL:
        assert found == ["talk"]  # the earlier one was the conversation then
    else:
        assert found == (["next"] if expected else [])


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (contact("k", "2026-11-01 10:00:00", outgoing=True), ["next"]),  # whoever called
        (contact("k", "2026-11-01 10:00:00", agreed=True), ["next"]),
        (contact("k", "2026-11-01 10:00:00", ContactKind.MISSED_CALL), []),
        (contact("k", "2026-11-01 10:00:00", ContactKind.CHAT), []),
        (contact("k", "2026-11-01 10:00:00", reached=Reached.WORK), []),
        (contact("k", "2026-11-01 10:00:00", reached=Reached.GUARANTOR), []),
        (withdraw(contact("k", "2026-11-01 10:00:00")), []),
    ],
)
def test_what_is_a_conversation(first: Contact, expected: list[str]) -> None:
    assert breached(of([first, contact("next", "2026-11-03 10:00:00")]), AFTER, days="7") == expected


@pytest.mark.parametrize("changed", [{"outgoing": True}, {"agreed": True}])
def test_a_call_that_the_debtor_made_or_agreed_to_is_no_breach(changed: dict[str, bool]) -> None:
    second = contact(
        "next",
        "2026-11-03 10:00:00",
        outgoing=changed.get("outgoing", False),
        agreed=changed.get("agreed", False),
    )
    assert breached(of([contact("talk", "2026-11-01 10:00:00"), second]), AFTER, days="7") == []


def test_each_conversation_begins_its_own_days() -> None:
    logged = calls("2026-11-01 10:00:00", "2026-11-07 10:00:00", "2026-11-13 10:00:00", "2026-11-20 10:00:00")
    assert breached(of(logged), AFTER, days="7") == ["k-2026-11-07 10:00:00", "k-2026-11-13 10:00:00"]
