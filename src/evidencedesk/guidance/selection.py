"""Chooses which items of a pack a page shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidencedesk.domain.rules import Caution, ConsentNotice, Group, Phase, RuleItem, RulePack, Topic, Who

PRIMARY_LIMIT = 8  # what fits on the encounter page without scrolling


@dataclass(frozen=True, slots=True)
class GroupedItems:
    """Items under their heading."""

    group: Group
    items: tuple[RuleItem, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What the other side must and must not do; ``primary`` is on the screen from the start."""

    primary: tuple[RuleItem, ...]
    more: tuple[RuleItem, ...]


def now_matters(pack: RulePack, phase: Phase) -> tuple[RuleItem, ...]:
    """Return the items of a phase and those of every phase, in screen order."""
    return _in_order(item for item in pack.items if phase in item.phases or Phase.ANY in item.phases)


def before_list(pack: RulePack) -> tuple[RuleItem, ...]:
    """Return what the user can do or find out before anyone comes: the record page's list."""
    return tuple(
        item
        for item in now_matters(pack, Phase.BEFORE)
        if item.who is Who.USER or Phase.BEFORE in item.phases
    )


def boundaries(pack: RulePack) -> Boundaries:
    """Return the other side's duties at the door and in conversation: the encounter page's list."""
    wanted = {Phase.DOOR, Phase.CONVERSATION, Phase.ANY}
    items = _in_order(
        item for item in pack.items if item.who is not Who.USER and wanted.intersection(item.phases)
    )
    return Boundaries(primary=items[:PRIMARY_LIMIT], more=items[PRIMARY_LIMIT:])


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
