"""Where a recording stands on the steady clock, reckoned from its own pulse journal."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.capture.clock_fit import ClockFit, fit_clock
from evidencedesk.capture.listening_plan import Piece
from evidencedesk.custody.pulses import Pulses
from evidencedesk.domain.pulse import PulseKind, SoundClock

_LEAST_S = 60
_CERTAIN_PPM = 200


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The stretches between gaps, and the device's own clock. Times count within ``boot``."""

    boot: str
    pieces: tuple[Piece, ...]
    clock: SoundClock


def time_line(pulses: Pulses, samples: int) -> TimeLine | None:
    """Read off a pulse journal; None when it has no first line or there are no samples.

    Each stretch is placed by its own arrivals; how fast the device runs is told by the longest one.
    """
    if not pulses.start or not samples:
        return None
    rate_hz = int(pulses.start["rate_hz"])
    edges = sorted({line["at_samples"] for line in pulses.lines if line["kind"] == PulseKind.GAP})
    starts = [0, *(edge for edge in edges if 0 < edge < samples)]
    ends = [*starts[1:], samples]
    points = [
        (line["clock_samples"], int(line["clock_mono_ns"]))
        for line in pulses.lines
        if line["kind"] == PulseKind.PULSE and "clock_samples" in line
    ]
    stretches = [
        (start, end, [point for point in points if start < point[0] <= end])
        for start, end in zip(starts, ends, strict=True)
    ]
    longest = max(stretches, key=lambda stretch: len(stretch[2]))
    fit = fit_clock(longest[2], rate_hz)
    if fit is not None and (
        fit.ppm_uncertainty > _CERTAIN_PPM or longest[1] - longest[0] < _LEAST_S * rate_hz
    ):
        fit = None  # the first seconds of a stream tell more of its buffers than of its clock
    placed: list[Piece] = []
    for start, end, arrivals in stretches:
        before = placed[-1] if placed else None
        mono_ns = _begins(start, arrivals, rate_hz, fit)
        if mono_ns is None:
            # Too short for a pulse: right behind the one before, or where the recording began.
            mono_ns = int(pulses.start["mono_ns"])
            if before is not None:
                mono_ns = before.mono_ns + before.samples * 1_000_000_000 // rate_hz
        placed.append(Piece(start, end - start, mono_ns))
    return TimeLine(str(pulses.start.get("boot", "")), tuple(placed), _clock(pulses, fit))


def _begins(start: int, arrivals: list[tuple[int, int]], rate_hz: int, fit: ClockFit | None) -> int | None:
    """Steady clock at a stretch's first sample: by the block that was least late."""
    true_rate_hz = rate_hz * (1 + fit.ppm / 1_000_000) if fit is not None else float(rate_hz)
    least = (mono_ns - round((at - start) * 1_000_000_000 / true_rate_hz) for at, mono_ns in arrivals)
    return min(least, default=None)


def _clock(pulses: Pulses, fit: ClockFit | None) -> SoundClock:
    sync = str(pulses.start.get("clock_sync", "unknown"))
    if fit is None:
        return SoundClock(sync)
    return SoundClock(sync, round(fit.ppm, 1), round(fit.ppm_uncertainty, 1))
