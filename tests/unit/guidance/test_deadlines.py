"""Deadlines end on the right day of the calendar, and begin with what the case knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.case import (
    CaseFile,
    ContactKind,
    FollowUp,
    FollowUpDetails,
    Progress,
    Step,
    Tick,
    Verdict,
)
from evidencedesk.domain.rules import Begins, Check, CheckKind, Deadline, RulePack, Text, Unit, Who
from evidencedesk.guidance.calendar_days import add
from evidencedesk.guidance.deadlines import deadlines
from fakes.judged_cases import CASE, case_file, contact, encounter, item, moment, pack_of


@pytest.mark.parametrize(
    ("day", "length", "unit", "due"),
    [
        ("2026-11-25", 1, Unit.DAYS, "2026-11-26"),
        ("2026-11-25", 30, Unit.DAYS, "2026-12-25"),
        ("2028-02-28", 1, Unit.DAYS, "2028-02-29"),
        ("2026-11-25", 6, Unit.MONTHS, "2027-05-25"),
        ("2026-08-31", 6, Unit.MONTHS, "2027-02-28"),
        ("2027-08-31", 6, Unit.MONTHS, "2028-02-29"),
        ("2026-08-29", 6, Unit.MONTHS, "2027-02-28"),
        ("2026-12-31", 6, Unit.MONTHS, "2027-06-30"),
        ("2026-02-28", 6, Unit.MONTHS, "2026-08-28"),
        ("2026-12-01", 1, Unit.MONTHS, "2027-01-01"),
        ("2026-11-30", 1, Unit.MONTHS, "2026-12-30"),
        ("2026-11-30", 12, Unit.MONTHS, "2027-11-30"),
        ("2026-11-25", 3, Unit.YEARS, "2029-11-25"),
        ("2028-02-29", 3, Unit.YEARS, "2031-02-28"),
        ("2028-02-29", 4, Unit.YEARS, "2032-02-29"),
        ("2026-11-23", 1, Unit.WORKING_DAYS, "2026-11-24"),  # Monday
        ("2026-11-27", 1, Unit.WORKING_DAYS, "2026-11-30"),  # Friday
        ("2026-11-28", 1, Unit.WORKING_DAYS, "2026-11-30"),  # Saturday
        ("2026-11-29", 1, Unit.WORKING_DAYS, "2026-11-30"),  # Sunday
        ("2026-11-25", 7, Unit.WORKING_DAYS, "2026-12-04"),
        ("2026-11-27", 5, Unit.WORKING_DAYS, "2026-12-04"),
        ("9999-12-31", 1, Unit.DAYS, "9999-12-31"),
        ("9999-12-31", 1, Unit.YEARS, "9999-12-31"),
        ("9999-12-31", 1, Unit.WORKING_DAYS, "9999-12-31"),
    ],
)
def test_a_period_ends_on_the_right_day(day: str, length: int, unit: Unit, due: str) -> None:
    assert add(date.fromisoformat(day), length, unit) == date.fromisoformat(due)


@given(
    day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), length=st.integers(1, 60), unit=st.sampled_from(Unit)
)
def test_a_longer_period_never_ends_earlier(day: date, length: int, unit: Unit) -> None:
    assert day < add(day, length, unit) <= add(day, length + 1, unit)


def clock(begins: Begins, *numbers: str, length: int = 6, unit: Unit = Unit.MONTHS) -> Deadline:
    return Deadline("the-deadline", Text("期限", "deadline"), begins, length, unit, numbers, ())


def pack_due(deadline: Deadline) -> RulePack:
    duties = (
        item("theirs", Check(CheckKind.TICK)),
        item("mine", Check(CheckKind.TICK), who=Who.USER),
    )
    return replace(pack_of(*duties), deadlines=(deadline,))


def tick(
    name: str = "t",
    verdict: Verdict = Verdict.BREACHED,
    item_id: str = "theirs",
    pack: str = "cn-test",
    subject: str = "",
    encounter_id: str | None = "e",
    set_at: str = "2026-11-28 09:00:00",
    *,
    withdrawn: bool = False,
) -> Tick:
    return Tick(
        name,
        CASE,
        encounter_id,
        None,
        None,
        pack,
        "1.0",
        item_id,
        verdict,
        automatic=False,
        moment=moment(set_at),
        withdrawn=withdrawn,
        subject=subject,
    )


VISITED = case_file(
    contacts=[contact("k", "2026-11-20 19:00:00")], encounters=[encounter("e", "2026-11-25 23:59:59")]
)


def begun(facts: CaseFile, deadline: Deadline) -> list[str]:
    return [one.began.isoformat() for one in deadlines(pack_due(deadline), facts)]


@pytest.mark.parametrize(
    ("ticks", "expected"),
    [
        ([], []),
        ([tick()], ["2026-11-25"]),  # the day of the visit, not of the tick
        ([tick(subject="k")], ["2026-11-20"]),
        ([tick(subject="2026-11-22", encounter_id=None)], ["2026-11-22"]),
        ([tick(encounter_id=None)], ["2026-11-28"]),
        ([tick(withdrawn=True)], []),
        ([tick(verdict=Verdict.KEPT)], []),
        ([tick(verdict=Verdict.NOT_SEEN)], []),
        ([tick("t1"), tick("t2", Verdict.KEPT)], []),  # the last of an item stands
        ([tick(item_id="mine")], []),  # the user's own duty
        ([tick(pack="cn-other")], ["2026-11-25"]),
        ([tick("t1"), tick("t2", subject="k")], ["2026-11-20", "2026-11-25"]),
    ],
)
def test_a_breach_begins_its_deadline_on_the_day_of_the_act(ticks: list[Tick], expected: list[str]) -> None:
    assert begun(replace(VISITED, ticks=tuple(ticks)), clock(Begins.BREACH)) == expected


def test_breaches_of_one_day_begin_one_deadline() -> None:
    facts = replace(VISITED, ticks=(tick("t1"), tick("t2", pack="cn-other")))
    (one,) = deadlines(pack_due(clock(Begins.BREACH)), facts)
    assert (one.subjects, one.due) == (("t1", "t2"), date(2027, 5, 25))
    assert (one.pack, one.pack_version, one.deadline.id) == ("cn-test", "1.0", "the-deadline")


def test_the_users_duties_of_other_packs_are_known_from_them() -> None:
    facts = replace(VISITED, ticks=(tick(pack="cn-other", item_id="mine"),))
    other = replace(pack_due(clock(Begins.BREACH)), id="cn-other")
    assert len(deadlines(pack_due(clock(Begins.BREACH)), facts)) == 1
    assert deadlines(pack_due(clock(Begins.BREACH)), facts, packs=[other]) == ()


def complaint(
    number: str = "",
    step: Step = Step.CALL,
    progress: Progress = Progress.DONE,
    *,
    withdrawn: bool = False,
    **facts: str,
) -> FollowUp:
    at = moment("2026-11-25 23:30:00")
    details = FollowUpDetails(
        step,
        at.utc,
        at.offset_minutes,
        number=number,
        progress=progress,
        **facts,  # type: ignore[arg-type]
    )
    return FollowUp("f", CASE, None, None, None, None, details, at, withdrawn=withdrawn)


@pytest.mark.parametrize(
    ("follow_up", "numbers", "expected"),
    [
        (complaint("12315"), ["12315"], ["2026-11-25"]),
        (complaint(" 123-15 "), ["12315", "12345"], ["2026-11-25"]),
        (complaint("12378"), ["12315"], []),
        (complaint("12378"), [], ["2026-11-25"]),
        (complaint("12315", Step.PAYMENT), ["12315"], []),
        (complaint("12315", withdrawn=True), ["12315"], []),
        (complaint("12315", Step.COMPLAINT), ["12315"], ["2026-11-25"]),
        (complaint("12315", Step.COMPLAINT, Progress.ANSWERED), ["12315"], ["2026-11-25"]),
        (complaint("12315", Step.COMPLAINT, Progress.PLANNED), ["12315"], []),
        (complaint("12315", Step.CALL, Progress.PLANNED), ["12315"], []),
        (complaint("12315", Step.POLICE_REPORT), ["12315"], []),
    ],
)
def test_a_complaint_begins_the_deadline_of_its_number(
    follow_up: FollowUp, numbers: Iterable[str], expected: list[str]
) -> None:
    facts = replace(case_file(), follow_ups=(follow_up,))
    assert begun(facts, clock(Begins.COMPLAINT, *numbers, length=7, unit=Unit.WORKING_DAYS)) == expected


def test_the_first_contact_that_said_something_begins_one_deadline() -> None:
    facts = case_file(
        contacts=[
            contact("own", "2026-11-17 09:00:00", outgoing=True),
            contact("missed", "2026-11-18 09:00:00", ContactKind.MISSED_CALL),
            contact("first", "2026-11-19 09:00:00", ContactKind.SMS),
            contact("second", "2026-11-20 09:00:00"),
        ]
    )
    (one,) = deadlines(pack_due(clock(Begins.FIRST_CONTACT, length=5, unit=Unit.DAYS)), facts)
    assert (one.began, one.due, one.subjects) == (date(2026, 11, 19), date(2026, 11, 24), ("first",))
    assert deadlines(pack_due(clock(Begins.FIRST_CONTACT)), case_file()) == ()


@pytest.mark.parametrize("begins", [Begins.LAST_DUE, Begins.SUMMONS, Begins.NOTICE])
def test_what_only_the_user_knows_must_be_given(begins: Begins) -> None:
    pack = pack_due(clock(begins, length=15, unit=Unit.DAYS))
    assert deadlines(pack, VISITED) == ()
    (one,) = deadlines(pack, VISITED, {begins: date(2026, 11, 25)})
    assert (one.began, one.due, one.subjects) == (date(2026, 11, 25), date(2026, 12, 10), ())


def test_the_earliest_comes_first_and_days_are_counted_to_it() -> None:
    late, soon = (
        clock(Begins.SUMMONS, length=30, unit=Unit.DAYS),
        clock(Begins.NOTICE, length=5, unit=Unit.DAYS),
    )
    pack = replace(pack_of(), deadlines=(late, soon))
    given_days = {Begins.SUMMONS: date(2026, 11, 1), Begins.NOTICE: date(2026, 11, 20)}
    first, second = deadlines(pack, case_file(), given_days)
    assert (first.due, second.due) == (date(2026, 11, 25), date(2026, 12, 1))
    assert [first.days_left(date(2026, 11, day)) for day in (24, 25, 26)] == [1, 0, -1]


@pytest.mark.parametrize(
    ("follow_up", "begins", "expected"),
    [
        (complaint(step=Step.CREDIT_OBJECTION), Begins.OBJECTION, ["2026-11-25"]),
        (complaint(step=Step.CREDIT_OBJECTION, progress=Progress.PLANNED), Begins.OBJECTION, []),
        (complaint(step=Step.CREDIT_OBJECTION, withdrawn=True), Begins.OBJECTION, []),
        (complaint(step=Step.COMPLAINT), Begins.OBJECTION, []),
        (complaint(step=Step.COURT_PAPERS), Begins.SUMMONS, ["2026-11-25"]),
        (complaint(step=Step.COURT_PAPERS, progress=Progress.PLANNED), Begins.SUMMONS, []),
        (complaint(step=Step.OTHER, item="the-deadline"), Begins.NOTICE, ["2026-11-25"]),
        (complaint(step=Step.OTHER, item="another-deadline"), Begins.NOTICE, []),
        (complaint(step=Step.OTHER), Begins.NOTICE, []),
    ],
)
def test_a_step_begins_the_deadline_of_its_kind_once_it_is_done(
    follow_up: FollowUp, begins: Begins, expected: list[str]
) -> None:
    facts = replace(case_file(), follow_ups=(follow_up,))
    assert begun(facts, clock(begins, length=15, unit=Unit.DAYS)) == expected


def test_the_day_on_the_courts_paper_goes_before_the_one_that_was_counted() -> None:
    facts = replace(case_file(), follow_ups=(complaint(step=Step.COURT_PAPERS, due="2026-12-15"),))
    (one,) = deadlines(pack_due(clock(Begins.SUMMONS, length=15, unit=Unit.DAYS)), facts)
    assert (one.due, one.counted) == (date(2026, 12, 15), date(2026, 12, 10))
    same = replace(case_file(), follow_ups=(complaint(step=Step.COURT_PAPERS, due="2026-12-10"),))
    (one,) = deadlines(pack_due(clock(Begins.SUMMONS, length=15, unit=Unit.DAYS)), same)
    assert (one.due, one.counted) == (date(2026, 12, 10), None)
