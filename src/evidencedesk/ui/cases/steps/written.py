"""What stands in the form of a step, and the step it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone, tzinfo

from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.moment import parse_utc
from evidencedesk.intake.times import place, read_time

_OFFICES_OPEN = time(9)
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
_BETWEEN = re.compile(r"[;；\n]+")


@dataclass(frozen=True, slots=True)
class Written:
    """The fields as they were written; ``encounter`` only matters to a new step."""

    progress: Progress = Progress.DONE
    when: str = ""
    number: str = ""
    whom: str = ""
    agent: str = ""
    receipt: str = ""
    answer: str = ""
    outcome: str = ""
    due: str = ""
    remind: str = ""
    plan: str = ""
    encounter: str | None = None


def written_of(details: FollowUpDetails) -> Written:
    """A step as the form shows it."""
    return Written(
        progress=details.progress,
        when=time_text(details),
        number=details.number,
        whom=details.whom,
        agent=details.agent,
        receipt=details.receipt,
        answer=details.answer,
        outcome=details.outcome,
        due=details.due,
        remind=details.remind,
        plan="; ".join(f"{one.due} {one.amount}" for one in details.plan),
    )


def details_of(step: Step, item: str, before: FollowUp | None, written: Written) -> FollowUpDetails:
    """The step that the fields mean. Raises TIME_NOT_VALID, NUMBER_NOT_VALID."""
    base = _timed(step, item, None if before is None else before.details, written.when)
    return replace(
        base,
        progress=written.progress,
        number=written.number,
        whom=written.whom,
        agent=written.agent,
        receipt=written.receipt,
        answer=written.answer,
        outcome=written.outcome,
        due=written.due,
        remind=written.remind,
        plan=base.plan if written.plan == _plan_text(base) else _plan(written.plan),
    )


def time_text(details: FollowUpDetails) -> str:
    """When, as the form writes it: by the clock of the place where it was."""
    return f"{_local(details):%Y-%m-%d %H:%M}"


def _timed(step: Step, item: str, before: FollowUpDetails | None, when: str) -> FollowUpDetails:
    if before is not None and when.strip() == time_text(before):
        return before
    zone: tzinfo | None = None
    if before is not None and _local(before).astimezone().utcoffset() != _local(before).utcoffset():
        zone = _local(before).tzinfo  # done at a place with another time
    placed = place(_wall(when), zone)
    base = FollowUpDetails(step, placed.utc, placed.offset_minutes, item=item) if before is None else before
    return replace(base, done_utc=placed.utc, done_offset_minutes=placed.offset_minutes)


def _wall(when: str) -> datetime:
    """A time, or a day alone: the hour at which offices open then."""
    text = when.strip()
    if _DAY.fullmatch(text):
        year, month, day = (int(part) for part in text.split("-"))
        try:
            return datetime.combine(datetime(year, month, day).date(), _OFFICES_OPEN)  # noqa: DTZ001 - a wall time
        except ValueError as error:
            raise WrongUse(Code.TIME_NOT_VALID, value=text) from error
    found = read_time(text)
    if found.value is None:
        raise WrongUse(Code.TIME_NOT_VALID, value=text)
    return found.value


def _plan(text: str) -> tuple[Instalment, ...]:
    """``2026-12-01 500; 2027-01-01 500``."""
    plan = []
    for part in filter(None, (one.strip() for one in _BETWEEN.split(text))):
        day, _, amount = part.partition(" ")
        plan.append(Instalment(day.rstrip(":："), amount.strip()))
    return tuple(plan)


def _plan_text(details: FollowUpDetails) -> str:
    return "; ".join(f"{one.due} {one.amount}" for one in details.plan)


def _local(details: FollowUpDetails) -> datetime:
    offset = timezone(timedelta(minutes=details.done_offset_minutes))
    return parse_utc(details.done_utc).astimezone(offset)
