"""The machine's clocks, read together."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evidencedesk.domain.moment import Clock, Moment, format_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZONE_HOLDS_NS = 1_000_000_000
_BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")


class SystemClock(Clock):
    """Wall clock for people, steady clock for distances, and the boot it counts in."""

    def __init__(self, boot_id_file: Path = _BOOT_ID_FILE) -> None:
        self._boot = _boot_id(boot_id_file)
        self._zone_read_ns = 0

    def now(self) -> Moment:
        """Read all clocks."""
        # Read back to back, before anything else is computed: the two must mean the same instant.
        mono_ns = time.monotonic_ns()
        wall_ns = time.time_ns()
        self._look_at_zone(mono_ns)
        seconds, rest_ns = divmod(wall_ns, 1_000_000_000)
        instant = _EPOCH + timedelta(seconds=seconds, microseconds=rest_ns // 1000)
        offset_minutes = time.localtime(seconds).tm_gmtoff // 60
        return Moment(format_utc(instant), offset_minutes, self._boot, mono_ns)

    def _look_at_zone(self, mono_ns: int) -> None:
        """Let the C library read the time zone again: it reads it once, and a traveller may change it."""
        if hasattr(time, "tzset") and mono_ns - self._zone_read_ns >= _ZONE_HOLDS_NS:
            self._zone_read_ns = mono_ns
            time.tzset()

    def boottime_ns(self) -> int:
        """Nanoseconds since boot, counting suspended time where the system can."""
        clock = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)


def _boot_id(path: Path) -> str:
    try:
        return str(uuid.UUID(path.read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        # Without a name for the boot, steady times may only be compared within this process.
        return str(uuid.uuid4())
