"""Notice that a clock was set, the time zone changed, or the computer slept, by comparing the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evidencedesk.domain.moment import Moment, parse_utc
from evidencedesk.domain.pulse import WarningCode

_JUMP_MS = 50
# Network time moves a clock by at most 500 ppm; what is slower than this is no jump.
_SLEW_PPM = 1000
_SLEEP_MS = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ClockNews:
    """What happened, and by how many milliseconds: signed for clocks, the length for a sleep."""

    code: WarningCode
    by_ms: int


@dataclass(frozen=True, slots=True)
class _Look:
    wall_us: int
    mono_us: int
    boot_us: int
    offset_minutes: int


class ClockWatch:
    """To be asked about once a second, with all clocks read together."""

    def __init__(self) -> None:
        self._last: _Look | None = None

    def look(self, now: Moment, boottime_ns: int) -> list[ClockNews]:
        """What happened since the last look."""
        wall_us = (parse_utc(now.utc) - _EPOCH) // _MICROSECOND
        look = _Look(wall_us, now.mono_ns // 1000, boottime_ns // 1000, now.offset_minutes)
        last, self._last = self._last, look
        if last is None:
            return []
        steady_us = look.mono_us - last.mono_us
        passed_us = look.boot_us - last.boot_us
        slept_ms = (passed_us - steady_us) // 1000
        news = [ClockNews(WarningCode.SLEPT, slept_ms)] if slept_ms > _SLEEP_MS else []
        # Compared with the boot clock, which runs on in sleep as the wall clock does: no sleep is a jump.
        jumped_us = look.wall_us - last.wall_us - passed_us
        allowed_us = _JUMP_MS * 1000 + passed_us * _SLEW_PPM // 1_000_000
        if abs(jumped_us) > allowed_us:
            news.append(ClockNews(WarningCode.CLOCK_JUMPED, round(jumped_us / 1000)))
        if look.offset_minutes != last.offset_minutes:
            minutes = look.offset_minutes - last.offset_minutes
            news.append(ClockNews(WarningCode.ZONE_CHANGED, minutes * 60_000))
        return news
