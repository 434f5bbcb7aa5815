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


def stairs(path: Path, seconds: int, rate_hz: int = 48_000, first_hz: float = 400.0) -> None:
    """A file whose every second has a tone of its own: 50 Hz higher than the second before."""
    at = np.arange(seconds * rate_hz) / rate_hz
    tone = 0.4 * np.sin(2 * np.pi * (first_hz + 50 * np.floor(at)) * at)
    sf.write(path, tone, rate_hz, subtype="PCM_16")


def second_of(sound: npt.NDArray[np.float32], first_hz: float = 400.0, rate_hz: int = 48_000) -> float | None:
    """Which second of ``stairs`` is heard; None for silence."""
    if float(np.max(np.abs(sound))) < 0.01:
        return None
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), rate_hz))
    return (float(np.argmax(spectrum)) - first_hz) / 50
