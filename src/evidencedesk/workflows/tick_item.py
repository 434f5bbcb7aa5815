"""Mark a checklist item as kept, breached or not seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.rules import RulePack
from evidencedesk.store.library_store import LibraryStore
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
    desk.store.append(case.id, [(EventType.TICK_SET, tick_facts(tick))], tick.moment)
    return tick


def tick_facts(tick: Tick) -> dict[str, Any]:
    """A tick as the journal writes it."""
    told: dict[str, Any] = {
        "tick": tick.id,
        "encounter": tick.encounter,
        "recording": tick.recording,
        "at_ms": tick.at_ms,
        "pack": tick.pack,
        "pack_version": tick.pack_version,
        "item": tick.item,
        "verdict": tick.verdict.value,
        "automatic": tick.automatic,
    }
    # Left out while they say nothing: a user's own tick is the same event as ever.
    later = {"rule": tick.rule, "facts": dict(tick.facts), "subject": tick.subject}
    told.update((key, value) for key, value in later.items() if value)
    return told


def withdraw_tick(desk: Desk, case_id: str, tick_id: str, *, automatic: bool = False) -> None:
    """Take a tick back; both stay in the journal. Raises UNKNOWN_ITEM.

    ``automatic`` where its grounds are gone and nobody took it back: it can come again.
    """
    case = desk.store.find_case(case_id)
    if not any(tick.id == tick_id and not tick.withdrawn for tick in desk.store.case_file(case.id).ticks):
        raise WrongUse(Code.UNKNOWN_ITEM, item=tick_id)
    desk.store.append(case.id, [(EventType.TICK_WITHDRAWN, withdrawal_facts(tick_id, automatic=automatic))])


def withdrawal_facts(tick_id: str, *, automatic: bool) -> dict[str, Any]:
    """A withdrawal as the journal writes it: a user's own is the same event as ever."""
    return {"tick": tick_id, "automatic": True} if automatic else {"tick": tick_id}


def taken_back(store: LibraryStore, case_id: str) -> frozenset[str]:
    """The ids of the ticks that the user withdrew, or of which a version that knew no other way told."""
    withdrawals = store.events_of(case_id, EventType.TICK_WITHDRAWN)
    return frozenset(str(one.data["tick"]) for one in withdrawals if not one.data.get("automatic", False))
