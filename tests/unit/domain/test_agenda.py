"""A step goes on from planned to closed, and is spoken of on its days."""

from __future__ import annotations

from datetime import date

import pytest

from evidencedesk.domain.agenda import Waits, day_of, finished
from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.reminder import reminder_of

NOW = Moment("2026-11-25T08:00:00.000000Z", 480, "boot", 1)
TODAY = date(2026, 11, 25)


def details(progress: Progress, step: Step = Step.COMPLAINT, **facts: str) -> FollowUpDetails:
    return FollowUpDetails(
        step,
        "2026-11-20T01:00:00.000000Z",
        480,
        progress=progress,
        **facts,  # type: ignore[arg-type]
    )


def step(progress: Progress, kind: Step = Step.COMPLAINT, **facts: str) -> FollowUp:
    return FollowUp("f-1", "c-1", None, None, None, None, details(progress, kind, **facts), NOW)


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        (Progress.PLANNED, Step.COMPLAINT, Progress.DONE),
        (Progress.DONE, Step.COMPLAINT, Progress.ANSWERED),
        (Progress.ANSWERED, Step.COMPLAINT, Progress.CLOSED),
        (Progress.PLANNED, Step.COURT_PAPERS, Progress.DONE),
        (Progress.DONE, Step.COURT_PAPERS, Progress.CLOSED),
    ],
)
def test_checking_off_takes_a_step_one_further(before: Progress, kind: Step, after: Progress) -> None:
    assert finished(details(before, kind), NOW).progress is after


def test_what_was_planned_is_done_now_and_its_days_are_over() -> None:
    done = finished(details(Progress.PLANNED, due="2026-11-30", remind="2026-11-24"), NOW)
    assert (done.done_utc, done.done_offset_minutes) == (NOW.utc, 480)
    assert (done.due, done.remind) == ("", "")


def test_what_was_done_keeps_its_day_when_the_answer_comes() -> None:
    answered = finished(details(Progress.DONE, due="2026-11-30", remind="2026-11-24"), NOW)
    assert (answered.done_utc, answered.due, answered.remind) == (
        "2026-11-20T01:00:00.000000Z",
        "2026-11-30",
        "",
    )


def test_the_day_of_a_step_is_that_of_its_place() -> None:
    late = FollowUpDetails(Step.CALL, "2026-11-20T20:00:00.000000Z", 480)
    assert day_of(late) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (step(Progress.PLANNED), Waits.TO_DO),  # five days ago, and not done
        (step(Progress.PLANNED, due="2026-11-26"), None),
        (step(Progress.PLANNED, due="2026-11-26", remind="2026-11-25"), Waits.REMINDER),
        (step(Progress.PLANNED, remind="2026-11-26"), None),  # the user said: tomorrow
        (step(Progress.PLANNED, due="2026-11-25", remind="2026-11-26"), Waits.TO_DO),  # the last day
        (step(Progress.DONE), None),
        (step(Progress.DONE, due="2026-11-25"), Waits.ANSWER),
        (step(Progress.DONE, due="2026-11-25", remind="2026-11-25"), Waits.ANSWER),
        (step(Progress.DONE, Step.COURT_PAPERS, due="2026-11-24"), Waits.PAPER),
        (step(Progress.ANSWERED, due="2026-11-24"), None),
        (step(Progress.ANSWERED, remind="2026-11-24"), Waits.REMINDER),
        (step(Progress.CLOSED, due="2026-11-24", remind="2026-11-24"), None),
    ],
)
def test_a_step_is_spoken_of_on_its_days_until_it_is_dealt_with(
    told: FollowUp, expected: Waits | None
) -> None:
    found = reminder_of("case", told, TODAY)
    assert (None if found is None else found.entry.waits) is expected
