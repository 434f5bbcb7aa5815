"""Where each sample stands on the steady clock, and how fast the sound device's own clock runs.

A block's arrival can be late for many reasons but never early, so the truth is the straight line that
all arrivals stand on or above and that lies as close below them as a line can. Late blocks, however
many and however late, do not move it. What it cannot see is a delay that all blocks share: the sound
itself is older than its block by that, some 10 to 40 ms with a sound server.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_LEAST_POINTS = 3
_LEAST_SPAN_NS = 2_000_000_000

_Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClockFit:
    """A device's clock against the steady clock.

    ``ppm`` is positive when the device gives more than ``rate_hz`` samples in a steady second.
    ``residual_ms`` is how late the middle one of the points is. ``ppm_uncertainty`` is the tilt of the
    line if its one end stood too late by twice that: ``ppm`` is wrong by more only if the usual lateness
    itself changed along the way, as when sound was lost. It shrinks with the length of the recording.
    """

    rate_hz: int
    first_sample_mono_ns: int
    ppm: float
    ppm_uncertainty: float
    residual_ms: float

    def mono_ns_of(self, sample: int) -> int:
        """Steady clock at a sample, counted from 0 per channel."""
        true_rate_hz = self.rate_hz * (1 + self.ppm / 1_000_000)
        return self.first_sample_mono_ns + round(sample * 1_000_000_000 / true_rate_hz)


def fit_clock(points: Sequence[tuple[int, int]], rate_hz: int) -> ClockFit | None:
    """Fit the arrivals of one stretch without gaps: (samples so far, steady nanoseconds) each.

    None for fewer than 3 points or less than 2 s: that says nothing about a clock.
    """
    if len(points) < _LEAST_POINTS:
        return None
    ordered = sorted(points)
    span_ns = ordered[-1][1] - ordered[0][1]
    if span_ns < _LEAST_SPAN_NS or ordered[-1][0] == ordered[0][0]:
        return None
    (from_samples, from_ns), (to_samples, to_ns) = _line_below(ordered)
    ns_per_sample = (to_ns - from_ns) / (to_samples - from_samples)
    late_ns = statistics.median(ns - from_ns - (at - from_samples) * ns_per_sample for at, ns in ordered)
    return ClockFit(
        rate_hz,
        first_sample_mono_ns=from_ns - round(from_samples * ns_per_sample),
        ppm=(1_000_000_000 / (rate_hz * ns_per_sample) - 1) * 1_000_000,
        ppm_uncertainty=2 * late_ns / span_ns * 1_000_000,
        residual_ms=late_ns / 1_000_000,
    )


def _line_below(ordered: Sequence[_Point]) -> tuple[_Point, _Point]:
    """Two points of the line that no point lies below and whose mean distance to all is least.

    That is the edge of the lower convex hull below the mean of the samples. Counted in whole numbers:
    steady nanoseconds times samples are too long for floating point.
    """
    hull: list[_Point] = []
    for point in ordered:
        if hull and hull[-1][0] == point[0]:
            continue
        while len(hull) > 1 and not _is_below(hull[-1], hull[-2], point):
            hull.pop()
        hull.append(point)
    total = sum(at for at, _ in ordered)
    right = next(i for i in range(1, len(hull)) if hull[i][0] * len(ordered) >= total)
    return hull[right - 1], hull[right]


def _is_below(middle: _Point, left: _Point, right: _Point) -> bool:
    rise = (middle[1] - left[1]) * (right[0] - left[0])
    return rise < (right[1] - left[1]) * (middle[0] - left[0])
