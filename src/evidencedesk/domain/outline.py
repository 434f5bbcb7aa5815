"""The outline of a sound, in several degrees of detail, so that any stretch of it is drawn at once."""

from __future__ import annotations

from dataclasses import dataclass

# The finest degree; each next one is coarser by this factor.
STEP_MS = 10
FACTOR = 8
FULL = 127
_COARSE_ENOUGH = 512


@dataclass(frozen=True, slots=True)
class Outline:
    """Heights 0..127, one byte for each step; ``levels`` begin with the finest."""

    levels: tuple[bytes, ...]

    def heights(self, begin_ms: float, end_ms: float, count: int) -> list[int]:
        """The greatest height in each of ``count`` equal parts of a stretch; 0 outside the sound."""
        wide_ms = (end_ms - begin_ms) / max(1, count)
        level, step_ms = 0, float(STEP_MS)
        while level + 1 < len(self.levels) and step_ms * FACTOR <= wide_ms:
            level, step_ms = level + 1, step_ms * FACTOR
        steps = self.levels[level] if self.levels else b""
        found = []
        for part in range(count):
            at_ms = begin_ms + part * wide_ms
            first = max(0, int(at_ms // step_ms))
            last = max(first + 1, int((at_ms + wide_ms) // step_ms))
            found.append(max(steps[first:last], default=0) if at_ms + wide_ms > 0 else 0)
        return found


def coarser(finest: bytes) -> tuple[bytes, ...]:
    """All degrees that follow from the finest one, until one of them is a few hundred steps long."""
    levels = [finest]
    for _ in level_lengths(len(finest))[1:]:
        steps = levels[-1]
        levels.append(bytes(max(steps[at : at + FACTOR]) for at in range(0, len(steps), FACTOR)))
    return tuple(levels)


def level_lengths(finest: int) -> list[int]:
    """How many steps each degree has when the finest has so many."""
    lengths = [finest]
    while lengths[-1] > _COARSE_ENOUGH:
        lengths.append(-(-lengths[-1] // FACTOR))
    return lengths
