"""Which ticks stand: the last one of each matter that was not withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from evidencedesk.domain.case import Tick


def standing_ticks(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    """Return one tick for each encounter, pack, item and subject, in the order in which they were set."""
    last: dict[tuple[str | None, str, str, str], Tick] = {}
    for tick in ticks:
        if not tick.withdrawn:
            key = (tick.encounter, tick.pack, tick.item, tick.subject)
            last.pop(key, None)
            last[key] = tick
    return tuple(last.values())
