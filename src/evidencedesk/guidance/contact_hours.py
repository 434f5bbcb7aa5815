"""Decides from the local wall time whether a contact keeps to a pack's hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Check, RulePack
from evidencedesk.guidance.checks import CONTACT_HOURS


@dataclass(frozen=True, slots=True)
class AutomaticResult:
    """What recorded data say about an item, with the facts the verdict rests on."""

    item_id: str
    verdict: Verdict
    facts: tuple[tuple[str, str], ...] = ()


def automatic(pack: RulePack, moment: Moment) -> tuple[AutomaticResult, ...]:
    """Return a verdict for every item of the pack about hours, in the pack's order.

    Works on whole seconds: the verdict must agree with the time that is shown beside it.
    """
    wall = moment.local.time().replace(microsecond=0)
    return tuple(
        AutomaticResult(
            item.id,
            Verdict.BREACHED if _closed(item.check, wall) else Verdict.KEPT,
            (("local_time", wall.isoformat()), *item.check.parameters),
        )
        for item in pack.items
        if item.check.rule == CONTACT_HOURS
    )


def _closed(check: Check, wall: time) -> bool:
    """Both limits themselves are still allowed: "not after 21:00" leaves 21:00:00 open."""
    limits = dict(check.parameters)
    late = "closed_from" in limits and wall > time.fromisoformat(limits["closed_from"])
    early = "closed_until" in limits and wall < time.fromisoformat(limits["closed_until"])
    within_one_day = len(limits) == 2 and limits["closed_from"] < limits["closed_until"]
    return late and early if within_one_day else late or early
