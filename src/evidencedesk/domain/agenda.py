"""What is still to be done about a case, and on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone
from enum import StrEnum

from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.moment import Moment, parse_utc
from evidencedesk.domain.rules import Hotline, RuleItem


class Waits(StrEnum):
    """Why a day matters to a step."""

    TO_DO = "to_do"
    ANSWER = "answer"
    PAPER = "paper"
    REMINDER = "reminder"


class Reason(StrEnum):
    """What in a case speaks for a step that nobody began."""

    NO_BILL = "no_bill"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    BREACHES = "breaches"
    LAW_BREACHES = "law_breaches"
    OTHERS_REACHED = "others_reached"
    AGREED_PLAN = "agreed_plan"


@dataclass(frozen=True, slots=True)
class Entry:
    """A day of a step."""

    day: date
    waits: Waits
    step: FollowUp


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step of the guidance that was not begun; ``reason`` is None where nothing in the case asks for it.

    ``items`` are the lines of rule packs about it, ``hotlines`` the numbers those lines name.
    """

    step: Step
    reason: Reason | None = None
    count: int = 0
    items: tuple[RuleItem, ...] = ()
    hotlines: tuple[Hotline, ...] = ()


def day_of(details: FollowUpDetails) -> date:
    """The day on which it was done or is to be done, where it was."""
    offset = timezone(timedelta(minutes=details.done_offset_minutes))
    return parse_utc(details.done_utc).astimezone(offset).date()


def entries_of(step: FollowUp) -> tuple[Entry, ...]:
    """The days that matter to a step, the earliest first; none of one that is closed or taken back."""
    details = step.details
    if step.withdrawn or details.progress is Progress.CLOSED:
        return ()
    found = []
    if details.progress is Progress.PLANNED:
        found.append(Entry(_day(details.due) or day_of(details), Waits.TO_DO, step))
    elif details.progress is Progress.DONE and (due := _day(details.due)) is not None:
        waits = Waits.PAPER if details.step is Step.COURT_PAPERS else Waits.ANSWER
        found.append(Entry(due, waits, step))
    if (remind := _day(details.remind)) is not None:
        found.append(Entry(remind, Waits.REMINDER, step))
    return tuple(sorted(found, key=lambda one: (one.day, one.waits is Waits.REMINDER)))


def open_entry(step: FollowUp) -> Entry | None:
    """What the step still waits for; None when nothing is to be done."""
    return next((one for one in entries_of(step) if one.waits is not Waits.REMINDER), None)


def finished(details: FollowUpDetails, now: Moment) -> FollowUpDetails:
    """The same step one further: the planned one done now, the awaited answer there, the paper dealt with.

    The reminder has done its work.
    """
    if details.progress is Progress.PLANNED:
        # The day by which to do it has had its use; what is due from now on is an answer.
        return replace(
            details,
            progress=Progress.DONE,
            done_utc=now.utc,
            done_offset_minutes=now.offset_minutes,
            due="",
            remind="",
        )
    answered = details.progress is Progress.DONE and details.step is not Step.COURT_PAPERS
    return replace(details, progress=Progress.ANSWERED if answered else Progress.CLOSED, remind="")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
