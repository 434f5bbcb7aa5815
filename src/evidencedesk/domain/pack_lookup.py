"""Finds the words of ticks and notes among the rule packs at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidencedesk.domain.case import Tick
from evidencedesk.domain.rules import Marker, RuleItem, RulePack


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item as a pack words it; not ``exact`` when that is another version than the tick's own.

    ``item`` is None where the pack has no such item.
    """

    pack: RulePack
    item: RuleItem | None
    exact: bool


class PackLookup:
    """Packs by id and version. The first one of an id stands in for a version that is nowhere."""

    def __init__(self, packs: Iterable[RulePack]) -> None:
        self._exact: dict[tuple[str, str], RulePack] = {}
        self._stand_in: dict[str, RulePack] = {}
        self._markers: dict[str, Marker] = {}
        for pack in packs:
            self._exact.setdefault((pack.id, pack.version), pack)
            self._stand_in.setdefault(pack.id, pack)
            for marker in pack.markers:
                self._markers.setdefault(marker.id, marker)

    def find(self, tick: Tick) -> FoundItem | None:
        """What a tick is about; None when no pack of that id is at hand."""
        exact = self._exact.get((tick.pack, tick.pack_version))
        pack = exact or self._stand_in.get(tick.pack)
        if pack is None:
            return None
        item = next((one for one in pack.items if one.id == tick.item), None)
        return FoundItem(pack, item, exact=exact is not None)

    def told(self, ticks: Iterable[Tick]) -> tuple[RulePack, ...]:
        """Which packs word these ticks, each once, sorted by id and version."""
        found = (self.find(tick) for tick in ticks)
        packs = {(one.pack.id, one.pack.version): one.pack for one in found if one is not None}
        return tuple(packs[key] for key in sorted(packs))

    def marker(self, marker_id: str | None) -> Marker | None:
        """The marker of a note, as the first pack that has it words it."""
        return self._markers.get(marker_id) if marker_id else None
