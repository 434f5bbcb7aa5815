"""Judge a case by the packs in use, and keep in the journal what did not keep to them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import CheckKind, RulePack, Who
from evidencedesk.guidance.judge import automatic_rules, judge
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.tick_item import taken_back, tick_facts, withdrawal_facts

_Facts = tuple[tuple[str, str], ...]
# Encounter, pack, item, subject: what a tick is about.
_Matter = tuple[str | None, str, str, str]
_Ground = tuple[_Matter, str, _Facts]

# Between looking and writing nobody else may look: two threads would both keep the same.
_ONE_AT_A_TIME = threading.Lock()
# What is known only later about the same breach: the clock notes it while it happens.
_LATER = frozenset({"ended_day", "ended_time"})


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
    stands: no automatic tick beside it for the same item of the same encounter. What the user took back
    stays so while it would rest on the same facts. So does a breach stand that was noted while it
    happened, at its second of the sound. Ticks of packs that are not in use stay as they are: nobody
    judged them now. What the user did or left undone is advice, seen in the window and kept out of the
    evidence. Threads of this process wait for each other. Raises UNKNOWN_CASE.
    """
    with _ONE_AT_A_TIME:
        return _keep(desk, case_id)


def _keep(desk: Desk, case_id: str) -> KeptJudgements:
    case = desk.store.find_case(case_id)
    case_file = desk.store.case_file(case.id)
    standing = [tick for tick in case_file.ticks if not tick.withdrawn]
    packs = desk.packs
    found = [one for pack in packs for one in _of_other_side(pack, judge(pack, case_file))]
    own = _Said.by(tick for tick in standing if not tick.automatic)
    breaches = {_ground(one): one for one in found if one.verdict is Verdict.BREACHED and not own.has(one)}
    still = {(matter, rule) for matter, rule, _ in breaches}
    rules = _rules_of_items(packs)
    asked = _asked(packs)
    live = [
        tick for tick in standing if _noted_live(tick) and (_matter_of(tick), _rule(tick, rules)) in still
    ]
    noted, noted_ids = _Said.by(live), {tick.id for tick in live}
    wanted = {ground: one for ground, one in breaches.items() if not noted.has(one)}
    gone = [
        tick.id
        for tick in standing
        if tick.automatic
        and tick.id not in noted_ids
        and (tick.pack, tick.item, tick.rule) in asked
        # Taken out of what is wanted: the same ground twice would say nothing more, a second one goes too.
        and wanted.pop((_matter_of(tick), tick.rule, tick.facts), None) is None
    ]
    refused = _refused(desk, case.id, case_file.ticks, rules)
    now = desk.clock.now()
    ticks = tuple(_tick(one, case.id, now) for ground, one in wanted.items() if not refused.has(ground))
    _store(desk, case.id, gone, ticks, now)
    return KeptJudgements(ticks, tuple(gone))


def _store(desk: Desk, case_id: str, gone: Iterable[str], ticks: Iterable[Tick], now: Moment) -> None:
    # Withdrawn first: where the facts changed, the new tick is the one that stands.
    events: list[tuple[EventType, dict[str, Any]]] = [
        (EventType.TICK_WITHDRAWN, withdrawal_facts(tick_id, automatic=True)) for tick_id in gone
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


@dataclass(frozen=True, slots=True)
class _Said:
    """Which items ticks speak of: of an encounter, or outside encounters of the very same subject."""

    matters: frozenset[_Matter]

    @classmethod
    def by(cls, ticks: Iterable[Tick]) -> _Said:
        return cls(frozenset(_in_encounter(_matter_of(tick)) for tick in ticks))

    def has(self, judgement: Judgement) -> bool:
        matter = (judgement.encounter, judgement.pack, judgement.item, judgement.subject)
        return _in_encounter(matter) in self.matters


@dataclass(frozen=True, slots=True)
class _Refused:
    """What the user took back: by its facts, or as a whole where an older version noted few of them."""

    grounds: frozenset[_Ground]
    whole: frozenset[tuple[_Matter, str]]

    def has(self, ground: _Ground) -> bool:
        matter, rule, facts = ground
        return (matter, rule) in self.whole or (matter, rule, _lasting(facts)) in self.grounds


def _refused(
    desk: Desk, case_id: str, ticks: Iterable[Tick], rules: Mapping[tuple[str, str], str]
) -> _Refused:
    withdrawn = [tick for tick in ticks if tick.automatic and tick.withdrawn]
    by_user = taken_back(desk.store, case_id) if withdrawn else frozenset()
    refused = [
        (_matter_of(tick), _rule(tick, rules), _lasting(tick.facts))
        for tick in withdrawn
        if tick.id in by_user and tick.verdict is Verdict.BREACHED
    ]
    return _Refused(
        frozenset(refused), frozenset((matter, rule) for matter, rule, facts in refused if _are_few(facts))
    )


def _lasting(facts: _Facts) -> _Facts:
    return tuple(fact for fact in facts if fact[0] not in _LATER)


def _are_few(facts: _Facts) -> bool:
    """Whether the clock of an older version noted them: limits, and perhaps the second of the tick."""
    return {name for name, _ in facts} <= {"local_time", "closed_from", "closed_until", "unless_agreed"}


def _ground(judgement: Judgement) -> _Ground:
    matter = (judgement.encounter, judgement.pack, judgement.item, _subject(judgement))
    return matter, judgement.rule, judgement.facts


def _matter_of(tick: Tick) -> _Matter:
    return tick.encounter, tick.pack, tick.item, tick.subject


def _in_encounter(matter: _Matter) -> _Matter:
    encounter, pack, item, subject = matter
    return encounter, pack, item, subject if encounter is None else ""


def _subject(judgement: Judgement) -> str:
    """A tick about an encounter as a whole names no subject."""
    return "" if judgement.subject == judgement.encounter else judgement.subject


def _noted_live(tick: Tick) -> bool:
    """Whether a breach was noted by the clock while the recording ran."""
    return tick.automatic and tick.at_ms is not None and tick.verdict is Verdict.BREACHED


def _rules_of_items(packs: Iterable[RulePack]) -> dict[tuple[str, str], str]:
    """By pack and item the rule that decides it, for ticks of a version that did not name it."""
    return {
        (pack.id, item.id): item.check.rule
        for pack in packs
        for item in pack.items
        if item.check.kind is CheckKind.AUTOMATIC
    }


def _rule(tick: Tick, rules: Mapping[tuple[str, str], str]) -> str:
    return tick.rule or rules.get((tick.pack, tick.item), "")


def _of_other_side(pack: RulePack, found: Iterable[Judgement]) -> Iterator[Judgement]:
    mine = {item.id for item in pack.items if item.who is Who.USER}
    return (one for one in found if one.item not in mine)


def _asked(packs: Iterable[RulePack]) -> frozenset[tuple[str, str, str]]:
    """Which rules the packs in use ask for which of their items."""
    return frozenset(
        (pack.id, item.id, asked.rule)
        for pack in packs
        for item in pack.items
        for asked in automatic_rules(item.check)
    )
