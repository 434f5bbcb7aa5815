"""Chooses which items of the packs a page shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evidencedesk.domain.rules import (
    Caution,
    CheckKind,
    ConsentNotice,
    Group,
    Phase,
    RuleItem,
    RulePack,
    Topic,
    Who,
)

PRIMARY_LIMIT = 8  # what can be taken in at a glance
VISIT_PHASES = (Phase.BEFORE, Phase.DOOR, Phase.CONVERSATION, Phase.AFTER)


@dataclass(frozen=True, slots=True)
class GroupedItems:
    """Items under their heading."""

    group: Group
    items: tuple[RuleItem, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """An item with the pack it comes from; ``also`` are the items of other packs on the same rule."""

    pack: RulePack
    item: RuleItem
    also: tuple[Duty, ...] = ()

    @property
    def members(self) -> tuple[Duty, ...]:
        """This one and those shown with it."""
        return (self, *self.also)

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What the packs warn of beside it."""
        return tuple(
            caution for one in self.members for caution in one.pack.cautions if one.item.id in caution.items
        )


@dataclass(frozen=True, slots=True)
class PhaseList:
    """What matters in a phase; ``primary`` is on the screen at once, ``more`` one touch away."""

    primary: tuple[Duty, ...]
    more: tuple[Duty, ...]

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All of it, in its order."""
        return self.primary + self.more


def now_matters(pack: RulePack, phase: Phase) -> tuple[RuleItem, ...]:
    """Return the items of a phase and those of every phase, in screen order."""
    return _in_order(item for item in pack.items if phase in item.phases or Phase.ANY in item.phases)


def phase_list(packs: Sequence[RulePack], phase: Phase) -> PhaseList:
    """Return what matters in a phase, the most important first; the order never depends on what happens.

    The leading pack comes first. In each pack the items that have their home in this phase lead; one of
    several phases has it where its place in the pack's order is. What the clock decides at any time needs no
    hand and follows. An item whose rule the leading pack has too is shown with it.
    """
    duties = [Duty(pack, item) for pack in packs for item in _by_weight(pack, phase)]
    alone: list[Duty] = []
    for duty in duties:
        place = _same_rule(alone, duty)
        if place is None:
            alone.append(duty)
        else:
            alone[place] = replace(alone[place], also=(*alone[place].also, duty))
    return PhaseList(tuple(alone[:PRIMARY_LIMIT]), tuple(alone[PRIMARY_LIMIT:]))


def before_list(pack: RulePack) -> tuple[RuleItem, ...]:
    """Return what the user can do or find out before anyone comes: the record page's list."""
    return tuple(
        item
        for item in now_matters(pack, Phase.BEFORE)
        if item.who is Who.USER or Phase.BEFORE in item.phases
    )


def own_conduct(pack: RulePack) -> tuple[RuleItem, ...]:
    """Return what the user should keep to all the time, and what not to give away."""
    return tuple(
        item
        for item in _in_order(pack.items)
        if item.who is Who.USER and (Phase.ANY in item.phases or item.check.rule.endswith("-in-text"))
    )


def cautions_about(packs: Iterable[RulePack], topic: Topic) -> tuple[Caution, ...]:
    """Return what packs say to be careful with, each text once."""
    found = (caution for pack in packs for caution in pack.cautions if caution.topic is topic)
    return tuple({caution.text: caution for caution in reversed(tuple(found))}.values())[::-1]


def consent_notice(packs: Iterable[RulePack]) -> ConsentNotice | None:
    """Return what the first pack that has something to say about recording says."""
    return next((pack.consent for pack in packs if pack.consent is not None), None)


def grouped(pack: RulePack, items: Iterable[RuleItem]) -> tuple[GroupedItems, ...]:
    """Put items under the pack's headings, leaving empty headings out."""
    chosen = tuple(items)
    found = ((group, tuple(item for item in chosen if item.group == group.id)) for group in pack.groups)
    return tuple(GroupedItems(group, members) for group, members in found if members)


def _in_order(items: Iterable[RuleItem]) -> tuple[RuleItem, ...]:
    return tuple(sorted(items, key=lambda item: item.order))


def _by_weight(pack: RulePack, phase: Phase) -> list[RuleItem]:
    def weight(item: RuleItem) -> tuple[bool, int]:
        by_clock = item.check.kind is CheckKind.AUTOMATIC and Phase.ANY in item.phases
        return _home(pack, item) is not phase or by_clock, item.order

    return sorted(now_matters(pack, phase), key=weight)


def _home(pack: RulePack, item: RuleItem) -> Phase:
    """The phase an item leads in: of those it has, the one whose own items stand nearest to it."""
    if len(item.phases) == 1 and Phase.ANY not in item.phases:
        return item.phases[0]
    own = [
        other
        for other in pack.items
        if len(other.phases) == 1
        and Phase.ANY not in other.phases
        and (Phase.ANY in item.phases or other.phases[0] in item.phases)
    ]
    if not own:
        return item.phases[0]
    return min(own, key=lambda other: abs(other.order - item.order)).phases[0]


def _same_rule(before: Sequence[Duty], duty: Duty) -> int | None:
    """Where an item of another pack stands already that asks the same; rather one whose limit differs."""
    found = [
        place
        for place, other in enumerate(before)
        if duty.item.check.kind is CheckKind.AUTOMATIC
        and other.item.check.rule == duty.item.check.rule
        and other.pack.id != duty.pack.id
    ]
    asked = dict(duty.item.check.parameters)
    for place in found:
        limits = dict(before[place].item.check.parameters)
        if any(limits.get(name, value) != value for name, value in asked.items()):
            return place
    return found[0] if found else None
