"""What every pack in use says about the hours of a running encounter, and how long it still keeps to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from evidencedesk.domain.case import Encounter, Verdict
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Helper, RuleItem, RulePack
from evidencedesk.guidance.approaches import Approach, running
from evidencedesk.guidance.checks import CONTACT_HOURS
from evidencedesk.guidance.closed_hours import ClosedHours
from evidencedesk.guidance.contact_hours import judge_approach
from evidencedesk.guidance.judge import automatic_rules, facts_of

_DAY = timedelta(days=1)
# How long an encounter will have lasted is not known before its end.
_OPEN = frozenset({"ended_day", "ended_time"})


@dataclass(frozen=True, slots=True)
class HoursNow:
    """One item's verdict now, resting on the same ``facts`` as a judgement of the case but for the end.

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
    facts: tuple[tuple[str, str], ...] = ()


def hours_now(packs: Iterable[RulePack], encounter: Encounter, now: Moment) -> tuple[HoursNow, ...]:
    """Judge an encounter from its beginning until now by every item about hours, in the packs' order."""
    approach = running(encounter, now)
    return tuple(
        _hours(pack, item, asked, approach)
        for pack in packs
        for item in pack.items
        for asked in automatic_rules(item.check)
        if asked.rule == CONTACT_HOURS
    )


def _hours(pack: RulePack, item: RuleItem, asked: Helper, approach: Approach) -> HoursNow:
    limits = dict(asked.parameters)
    result = judge_approach(approach, limits)
    limit, seconds_left = result.facts.get("passed_limit", ""), None
    if not limit:
        limit, seconds_left = _coming(approach, limits)
    return HoursNow(
        pack.id,
        pack.version,
        item.id,
        result.verdict,
        limit,
        seconds_left,
        agreed="agreed" in result.facts,
        facts=tuple((name, value) for name, value in facts_of(asked, result) if name not in _OPEN),
    )


def _coming(approach: Approach, limits: dict[str, str]) -> tuple[str, int | None]:
    """The next hour that closes, and the seconds until then."""
    wall = approach.ended.replace(tzinfo=None)
    coming = ClosedHours.of(limits).first_closed(wall, wall + _DAY)
    if coming is None:
        return "", None
    left = int((coming - wall).total_seconds())
    if "closed_from" not in limits:
        return "00:00", left
    # The hour itself is still allowed: what is closed begins one second later.
    return limits["closed_from"], left - 1
