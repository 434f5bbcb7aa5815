"""Sound that is like speech to an encoder."""

from __future__ import annotations

import numpy as np
from benchmarks.frame_counter import Samples


def voice(seconds: int, rate_hz: int) -> Samples:
    """Voiced syllables with pauses, over the noise of a room; one channel, the same each time."""
    generator = np.random.default_rng(20260519)
    at_s = np.arange(seconds * rate_hz) / rate_hz
    pitch = np.cumsum(120 + 25 * np.sin(2 * np.pi * 0.7 * at_s)) / rate_hz
    voiced = np.zeros_like(at_s)
    for harmonic in range(1, 25):
        voiced += np.sin(2 * np.pi * harmonic * pitch) / harmonic
    syllables = np.clip(np.sin(2 * np.pi * 3.5 * at_s), 0, None) * (np.sin(2 * np.pi * 0.4 * at_s) > -0.5)
    room = 0.002 * generator.standard_normal(len(at_s))
    return np.asarray((0.15 * voiced * syllables + room) * 32_000, dtype=np.int16)
