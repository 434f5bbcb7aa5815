"""Levels and outlines of blocks, computed away from the audio callback."""

from __future__ import annotations

import math
from array import array

import numpy as np

COLUMN_S = 0.05
_FULL_SCALE = 32768


def peak_and_rms(pcm: bytes) -> tuple[int, int]:
    """Peak and root mean square of interleaved int16, each 0..1000 of full scale."""
    samples = np.frombuffer(pcm, dtype="<i2")
    if not len(samples):
        return 0, 0
    peak = max(int(samples.max()), -int(samples.min()))
    levels = samples.astype(np.float32)
    rms = math.sqrt(float(np.dot(levels, levels)) / len(levels))
    return peak * 1000 // _FULL_SCALE, int(rms * 1000 / _FULL_SCALE)


class Columns:
    """(min, max) of the first channel for each 50 ms, two bytes a column: 24 hours are 3.5 MB."""

    def __init__(self) -> None:
        self._pairs = array("b")
        self.format(1, 1)

    def format(self, rate_hz: int, channels: int) -> None:
        """What the next blocks are made of."""
        self._frames = max(1, int(rate_hz * COLUMN_S))
        self._channels = channels
        self._rest = np.zeros(0, dtype=np.int16)

    def add(self, pcm: bytes) -> None:
        """Take a block in."""
        first = np.frombuffer(pcm, dtype="<i2")[:: self._channels]
        samples = np.concatenate((self._rest, first))
        whole = len(samples) // self._frames
        shaped = samples[: whole * self._frames].reshape(whole, self._frames)
        self._rest = samples[whole * self._frames :]
        if not whole:
            return
        low = shaped.min(axis=1).astype(np.int32) * 127 // _FULL_SCALE
        high = shaped.max(axis=1).astype(np.int32) * 127 // _FULL_SCALE
        for pair in zip(low.tolist(), high.tolist(), strict=True):
            self._pairs.extend(pair)

    def since(self, index: int) -> tuple[tuple[int, int], ...]:
        """All columns from ``index`` on."""
        flat = self._pairs[2 * index :]
        return tuple(zip(flat[0::2], flat[1::2], strict=True))
