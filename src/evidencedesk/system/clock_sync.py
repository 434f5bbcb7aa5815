"""Whether the system says that its clock is kept by network time.

Linux answers by ``ntp_adjtime`` (man 3 ntp_adjtime), which needs no rights and no service. Windows and
macOS are not asked: the answer there is *unknown*.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from enum import StrEnum

_STA_UNSYNC = 0x0040
_TIME_ERROR = 5


class ClockSyncState(StrEnum):
    """What the system says."""

    SYNCHRONISED = "synchronised"
    UNSYNCHRONISED = "unsynchronised"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ClockSync:
    """The state, and the most the clock can be wrong by as the kernel reckons, in microseconds."""

    state: ClockSyncState
    max_error_us: int | None = None


class _Timex(ctypes.Structure):
    """``struct timex`` of 64-bit and 32-bit Linux; only the first fields are read."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def clock_sync() -> ClockSync:
    """Ask the system; never raises, never waits."""
    if not sys.platform.startswith("linux"):
        return ClockSync(ClockSyncState.UNKNOWN)
    try:
        asked = ctypes.CDLL(None, use_errno=True).ntp_adjtime
    except (OSError, AttributeError):
        return ClockSync(ClockSyncState.UNKNOWN)
    state = _Timex(modes=0)
    answer = int(asked(ctypes.byref(state)))
    if answer < 0:
        return ClockSync(ClockSyncState.UNKNOWN)
    if answer == _TIME_ERROR or state.status & _STA_UNSYNC:
        return ClockSync(ClockSyncState.UNSYNCHRONISED)
    return ClockSync(ClockSyncState.SYNCHRONISED, int(state.maxerror))
