"""Which marks of a checklist stand."""

from __future__ import annotations

from collections.abc import Iterable

from evidencedesk.domain.case import Tick


def standing_ticks(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    """For each item and subject of an encounter the last mark that was not withdrawn, in journal order.

    An automatic mark never replaces the user's own.
    """
    standing: dict[tuple[str | None, str, str, str], Tick] = {}
    for tick in ticks:
        key = (tick.encounter, tick.pack, tick.item, tick.subject)
        known = standing.get(key)
        if tick.withdrawn or (known is not None and tick.automatic and not known.automatic):
            continue
        standing.pop(key, None)
        standing[key] = tick
    return tuple(standing.values())
