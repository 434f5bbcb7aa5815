"""Where each stretch of sound stands in a listening copy. Pure reckoning: no file is touched here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_SECOND_NS = 1_000_000_000
# Two stretches this near to each other are one sound that goes on: the clocks are not known better.
_TOGETHER_MS = 1


class Side(StrEnum):
    """Which ear hears a track."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file without gaps, and the steady clock at its first sample.

    Samples count per channel. Between two pieces of a track there is a gap.
    """

    first_sample: int
    samples: int
    mono_ns: int


@dataclass(frozen=True, slots=True)
class Track:
    """One sound file. ``ppm`` is how much faster than ``rate_hz`` its device ran (``clock_fit``)."""

    path: Path
    rate_hz: int
    channels: int
    side: Side
    pieces: tuple[Piece, ...]
    ppm: float = 0.0

    @property
    def true_rate_hz(self) -> float:
        """Samples in a second of the steady clock."""
        return self.rate_hz * (1 + self.ppm / 1_000_000)


@dataclass(frozen=True, slots=True)
class Stretch:
    """``samples`` of a track from ``first_sample`` on, heard from frame ``start`` to before ``end``."""

    track: Track
    first_sample: int
    samples: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Stretches that follow each other without a break, to be resampled as one sound."""

    start: int
    stretches: tuple[Stretch, ...]

    @property
    def end(self) -> int:
        """The frame after the last."""
        return self.stretches[-1].end


def runs_of(tracks: Iterable[Track], rate_hz: int, origin_ns: int) -> list[Run]:
    """All sound of one side in the order of time, nothing twice; frames count from ``origin_ns``."""
    together = max(1, rate_hz * _TOGETHER_MS // 1000)
    heard: list[Stretch] = []
    for piece, track in _by_time(tracks):
        begins = (piece.mono_ns - origin_ns) * rate_hz / _SECOND_NS
        start, end = round(begins), round(begins + piece.samples * rate_hz / track.true_rate_hz)
        if heard and abs(start - heard[-1].end) <= together:
            start = heard[-1].end
        if end > start:
            _lay_over(heard, Stretch(track, piece.first_sample, piece.samples, start, end))
    return _joined(heard, rate_hz, together)


def _by_time(tracks: Iterable[Track]) -> list[tuple[Piece, Track]]:
    placed = [(piece, track) for track in tracks for piece in track.pieces if piece.samples > 0]
    return sorted(placed, key=lambda each: each[0].mono_ns)


def _lay_over(heard: list[Stretch], newest: Stretch) -> None:
    """Put a stretch in; where others stand already, it takes their place.

    One side is one microphone, so two pieces at one time are no two sounds but an error of their clocks.
    Mixed they would be an echo. The beginning of the later one was placed by a fresh look at the clock,
    the end of the earlier one carries what its clock went wrong since its own beginning.
    """
    after: list[Stretch] = []
    while heard and heard[-1].end > newest.start:
        old = heard.pop()
        if old.end > newest.end:
            after.append(_cut(old, max(old.start, newest.end), old.end))
        if old.start < newest.start:
            heard.append(_cut(old, old.start, newest.start))
            break
    heard += [newest, *reversed(after)]


def _cut(stretch: Stretch, start: int, end: int) -> Stretch:
    """The part of a stretch that is heard from frame ``start`` to before ``end``."""
    per_frame = stretch.samples / (stretch.end - stretch.start)
    skipped = round((start - stretch.start) * per_frame)
    samples = min(stretch.samples - skipped, round((end - start) * per_frame))
    return Stretch(stretch.track, stretch.first_sample + skipped, samples, start, end)


def _joined(heard: Sequence[Stretch], rate_hz: int, together: int) -> list[Run]:
    runs: list[Run] = []
    # Where the sound itself ends when its samples are simply counted on from the beginning of the run.
    counted_end = 0.0
    for stretch in heard:
        pace = stretch.track.true_rate_hz
        if (
            runs
            and runs[-1].end == stretch.start
            and abs(counted_end - stretch.start) <= together
            and runs[-1].stretches[-1].track.true_rate_hz == pace
        ):
            runs[-1] = Run(runs[-1].start, (*runs[-1].stretches, stretch))
        else:
            runs.append(Run(stretch.start, (stretch,)))
            counted_end = stretch.start
        counted_end += stretch.samples * rate_hz / pace
    return runs
