"""Draws a waveform as one SVG path."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

BARS = 240
HEIGHT = 200  # of the drawing's own units; the page stretches it
_BAR_WIDTH = 0.6


def waveform_path(columns: Sequence[tuple[float, float]]) -> str:
    """Return the path of at most ``BARS`` bars, each one unit wide, the loudest filling the height.

    Columns are (min, max); neighbours are merged so that no peak is lost.
    """
    bars = merged(columns, BARS)
    loudest = max((max(abs(low), abs(high)) for low, high in bars), default=0) or 1
    middle = HEIGHT / 2
    parts = []
    for number, (low, high) in enumerate(bars):
        # A hair line stays visible in silence: nothing heard is not nothing recorded.
        top = min(middle - high / loudest * middle * 0.94, middle - 2)
        bottom = max(middle - low / loudest * middle * 0.94, middle + 2)
        parts.append(f"M{number + 0.2:g} {top:.0f}h{_BAR_WIDTH}V{bottom:.0f}h-{_BAR_WIDTH}z")
    return "".join(parts)


def merged(columns: Sequence[tuple[float, float]], limit: int) -> list[tuple[float, float]]:
    """Join neighbouring columns until there are at most ``limit``."""
    count = min(limit, len(columns))
    edges = [number * len(columns) // count for number in range(count + 1)] if count else [0]
    return [
        (min(low for low, _ in columns[start:end]), max(high for _, high in columns[start:end]))
        for start, end in itertools.pairwise(edges)
    ]
