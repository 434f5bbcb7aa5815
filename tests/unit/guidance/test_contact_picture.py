"""What came on which day and at which hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from evidencedesk.domain.case import (
    Case,
    CaseFile,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Encounter,
    Mode,
    Reached,
    Verdict,
)
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Check, CheckKind, Helper, RulePack
from evidencedesk.guidance.closed_hours import ClosedHours
from evidencedesk.guidance.contact_picture import (
    ATTEMPTS_PER_DAY,
    CONNECTED_PER_DAY,
    arrivals,
    closed_hours,
    day_calls,
    day_counts,
    hour_counts,
    week_count,
)
from evidencedesk.guidance.judge import judge
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource

NOW = Moment("2026-11-25T12:00:00.000000Z", 480, "boot", 1)
DAY = date(2026, 11, 20)
CALL, MISSED, SMS, VISIT = ContactKind.CALL, ContactKind.MISSED_CALL, ContactKind.SMS, ContactKind.VISIT


def contact(
    kind: ContactKind,
    utc: str = "2026-11-20T04:00:00.000000Z",
    encounter: str | None = None,
    **more: object,
) -> Contact:
    details = replace(ContactDetails(kind, utc, 480), **more)  # type: ignore[arg-type]
    return Contact("k-1", "c-1", encounter, ContactSource.USER, details, NOW)


def case(*contacts: Contact, encounters: tuple[Encounter, ...] = ()) -> CaseFile:
    return CaseFile(Case("c-1", "Case", "", "", NOW), encounters, contacts=contacts)


@pytest.fixture
def article() -> RulePack:
    return load_packs(resource("packs"))[0]


def test_each_kind_is_counted_by_itself() -> None:
    file = case(
        contact(CALL),
        contact(CALL, reached=Reached.WORK),
        contact(MISSED),
        contact(MISSED),
        contact(MISSED, reached=Reached.FAMILY),
        contact(SMS),
        contact(ContactKind.CHAT),
        contact(VISIT),
    )
    found = day_counts(arrivals(file))[DAY]
    assert (found.connected, found.attempts, found.messages, found.visits) == (2, 3, 2, 1)
    assert (found.third_parties, found.total) == (2, 8)


def limited(article: RulePack, rule: str, limit: int) -> RulePack:
    """A pack whose only item has a limit a day."""
    check = Check(CheckKind.AUTOMATIC, rule, (("limit", str(limit)),))
    return replace(article, items=(replace(article.items[0], check=check),))


def counted(pack: RulePack, rule: str, file: CaseFile) -> tuple[int, Verdict]:
    """What the card shows; the judge must have said the very same."""
    (found,) = day_calls(file, arrivals(file), (pack,), rule, DAY)
    (judged,) = judge(pack, file)
    assert (judged.verdict, dict(judged.facts)["count"]) == (found.verdict, str(found.count))
    return found.count, found.verdict


def test_attempts_are_counted_by_number_and_may_not_be_told(article: RulePack) -> None:
    several = [contact(MISSED, party=f"1380000000{last}") for last in range(7)]
    pack = limited(article, ATTEMPTS_PER_DAY, 6)
    assert counted(pack, ATTEMPTS_PER_DAY, case(*several)) == (1, Verdict.NOT_SEEN)
    one = [contact(MISSED, party="13800000000") for _ in range(7)]
    assert counted(pack, ATTEMPTS_PER_DAY, case(*one)) == (7, Verdict.BREACHED)
    agreed = [replace(one[0], details=replace(one[0].details, agreed=True)), *one[1:]]
    assert counted(pack, ATTEMPTS_PER_DAY, case(*agreed)) == (6, Verdict.KEPT)


def test_calls_to_the_debtor_and_to_a_guarantor_are_counted_apart(article: RulePack) -> None:
    calls = [contact(CALL), contact(CALL), contact(CALL, reached=Reached.GUARANTOR)]
    pack = limited(article, CONNECTED_PER_DAY, 2)
    assert counted(pack, CONNECTED_PER_DAY, case(*calls)) == (2, Verdict.KEPT)


def test_calls_to_the_family_are_none_of_a_daily_limit(article: RulePack) -> None:
    family = case(*(contact(CALL, reached=Reached.FAMILY) for _ in range(3)))
    pack = limited(article, CONNECTED_PER_DAY, 2)
    (found,) = day_calls(family, arrivals(family), (pack,), CONNECTED_PER_DAY, DAY)
    assert (found.count, found.verdict) == (0, Verdict.KEPT)
    assert judge(pack, family) == ()


def test_what_the_user_sent_and_what_was_withdrawn_does_not_count() -> None:
    gone = replace(contact(CALL), withdrawn=True)
    assert arrivals(case(contact(CALL, outgoing=True), gone)) == ()


def test_the_day_is_the_local_one() -> None:
    late = contact(CALL, "2026-11-19T16:00:00.000000Z")  # midnight in Beijing
    assert list(day_counts(arrivals(case(late)))) == [DAY]


def test_a_recorded_encounter_counts_once() -> None:
    opened = Moment("2026-11-20T13:34:00.000000Z", 480, "boot", 1)
    visit = Encounter("e-1", "c-1", Mode.VISIT, opened)
    call = Encounter("e-2", "c-1", Mode.CALL, opened)
    file = case(contact(CALL, opened.utc, encounter="e-2"), encounters=(visit, call))
    found = day_counts(arrivals(file))[DAY]
    assert (found.visits, found.connected, found.total) == (1, 1, 2)


def test_a_message_that_came_during_a_recorded_visit_is_one_more_contact() -> None:
    opened = Moment("2026-11-20T13:34:00.000000Z", 480, "boot", 1)
    visit = Encounter("e-1", "c-1", Mode.VISIT, opened)
    found = day_counts(arrivals(case(contact(SMS, opened.utc, encounter="e-1"), encounters=(visit,))))[DAY]
    assert (found.visits, found.messages) == (1, 1)


def test_a_week_is_seven_days_with_their_ends() -> None:
    days = [contact(CALL, f"2026-11-{day:02}T04:00:00.000000Z") for day in (13, 14, 20, 21)]
    assert week_count(day_counts(arrivals(case(*days))), DAY).connected == 2


def test_hours_are_those_of_the_clock_on_the_wall_and_letters_have_none() -> None:
    file = case(contact(CALL), contact(ContactKind.LETTER))
    hours = hour_counts(arrivals(file))
    assert (hours[12], sum(hours)) == (1, 1)


def test_the_closed_hours_of_a_pack_come_from_its_items(article: RulePack) -> None:
    (closed,) = closed_hours((article,))
    assert closed.hours == ClosedHours(time(21), time(8))
    assert [hour for hour in range(24) if closed.closes(hour)] == [*range(8), 21, 22, 23]


def test_a_pack_without_hours_closes_none(article: RulePack) -> None:
    assert closed_hours((replace(article, items=article.items[:1]),)) == ()


def test_a_limit_is_found_with_its_pack_also_in_a_helper(article: RulePack) -> None:
    check = Check(CheckKind.AUTOMATIC, CONNECTED_PER_DAY, (("limit", "3"),))
    helper = Helper(CONNECTED_PER_DAY, (("limit", "4"),))
    items = (
        replace(article.items[0], check=check),
        replace(article.items[1], check=Check(CheckKind.TICK, helpers=(helper,))),
    )
    found = day_calls(case(), (), (replace(article, items=items),), CONNECTED_PER_DAY, DAY)
    assert [(one.limit, one.item.id, one.count) for one in found] == [
        (3, items[0].id, 0),
        (4, items[1].id, 0),
    ]
