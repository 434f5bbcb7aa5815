"""Decides from the local wall time whether a contact keeps to a pack's hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from evidencedesk.domain.case import ContactKind, Reached, Verdict
from evidencedesk.guidance.approaches import Approach
from evidencedesk.guidance.closed_hours import ClosedHours
from evidencedesk.guidance.matter import Matter, Result, clock_time, day_text

# A phone rings, a message buzzes, a knock is heard when they come: all of them disturb at their time.
# A letter, or a slip under the door, is only known by when it was found.
DISTURBING = frozenset(
    {ContactKind.VISIT, ContactKind.CALL, ContactKind.MISSED_CALL, ContactKind.SMS, ContactKind.CHAT}
)


def contact_hours(matter: Matter) -> Iterator[Result]:
    """Judge every approach of the other side that disturbs when it comes: no letters.

    Any part of it counts, in whole seconds of the wall clock where it reached somebody: the offset at
    its beginning, and the one at its end where that was recorded. An entry of the log has one offset only:
    one that lasts across a change of summer time is judged, and told, by the clock of its beginning.
    """
    for approach in matter.incoming():
        if approach.kind in DISTURBING:
            yield judge_approach(approach, matter.parameters)


def judge_approach(approach: Approach, limits: Mapping[str, str]) -> Result:
    """Judge one approach by a pack's hours."""
    hours = ClosedHours.of(limits)
    closed = first_closed(hours, approach.begun, approach.ended)
    agreed = closed is not None and approach.agreed is True and "unless_agreed" in limits
    verdict = Verdict.KEPT if closed is None or agreed else Verdict.BREACHED
    facts = _facts(approach) | _passed(hours, closed, limits)
    if agreed:
        facts["agreed"] = "yes"
    return Result(verdict, approach.subject, facts, approach.encounter)


def first_closed(hours: ClosedHours, begun: datetime, ended: datetime) -> datetime | None:
    """The first closed second of a stretch by its own wall clocks, without a zone.

    Where the clock was put forward in between, the seconds it left out count as if they had been shown.
    """
    first, last = begun.replace(tzinfo=None), ended.replace(tzinfo=None)
    if first <= last:
        return hours.first_closed(first, last)
    # The wall clock went back in between (summer time ended, another zone): only both ends are known.
    return hours.first_closed(first, first) or hours.first_closed(last, last)


def _facts(approach: Approach) -> dict[str, str]:
    facts = {
        "kind": approach.kind.value,
        "local_day": day_text(approach.begun),
        "local_time": clock_time(approach.begun),
        "utc_offset": approach.begun.strftime("%z"),
    }
    if approach.ended != approach.begun:
        facts["ended_day"] = day_text(approach.ended)
        facts["ended_time"] = clock_time(approach.ended)
    if approach.reached is not Reached.DEBTOR:
        facts["reached"] = approach.reached.value
    return facts


def _passed(hours: ClosedHours, closed: datetime | None, limits: Mapping[str, str]) -> dict[str, str]:
    """Which limit was passed, and by the first second that passed it."""
    if closed is None:
        return {}
    name = hours.limit_passed(closed)
    return {"passed": name, "passed_at": clock_time(closed), "passed_limit": limits[name]}
