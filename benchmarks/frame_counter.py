"""A signal in which every frame says where it stands, so that lost, repeated and wrong frames are counted.

Two 16-bit samples make one pair: the first is negative and carries the low 14 bits of the pair's number,
the second is not negative and carries the high 14 bits. It counts for 3.1 hours at 48 kHz and stays below
half of full scale, so that no recorder calls it clipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf

Samples = npt.NDArray[np.int16]
_BITS = 14
_MASK = (1 << _BITS) - 1
LENGTH_FRAMES = 1 << (2 * _BITS + 1)
# A place is believed when so many pairs in a row agree on it: one damaged sample is no jump.
_AGREEING_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What a recording of the signal holds.

    ``first`` is the number of the frame it begins with and ``end`` the one after its last. ``lost`` and
    ``repeated`` are frames left out or given twice in between, ``wrong`` are frames with another value
    than the signal has there.
    """

    first: int
    end: int
    lost: int
    repeated: int
    wrong: int


def signal(first: int, count: int) -> Samples:
    """Frames ``first`` to ``first + count`` of the signal, one channel."""
    numbers = np.arange(first, first + count, dtype=np.int64)
    if count and int(numbers[-1]) >= LENGTH_FRAMES:
        raise ValueError("the frame counter is full")
    pairs = numbers >> 1
    low = -1 - (pairs & _MASK)
    high = pairs >> _BITS
    return np.where(numbers & 1, high, low).astype(np.int16)


def read(samples: Samples) -> Reading | None:
    """Find the recorded frames in the signal; None when nothing of it is there."""
    begins, offsets = _places(samples)
    if not len(begins):
        return None
    ends = np.append(begins[1:], len(samples))
    begins[0] = 0
    wrong = 0
    for begin, end, offset in zip(begins.tolist(), ends.tolist(), offsets.tolist(), strict=True):
        unheard = max(0, -offset - begin)  # before frame 0 there was no signal
        heard = samples[begin + unheard : end]
        wrong += unheard + int((heard != signal(begin + unheard + offset, len(heard))).sum())
    jumps = np.diff(offsets)
    return Reading(
        first=int(offsets[0]),
        end=int(offsets[-1]) + len(samples),
        lost=int(jumps[jumps > 0].sum()),
        repeated=-int(jumps[jumps < 0].sum()),
        wrong=wrong,
    )


def read_file(path: Path) -> tuple[Reading | None, float]:
    """The reading of a sound file's first channel, and its length in seconds."""
    samples, rate_hz = sf.read(path, dtype="int16", always_2d=True)
    return read(np.ascontiguousarray(samples[:, 0])), len(samples) / rate_hz


def _places(samples: Samples) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where runs of agreeing pairs begin, and by how much the signal's number is ahead there."""
    wide = samples.astype(np.int64)
    at = np.flatnonzero((wide[:-1] < 0) & (wide[1:] >= 0))
    numbers = 2 * ((wide[at + 1] << _BITS) | (-1 - wide[at]))
    ahead = numbers - at
    changes = np.flatnonzero(np.diff(ahead)) + 1
    starts = np.concatenate(([0], changes))
    lengths = np.diff(np.append(starts, len(at)))
    kept = starts[lengths >= _AGREEING_PAIRS]
    begins, offsets = at[kept], ahead[kept]
    # A run that goes on behind a damaged sample is still the same run.
    new = np.concatenate(([True], np.diff(offsets) != 0)) if len(offsets) else np.zeros(0, dtype=bool)
    return begins[new], offsets[new]
