"""Chooses and groups the items of a pack for the law page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidencedesk.domain.rules import Phase, RuleItem, RulePack, Text
from evidencedesk.guidance.selection import GroupedItems, grouped

PHASES = (Phase.BEFORE, Phase.DOOR, Phase.CONVERSATION, Phase.AFTER, Phase.ANY)


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one phase under the pack's headings."""

    phase: Phase
    groups: tuple[GroupedItems, ...]


def sections(pack: RulePack, phase: Phase | None, query: str) -> tuple[Section, ...]:
    """Return the items to show.

    With a phase: everything that matters in it. Without: every item once, in its first phase. The
    query is looked for in both languages, in every text of an item.
    """
    wanted = query.split()
    chosen = tuple(item for item in pack.items if _has(pack, item, wanted))
    if phase is not None:
        chosen = tuple(i for i in chosen if phase in i.phases or Phase.ANY in i.phases)
        return _sections(pack, [(phase, chosen)])
    return _sections(pack, [(p, [i for i in chosen if _first_phase(i) is p]) for p in PHASES])


def count(found: Iterable[Section]) -> int:
    """How many items are shown."""
    return sum(len(group.items) for section in found for group in section.groups)


def _sections(pack: RulePack, parts: Iterable[tuple[Phase, Iterable[RuleItem]]]) -> tuple[Section, ...]:
    found = (Section(phase, grouped(pack, _in_order(items))) for phase, items in parts)
    return tuple(section for section in found if section.groups)


def _in_order(items: Iterable[RuleItem]) -> list[RuleItem]:
    return sorted(items, key=lambda item: item.order)


def _first_phase(item: RuleItem) -> Phase:
    return next(phase for phase in PHASES if phase in item.phases)


def _has(pack: RulePack, item: RuleItem, wanted: list[str]) -> bool:
    texts: list[Text | None] = [item.text, item.hint, item.say]
    for source in item.sources:
        texts += [source.document, source.place]
    texts += [group.title for group in pack.groups if group.id == item.group]
    everything = "\n".join(f"{text.zh}\n{text.en}" for text in texts if text is not None).casefold()
    return all(word.casefold() in everything for word in wanted)
