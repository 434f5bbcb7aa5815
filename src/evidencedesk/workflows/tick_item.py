"""Mark a checklist item as kept, breached or not seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.rules import RulePack
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.open_case import require_encounter


def tick_item(
    desk: Desk,
    case_id: str,
    encounter: str | None,
    pack: RulePack,
    item_id: str,
    verdict: Verdict,
    recording: str | None = None,
    at_ms: int | None = None,
    *,
    automatic: bool = False,
    rule: str = "",
    facts: Iterable[tuple[str, str]] = (),
    subject: str = "",
) -> Tick:
    """Store a tick with the pack and version it came from; an automatic one also with what it rests on.

    Raises UNKNOWN_ITEM, UNKNOWN_ENCOUNTER.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    try:
        pack.item(item_id)
    except KeyError as error:
        raise WrongUse(Code.UNKNOWN_ITEM, item=item_id) from error
    tick = Tick(
        id=new_id(Kind.TICK),
        case=case.id,
        encounter=encounter,
        recording=recording,
        at_ms=at_ms,
        pack=pack.id,
        pack_version=pack.version,
        item=item_id,
        verdict=verdict,
        automatic=automatic,
        moment=desk.clock.now(),
        rule=rule,
        facts=tuple(sorted(facts)),
        subject=subject,
    )
    told: dict[str, Any] = {
        "tick": tick.id,
        "encounter": encounter,
        "recording": recording,
        "at_ms": at_ms,
        "pack": pack.id,
        "pack_version": pack.version,
        "item": item_id,
        "verdict": verdict.value,
        "automatic": automatic,
    }
    # Left out while they say nothing: a user's own tick is the same event as ever.
    later = {"rule": tick.rule, "facts": dict(tick.facts), "subject": tick.subject}
    told.update((key, value) for key, value in later.items() if value)
    desk.store.append(case.id, [(EventType.TICK_SET, told)], tick.moment)
    return tick


def withdraw_tick(desk: Desk, case_id: str, tick_id: str) -> None:
    """Take a tick back; both stay in the journal. Raises UNKNOWN_ITEM."""
    case = desk.store.find_case(case_id)
    if not any(tick.id == tick_id and not tick.withdrawn for tick in desk.store.case_file(case.id).ticks):
        raise WrongUse(Code.UNKNOWN_ITEM, item=tick_id)
    desk.store.append(case.id, [(EventType.TICK_WITHDRAWN, {"tick": tick_id})])
