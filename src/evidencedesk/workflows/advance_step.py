"""Take a step further: check it off, be reminded another day, plan what a deadline asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from evidencedesk.domain.agenda import finished
from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.intake.times import place
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_follow_up import change_follow_up, log_follow_up

_OFFICES_OPEN = time(9)
# Time enough to do something by the last day.
_AHEAD = timedelta(days=7)


def finish_step(desk: Desk, case_id: str, step_id: str) -> FollowUpDetails:
    """Check a step off; gives what it was before, so that it can be taken back. Raises UNKNOWN_ITEM."""
    before = _details(desk, case_id, step_id)
    change_follow_up(desk, case_id, step_id, finished(before, desk.clock.now()))
    return before


def remind_tomorrow(desk: Desk, case_id: str, step_id: str) -> None:
    """Be reminded another time: not today any more. Raises UNKNOWN_ITEM."""
    tomorrow = desk.clock.now().local.date() + timedelta(days=1)
    before = _details(desk, case_id, step_id)
    change_follow_up(desk, case_id, step_id, replace(before, remind=tomorrow.isoformat()))


def plan_deadline(desk: Desk, case_id: str, due: DueDate, words: str) -> FollowUp:
    """Make a planned step of a deadline, with a reminder some days before; ``words`` say what is due."""
    today = desk.clock.now().local.date()
    if due.due < today:
        raise WrongUse(Code.TIME_NOT_VALID, value=due.due.isoformat())
    remind = min(max(due.due - _AHEAD, today + timedelta(days=1)), due.due)
    details = replace(
        planned_on(due.due, Step.OTHER),
        item=due.key,
        answer=words,
        due=due.due.isoformat(),
        remind=remind.isoformat(),
    )
    return log_follow_up(desk, case_id, details)


def planned_on(day: date, step: Step) -> FollowUpDetails:
    """A step planned for a day, at the hour at which offices open, in this computer's zone."""
    at = place(datetime.combine(day, _OFFICES_OPEN), None)
    return FollowUpDetails(step, at.utc, at.offset_minutes, progress=Progress.PLANNED)


def _details(desk: Desk, case_id: str, step_id: str) -> FollowUpDetails:
    for step in desk.store.case_file(desk.store.find_case(case_id).id).follow_ups:
        if step.id == step_id and not step.withdrawn:
            return step.details
    raise WrongUse(Code.UNKNOWN_ITEM, item=step_id)
