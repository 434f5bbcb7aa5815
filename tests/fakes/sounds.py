"""Sounds in memory for the tests of playing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr


def read_mono(path: Path, rate_hz: int = 48_000) -> npt.NDArray[np.float32]:
    """A whole file, mixed down, at this rate."""
    sound, rate = sf.read(path, dtype="float32", always_2d=True)
    made = soxr.resample(sound.mean(axis=1), rate, rate_hz)
    return np.asarray(made, dtype=np.float32)
