"""Find sound that never arrived, by counting samples against the steady clock.

A sound server that loses sound says nothing: no flag, no error. Blocks simply stand further from the
clock than before, and stay there. Blocks that are only late catch up again, which tells the two apart.
A computer's sleep is not seen here: the steady clock sleeps too.
"""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.capture.watch import STALL_S
from evidencedesk.domain.pulse import WarningCode

# Nothing shorter is called a gap: that much a busy computer shifts blocks without losing any.
_GAP_NS = 300_000_000
_SURE_NS = 2_000_000_000
# 50 microseconds for a block of 0.1 s: a sound card's clock may be wrong by 500 ppm.
_DRIFT_NS = 50_000


@dataclass(frozen=True, slots=True)
class Gap:
    """Sound missing after ``at_frames`` frames."""

    cause: WarningCode
    at_frames: int
    length_ms: int


@dataclass
class _Run:
    """Blocks that stand too far from the clock, one after the other."""

    began_ns: int
    least_ns: int
    cause: WarningCode


class GapWatch:
    """Looks at each block's stamp; names a gap once it has lasted for two seconds."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._usual_ns: int | None = None
        self._last_ns = 0
        self._near_frames = 0
        self._run: _Run | None = None

    def block(self, frames_so_far: int, mono_ns: int) -> Gap | None:
        """Take the stamp of a block, with the frames up to its end."""
        late_ns = mono_ns - frames_so_far * 1_000_000_000 // self._rate_hz
        if self._usual_ns is None:
            self._usual_ns, self._last_ns = late_ns, mono_ns
        pause_ns, self._last_ns = mono_ns - self._last_ns, mono_ns
        too_far_ns = late_ns - self._usual_ns
        if too_far_ns < _GAP_NS:
            # Drift is followed slowly upwards; downwards at once, since sound is never early.
            self._usual_ns += min(too_far_ns, _DRIFT_NS)
            self._near_frames = frames_so_far
            self._run = None
            return None
        if self._run is None:
            stalled = pause_ns >= STALL_S * 1_000_000_000
            cause = WarningCode.STALLED if stalled else WarningCode.OVERFLOW
            self._run = _Run(mono_ns, too_far_ns, cause)
        self._run.least_ns = min(self._run.least_ns, too_far_ns)
        if mono_ns - self._run.began_ns < _SURE_NS:
            return None
        gap = Gap(self._run.cause, self._near_frames, self._run.least_ns // 1_000_000)
        self._usual_ns += self._run.least_ns
        self._near_frames = frames_so_far
        self._run = None
        return gap
