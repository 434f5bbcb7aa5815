"""What several packs in use give the encounter page together: markers, numbers to call, reminders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidencedesk.domain.rules import Hotline, Marker, RulePack
from evidencedesk.guidance.judge import automatic_rules
from evidencedesk.guidance.selection import own_conduct

_KEYS = tuple(f"F{number}" for number in range(1, 12))


@dataclass(frozen=True, slots=True)
class MarkerInUse:
    """A marker and the pack it comes from, whose item it names. Its key is empty where none was free."""

    pack: str
    marker: Marker


def markers_in_use(packs: Sequence[RulePack]) -> tuple[MarkerInUse, ...]:
    """Return the markers of all packs, the first of one id, each on a key of its own.

    A later one whose key is taken gets a free one. Where none is free it is left out, unless a rule of a
    pack in use looks at it: then it is there without a key.
    """
    found: dict[str, MarkerInUse] = {}
    keys: set[str] = set()
    asked = {name for pack in packs for name in _asked_for(pack)}
    for pack in packs:
        late = []
        for marker in pack.markers:
            if marker.id in found:
                continue
            if marker.key in keys:
                late.append(marker)
                continue
            keys.add(marker.key)
            found[marker.id] = MarkerInUse(pack.id, marker)
        for marker in late:
            free = next((key for key in _KEYS if key not in keys), "")
            if free or marker.id in asked:
                keys.add(free)
                found[marker.id] = MarkerInUse(pack.id, replace(marker, key=free))
    return tuple(found.values())


def hotlines_in_use(packs: Sequence[RulePack]) -> tuple[Hotline, ...]:
    """Return the numbers of all packs, each once, in the words of the first that has it."""
    found: dict[str, Hotline] = {}
    for pack in packs:
        for hotline in pack.hotlines:
            found.setdefault(hotline.number, hotline)
    return tuple(found.values())


def reminding_pack(packs: Sequence[RulePack]) -> RulePack:
    """Return the first pack that says what the user should keep to; the leading one where none does."""
    return next((pack for pack in packs if pack.keep_private is not None or own_conduct(pack)), packs[0])


def _asked_for(pack: RulePack) -> Iterator[str]:
    """The markers that rules of a pack look at."""
    for item in pack.items:
        for asked in automatic_rules(item.check):
            parameters = dict(asked.parameters)
            if "marker" in parameters:
                yield parameters["marker"]
