"""A moment: what the wall clock and the steady clock said together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

_UTC_TEXT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant, as this computer knew it.

    ``utc`` has microseconds and a final Z. ``offset_minutes`` is local time minus UTC at that
    instant. ``mono_ns`` never jumps but only counts within one ``boot``.
    """

    utc: str
    offset_minutes: int
    boot: str
    mono_ns: int

    def __post_init__(self) -> None:
        if not _UTC_TEXT.fullmatch(self.utc):
            raise ValueError(f"not a UTC moment: {self.utc!r}")

    @property
    def local(self) -> datetime:
        """The same instant in the local time of the place where it was taken."""
        zone = timezone(timedelta(minutes=self.offset_minutes))
        return parse_utc(self.utc).astimezone(zone)


class Clock(Protocol):
    """Where moments come from; tests bring their own."""

    def now(self) -> Moment:
        """Read all clocks."""
        ...

    def boottime_ns(self) -> int:
        """Nanoseconds since boot, counting suspended time where the system can."""
        ...


def format_utc(instant: datetime) -> str:
    """Write an aware datetime as ``2026-11-23T14:05:09.123456Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_utc(text: str) -> datetime:
    """Read what ``format_utc`` wrote. Raises ValueError."""
    if not _UTC_TEXT.fullmatch(text):
        raise ValueError(f"not a UTC moment: {text!r}")
    return datetime.fromisoformat(text)


def local_text(utc: str, offset_minutes: int) -> str:
    """Write a moment for people: ``2026-11-23 22:05:09 (UTC+08:00)``."""
    zone = timezone(timedelta(minutes=offset_minutes))
    local = parse_utc(utc).astimezone(zone)
    sign = "-" if offset_minutes < 0 else "+"
    hours, minutes = divmod(abs(offset_minutes), 60)
    return f"{local:%Y-%m-%d %H:%M:%S} (UTC{sign}{hours:02}:{minutes:02})"


def clock_text(milliseconds: int) -> str:
    """Write a position in a recording: ``00:12:31``."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
