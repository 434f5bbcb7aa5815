"""Steps are cleaned, checked off, put off, planned from deadlines, and spoken of once a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from evidencedesk.custody.projection import project
from evidencedesk.domain.agenda import Waits
from evidencedesk.domain.case import Case, FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.wording.language import Words
from evidencedesk.workflows.advance_step import finish_step, plan_deadline, planned_on, remind_tomorrow
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.due_dates import due_dates
from evidencedesk.workflows.export_calendar import export_calendar, free_file
from evidencedesk.workflows.log_follow_up import change_follow_up, log_follow_up, withdraw_follow_up
from evidencedesk.workflows.remind import FILE_NAME, due_reminders, remember_said, said_today

DONE = FollowUpDetails(Step.COMPLAINT, "2026-11-25T02:00:00.000000Z", 480, number="12378")
PLAN = (Instalment("2026-12-01", "¥1,500"), Instalment(" 2027-01-01 ", "500 元"))


def log(desk: Desk, case: Case, details: FollowUpDetails = DONE, **facts: Any) -> str:
    return log_follow_up(desk, case.id, replace(details, **facts)).id


def standing(desk: Desk, case: Case, step: str) -> FollowUp:
    return next(one for one in desk.store.case_file(case.id).follow_ups if one.id == step)


def today(desk: Desk) -> date:
    return desk.clock.now().local.date()


def test_days_plan_and_outcome_are_kept_clean(desk: Desk, case: Case) -> None:
    step = log(
        desk,
        case,
        step=Step.PLAN_AGREED,
        progress=Progress.ANSWERED,
        due=" 2026-12-01 ",
        remind="2026-11-30",
        outcome="  同意\r\n分两期 ",
        plan=PLAN,
    )
    kept = standing(desk, case, step).details
    assert (kept.due, kept.remind, kept.outcome) == ("2026-12-01", "2026-11-30", "同意\n分两期")
    assert kept.plan == (Instalment("2026-12-01", "1500"), Instalment("2027-01-01", "500"))
    case_file = desk.store.case_file(case.id)
    assert project(list(desk.store.events(case.id))).follow_ups == case_file.follow_ups


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"due": "2026-02-30"}, Code.TIME_NOT_VALID),
        ({"due": "soon"}, Code.TIME_NOT_VALID),
        ({"remind": "20261125"}, Code.TIME_NOT_VALID),
        ({"outcome": "x" * 20_001}, Code.TEXT_TOO_LONG),
        ({"plan": (Instalment("", "500"),)}, Code.TIME_NOT_VALID),
        ({"plan": (Instalment("2026-12-01", ""),)}, Code.NUMBER_NOT_VALID),
        ({"plan": (Instalment("2026-12-01", "some"),)}, Code.NUMBER_NOT_VALID),
        ({"plan": (Instalment("2026-12-01", "5", interest="x"),)}, Code.NUMBER_NOT_VALID),
    ],
)
def test_what_no_calendar_and_no_purse_has_is_refused(
    desk: Desk, case: Case, facts: dict[str, Any], code: Code
) -> None:
    with pytest.raises(Known) as refused:
        log(desk, case, **facts)
    assert refused.value.code is code
    assert desk.store.case_file(case.id).follow_ups == ()


def test_checking_off_can_be_taken_back_and_all_of_it_stays_in_the_journal(desk: Desk, case: Case) -> None:
    step = log(desk, case, progress=Progress.PLANNED, due="2026-12-01", remind="2026-11-30")
    before = finish_step(desk, case.id, step)
    done = standing(desk, case, step).details
    assert (done.progress, done.due, done.remind) == (Progress.DONE, "", "")
    assert done.done_utc > before.done_utc
    change_follow_up(desk, case.id, step, before)
    assert standing(desk, case, step).details == before
    kinds = [event.type for event in desk.store.events(case.id)][-3:]
    assert kinds == [EventType.FOLLOW_UP_LOGGED, *[EventType.FOLLOW_UP_CHANGED] * 2]


def test_a_step_that_was_taken_back_cannot_be_checked_off(desk: Desk, case: Case) -> None:
    step = log(desk, case)
    withdraw_follow_up(desk, case.id, step)
    with pytest.raises(Known) as refused:
        finish_step(desk, case.id, step)
    assert refused.value.code is Code.UNKNOWN_ITEM


def test_tomorrow_is_another_event_and_today_is_quiet(desk: Desk, case: Case) -> None:
    yesterday = (today(desk) - timedelta(days=1)).isoformat()
    step = log(desk, case, due=yesterday)
    assert [one.step.id for one in due_reminders(desk)] == [step]
    remind_tomorrow(desk, case.id, step)
    assert standing(desk, case, step).details.remind == (today(desk) + timedelta(days=1)).isoformat()
    assert list(desk.store.events(case.id))[-1].type is EventType.FOLLOW_UP_CHANGED
    assert due_reminders(desk) == ()


def test_reminders_of_all_cases_stand_by_their_day_without_those_that_wait_for_nothing(
    desk: Desk, case: Case
) -> None:
    now = today(desk)
    log(desk, case)  # done, and nothing is awaited
    log(desk, case, due=(now + timedelta(days=3)).isoformat())
    log(desk, case, progress=Progress.CLOSED, due=now.isoformat())
    gone = log(desk, case, due=now.isoformat())
    withdraw_follow_up(desk, case.id, gone)
    answer = log(desk, case, due=now.isoformat())
    planned = log_follow_up(desk, case.id, planned_on(now - timedelta(days=2), Step.DISPUTE)).id
    found = due_reminders(desk)
    assert [(one.step.id, one.entry.waits) for one in found] == [
        (planned, Waits.TO_DO),
        (answer, Waits.ANSWER),
    ]
    assert {one.title for one in found} == {"来分期"}


def test_an_archived_case_reminds_of_nothing(desk: Desk, case: Case) -> None:
    log(desk, case, due=today(desk).isoformat())
    desk.store.append(case.id, [(EventType.CASE_ARCHIVED, {"archived": True})])
    assert due_reminders(desk) == ()


def test_what_was_said_today_is_remembered_until_tomorrow(desk: Desk) -> None:
    day = date(2026, 11, 25)
    remember_said(desk.library, day, ["f-1"])
    remember_said(desk.library, day, ["f-2"])
    assert said_today(desk.library, day) == {"f-1", "f-2"}
    assert said_today(desk.library, day + timedelta(days=1)) == frozenset()
    remember_said(desk.library, day + timedelta(days=1), ["f-3"])
    assert said_today(desk.library, day + timedelta(days=1)) == {"f-3"}


@pytest.mark.parametrize("content", ["", "[]", '{"day": 3}', '{"day": "2026-11-25"}', "\x00"])
def test_a_file_that_cannot_be_read_says_nothing_was_said(desk: Desk, content: str) -> None:
    (desk.library / FILE_NAME).write_text(content, encoding="utf-8")
    assert said_today(desk.library, date(2026, 11, 25)) == frozenset()
    remember_said(desk.library, date(2026, 11, 25), ["f-1"])
    assert said_today(desk.library, date(2026, 11, 25)) == {"f-1"}


def test_a_deadline_becomes_a_step_with_a_reminder_a_week_before(desk: Desk, case: Case) -> None:
    now = desk.clock.now()
    log(desk, case, replace(DONE, done_utc=now.utc, done_offset_minutes=now.offset_minutes, number="12363"))
    (due,) = due_dates(desk, desk.store.case_file(case.id))
    step = plan_deadline(desk, case.id, due, "人民银行应答复")
    kept = step.details
    assert (kept.progress, kept.step, kept.answer) == (Progress.PLANNED, Step.OTHER, "人民银行应答复")
    assert (kept.item, kept.due) == (due.key, due.due.isoformat())
    assert kept.remind == (due.due - timedelta(days=7)).isoformat()
    assert len(due_dates(desk, desk.store.case_file(case.id))) == 1, "it begins no other deadline"


def test_a_deadline_that_is_near_reminds_tomorrow_and_one_that_is_over_is_refused(
    desk: Desk, case: Case
) -> None:
    now = desk.clock.now()
    log(desk, case, replace(DONE, done_utc=now.utc, done_offset_minutes=now.offset_minutes, number="12363"))
    (due,) = due_dates(desk, desk.store.case_file(case.id))
    for days, expected in ((3, 1), (1, 1), (0, 0)):
        near = replace(due, due=today(desk) + timedelta(days=days))
        remind = plan_deadline(desk, case.id, near, "x").details.remind
        assert remind == (today(desk) + timedelta(days=expected)).isoformat()
    with pytest.raises(Known) as refused:
        plan_deadline(desk, case.id, replace(due, due=today(desk) - timedelta(days=1)), "x")
    assert refused.value.code is Code.TIME_NOT_VALID


def test_the_calendar_file_has_every_day_that_is_not_over(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    now = desk.clock.now()
    here: dict[str, Any] = {"done_utc": now.utc, "done_offset_minutes": now.offset_minutes}
    soon = (today(desk) + timedelta(days=5)).isoformat()
    log(desk, case, number="12363", due=soon, remind=soon, **here)
    file = tmp_path / "case.ics"
    assert export_calendar(desk, words, case.id, file) == 3
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert sorted(one.decoded("dtstart").isoformat() for one in events) == sorted(
        [soon, soon, due_dates(desk, desk.store.case_file(case.id))[0].due.isoformat()]
    )


def test_one_step_alone_goes_into_a_file_too_and_an_unknown_one_is_refused(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    log(desk, case, due="2099-01-01")
    step = log(desk, case, due="2099-01-02")
    assert export_calendar(desk, words, case.id, tmp_path / "one.ics", step_id=step) == 1
    with pytest.raises(Known) as refused:
        export_calendar(desk, words, case.id, tmp_path / "no.ics", step_id="f-00000000")
    assert refused.value.code is Code.UNKNOWN_ITEM
    assert not (tmp_path / "no.ics").exists()


def test_a_file_that_cannot_be_written_is_a_known_error(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    with pytest.raises(Known):
        export_calendar(desk, words, case.id, tmp_path / "nowhere" / "case.ics")


def test_the_name_of_a_calendar_file_is_one_that_nothing_has_yet(tmp_path: Path) -> None:
    assert free_file(tmp_path, "days").name == "days.ics"
    (tmp_path / "days.ics").touch()
    (tmp_path / "days-2.ics").touch()
    assert free_file(tmp_path, "days").name == "days-3.ics"
