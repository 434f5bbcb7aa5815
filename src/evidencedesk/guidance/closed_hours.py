"""The hours of a day in which nobody may get in touch, and whether a stretch of time touches them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClosedHours:
    """After ``closed_from``, before ``closed_until``, or between the two; both limits are still allowed.

    "Not after 21:00" leaves 21:00:00 open; the first closed second is 21:00:01. Everything here is local
    wall time without a zone, in whole seconds.
    """

    closed_from: time | None
    closed_until: time | None

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> ClosedHours:
        """The hours that a pack's parameters say."""
        late, early = parameters.get("closed_from"), parameters.get("closed_until")
        return cls(time.fromisoformat(late) if late else None, time.fromisoformat(early) if early else None)

    def first_closed(self, begun: datetime, ended: datetime) -> datetime | None:
        """The first closed second from ``begun`` to ``ended``, both included, or None."""
        # Every closed time comes once a day: a longer stretch holds nothing new.
        ended = min(ended, begun + _DAY)
        touched = [
            max(first, begun)
            for first, last in self._windows(begun, ended)
            if first <= last and first <= ended and begun <= last
        ]
        return min(touched, default=None)

    def limit_passed(self, closed: datetime) -> str:
        """The name of the parameter that a closed second passed."""
        if self.closed_from is not None and closed.time() > self.closed_from:
            return "closed_from"
        # Between midnight and the morning both limits of a night are passed; the morning is nearer.
        return "closed_until"

    def _windows(self, begun: datetime, ended: datetime) -> Iterator[tuple[datetime, datetime]]:
        """First and last closed second of every window that a stretch can touch."""
        late, early = self.closed_from, self.closed_until
        day = begun.date() - _DAY
        while day <= ended.date():
            midnight = datetime.combine(day, time())
            first = midnight if late is None else datetime.combine(day, late) + _SECOND
            over_night = late is not None and early is not None and early <= late
            end = midnight + _DAY if early is None else datetime.combine(day, early)
            yield first, end - _SECOND + (_DAY if over_night else timedelta())
            day += _DAY
