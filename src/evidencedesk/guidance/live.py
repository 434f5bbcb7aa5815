"""What every pack in use says about the hours of a running encounter, and how long it still keeps to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from evidencedesk.domain.case import Encounter, Verdict
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Helper, RuleItem, RulePack
from evidencedesk.guidance.checks import CONTACT_HOURS
from evidencedesk.guidance.closed_hours import ClosedHours
from evidencedesk.guidance.contact_hours import first_closed
from evidencedesk.guidance.judge import automatic_rules

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HoursNow:
    """One item's verdict now.

    ``limit`` is the hour that was passed (BREACHED) or comes next (KEPT), as the pack writes it.
    ``seconds_left`` counts to that hour while it is still kept. ``agreed`` is true where only the user's
    agreement keeps it.
    """

    pack: str
    pack_version: str
    item: str
    verdict: Verdict
    limit: str
    seconds_left: int | None = None
    agreed: bool = False


def hours_now(packs: Iterable[RulePack], encounter: Encounter, now: Moment) -> tuple[HoursNow, ...]:
    """Judge an encounter from its beginning until now by every item about hours, in the packs' order."""
    begun = encounter.opened.local.replace(microsecond=0)
    wall = max(now.local.replace(microsecond=0), begun)
    return tuple(
        _hours(pack, item, asked, begun, wall, agreed=encounter.agreed is True)
        for pack in packs
        for item in pack.items
        for asked in automatic_rules(item.check)
        if asked.rule == CONTACT_HOURS
    )


def _hours(
    pack: RulePack, item: RuleItem, asked: Helper, begun: datetime, now: datetime, *, agreed: bool
) -> HoursNow:
    limits = dict(asked.parameters)
    hours = ClosedHours.of(limits)
    closed = first_closed(hours, begun, now)
    if closed is not None:
        excused = agreed and "unless_agreed" in limits
        verdict = Verdict.KEPT if excused else Verdict.BREACHED
        limit = limits[hours.limit_passed(closed)]
        return HoursNow(pack.id, pack.version, item.id, verdict, limit, agreed=excused)
    wall = now.replace(tzinfo=None)
    coming = hours.first_closed(wall, wall + _DAY)
    if coming is None:
        return HoursNow(pack.id, pack.version, item.id, Verdict.KEPT, "")
    left = int((coming - wall).total_seconds())
    if "closed_from" not in limits:
        return HoursNow(pack.id, pack.version, item.id, Verdict.KEPT, "00:00", left)
    # The hour itself is still allowed: what is closed begins one second later.
    return HoursNow(pack.id, pack.version, item.id, Verdict.KEPT, limits["closed_from"], left - 1)
