"""Sounds in which somebody speaks: the demo's voice, with silence where a test wants it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf

from evidencedesk.system.resources import resource

RATE_HZ = 22_050
# In the demo somebody speaks between these seconds without a long pause.
VOICE_S = (2.0, 6.0)


def spoken(path: Path, silences_s: Sequence[float], rate_hz: int = RATE_HZ) -> Path:
    """Four seconds of a voice between each two of the silences, which are quiet noise."""
    samples, _ = sf.read(resource("demo") / "visit.flac", dtype="float32")
    voice = samples[int(VOICE_S[0] * RATE_HZ) : int(VOICE_S[1] * RATE_HZ)]
    noise = np.random.default_rng(3)
    parts: list[npt.NDArray[np.float32]] = []
    for number, seconds in enumerate(silences_s):
        if number:
            parts.append(voice)
        parts.append(noise.normal(0, 0.0005, int(seconds * RATE_HZ)).astype(np.float32))
    sf.write(path, np.concatenate(parts), rate_hz, subtype="PCM_16")
    return path
