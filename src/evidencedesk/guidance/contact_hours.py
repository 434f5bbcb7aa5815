"""Decides from the local wall time whether a contact keeps to a pack's hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from evidencedesk.domain.case import ContactKind, Mode, Reached, Verdict
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.approaches import Approach
from evidencedesk.guidance.checks import CONTACT_HOURS
from evidencedesk.guidance.closed_hours import ClosedHours
from evidencedesk.guidance.matter import Matter, Result, clock_time, day_text

_KIND_OF = {Mode.VISIT: ContactKind.VISIT, Mode.CALL: ContactKind.CALL}
# A phone rings, a message buzzes, a knock is heard when they come: all of them disturb at their time.
# A letter, or a slip under the door, is only known by when it was found.
DISTURBING = frozenset(
    {ContactKind.VISIT, ContactKind.CALL, ContactKind.MISSED_CALL, ContactKind.SMS, ContactKind.CHAT}
)


@dataclass(frozen=True, slots=True)
class AutomaticResult:
    """What recorded data say about an item, with the facts the verdict rests on."""

    item_id: str
    verdict: Verdict
    facts: tuple[tuple[str, str], ...] = ()


def contact_hours(matter: Matter) -> Iterator[Result]:
    """Judge every approach of the other side that disturbs when it comes: no letters.

    Any part of it counts, in whole seconds of the wall clock where it reached somebody: the offset at
    its beginning, and the one at its end where that was recorded.
    """
    hours = ClosedHours.of(matter.parameters)
    ask = "unless_agreed" in matter.parameters
    for approach in matter.incoming():
        if approach.kind in DISTURBING:
            closed = first_closed(hours, approach.begun, approach.ended)
            agreed = ask and closed is not None and approach.agreed is True
            verdict = Verdict.KEPT if closed is None or agreed else Verdict.BREACHED
            facts = _facts(approach) | _passed(hours, closed, matter.parameters)
            if agreed:
                facts["agreed"] = "yes"
            yield Result(verdict, approach.subject, facts, approach.encounter)


def first_closed(hours: ClosedHours, begun: datetime, ended: datetime) -> datetime | None:
    """The first closed second of a stretch by its own wall clocks, without a zone."""
    first, last = begun.replace(tzinfo=None), ended.replace(tzinfo=None)
    if first <= last:
        return hours.first_closed(first, last)
    # The wall clock went back in between (summer time ended, another zone): only both ends are known.
    return hours.first_closed(first, first) or hours.first_closed(last, last)


def automatic(pack: RulePack, moment: Moment, mode: Mode = Mode.VISIT) -> tuple[AutomaticResult, ...]:
    """Return a verdict for every item of the pack about hours, in the pack's order.

    Works on whole seconds: the verdict must agree with the time that is shown beside it. The facts are
    those of a judged contact: papers say both with the same words.
    """
    local = moment.local.replace(microsecond=0)
    return tuple(
        _at(item.id, dict(item.check.parameters), local, mode)
        for item in pack.items
        if item.check.rule == CONTACT_HOURS
    )


def _at(item_id: str, limits: Mapping[str, str], local: datetime, mode: Mode) -> AutomaticResult:
    hours = ClosedHours.of(limits)
    closed = first_closed(hours, local, local)
    facts = {
        "kind": _KIND_OF[mode].value,
        "local_day": day_text(local),
        "local_time": clock_time(local),
        "utc_offset": local.strftime("%z"),
    }
    facts |= limits
    facts |= _passed(hours, closed, limits)
    verdict = Verdict.KEPT if closed is None else Verdict.BREACHED
    return AutomaticResult(item_id, verdict, tuple(sorted(facts.items())))


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
