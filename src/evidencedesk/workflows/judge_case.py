"""Judge a case by the packs in use, and keep in the journal what did not keep to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import RulePack, Who
from evidencedesk.guidance.judge import automatic_rules, judge
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.tick_item import tick_facts

# Encounter, pack, item, subject: what a tick is about.
_Matter = tuple[str | None, str, str, str]
_Ground = tuple[_Matter, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class KeptJudgements:
    """What one look changed in the journal."""

    set: tuple[Tick, ...] = ()
    withdrawn: tuple[str, ...] = ()


def judgements(desk: Desk, case_id: str) -> tuple[Judgement, ...]:
    """Return what the records of a case say by every pack in use. Raises UNKNOWN_CASE."""
    case = desk.store.find_case(case_id)
    case_file = desk.store.case_file(case.id)
    return tuple(one for pack in desk.packs for one in judge(pack, case_file))


def keep_judgements(desk: Desk, case_id: str) -> KeptJudgements:
    """Keep every breach that is not in the journal yet, and withdraw those that hold no longer.

    All of it is one transaction; looking again without new facts changes nothing. What the user ticked
    stands: no automatic tick beside it for the same item of the same encounter. So does a breach that was
    noted while it happened, at its second of the sound. Ticks of packs that are not in use stay as they
    are: nobody judged them now. What the user did or left undone is advice, seen in the window and
    kept out of the evidence. Raises UNKNOWN_CASE.
    """
    case = desk.store.find_case(case_id)
    case_file = desk.store.case_file(case.id)
    standing = [tick for tick in case_file.ticks if not tick.withdrawn]
    found = [one for pack in desk.packs for one in judge(pack, case_file) if _of_other_side(pack, one)]
    own = [tick for tick in standing if not tick.automatic]
    breaches = {
        _ground(one): one for one in found if one.verdict is Verdict.BREACHED and not _said_in(one, own)
    }
    still = {(matter, rule) for matter, rule, _ in breaches}
    live = [tick for tick in standing if _noted_live(tick) and (_matter_of(tick), tick.rule) in still]
    wanted = {ground: one for ground, one in breaches.items() if not _said_in(one, live)}
    gone = [
        tick.id
        for tick in standing
        if tick.automatic
        and tick not in live
        and _is_judged(tick, desk.packs)
        # Taken out of what is wanted: the same ground twice would say nothing more, a second one goes too.
        and wanted.pop((_matter_of(tick), tick.rule, tick.facts), None) is None
    ]
    now = desk.clock.now()
    ticks = tuple(_tick(one, case.id, now) for one in wanted.values())
    _store(desk, case.id, gone, ticks, now)
    return KeptJudgements(ticks, tuple(gone))


def _store(desk: Desk, case_id: str, gone: Iterable[str], ticks: Iterable[Tick], now: Moment) -> None:
    # Withdrawn first: where the facts changed, the new tick is the one that stands.
    events: list[tuple[EventType, dict[str, Any]]] = [
        (EventType.TICK_WITHDRAWN, {"tick": tick_id}) for tick_id in gone
    ]
    events += [(EventType.TICK_SET, tick_facts(tick)) for tick in ticks]
    if events:
        desk.store.append(case_id, events, now)


def _tick(judgement: Judgement, case_id: str, now: Moment) -> Tick:
    return Tick(
        id=new_id(Kind.TICK),
        case=case_id,
        encounter=judgement.encounter,
        recording=None,
        at_ms=None,
        pack=judgement.pack,
        pack_version=judgement.pack_version,
        item=judgement.item,
        verdict=judgement.verdict,
        automatic=True,
        moment=now,
        rule=judgement.rule,
        facts=judgement.facts,
        subject=_subject(judgement),
    )


def _ground(judgement: Judgement) -> _Ground:
    matter = (judgement.encounter, judgement.pack, judgement.item, _subject(judgement))
    return matter, judgement.rule, judgement.facts


def _matter_of(tick: Tick) -> _Matter:
    return tick.encounter, tick.pack, tick.item, tick.subject


def _subject(judgement: Judgement) -> str:
    """A tick about an encounter as a whole names no subject."""
    return "" if judgement.subject == judgement.encounter else judgement.subject


def _said_in(judgement: Judgement, ticks: Iterable[Tick]) -> bool:
    """Whether a tick says it: for the encounter, or outside encounters for the very same subject."""
    return any(
        (tick.encounter, tick.pack, tick.item) == (judgement.encounter, judgement.pack, judgement.item)
        and (tick.encounter is not None or tick.subject == judgement.subject)
        for tick in ticks
    )


def _noted_live(tick: Tick) -> bool:
    """Whether a breach was noted by the clock while the recording ran."""
    return tick.automatic and tick.at_ms is not None and tick.verdict is Verdict.BREACHED


def _of_other_side(pack: RulePack, judgement: Judgement) -> bool:
    return pack.item(judgement.item).who is not Who.USER


def _is_judged(tick: Tick, packs: Iterable[RulePack]) -> bool:
    """Whether a pack in use still asks this rule for this item."""
    return any(
        tick.rule == asked.rule
        for pack in packs
        if pack.id == tick.pack
        for item in pack.items
        if item.id == tick.item
        for asked in automatic_rules(item.check)
    )
