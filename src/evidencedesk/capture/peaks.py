"""The outline of a recording for waveform pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile as sf

from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.capture.pcm import count_frames, read_pcm

_FULL_SCALE = 32768


def peaks(path: Path, count: int) -> list[tuple[int, int]]:
    """(min, max) of the first channel in -127..127 for ``count`` equal pieces of the file.

    Fewer than ``count`` for very short files. Raises ValueError when it can't be decoded.
    """
    frames = count_frames(path)
    channels = _channels(path)
    count = max(1, min(count, frames))
    edges = np.linspace(0, frames, count + 1).astype(np.int64)
    low = np.zeros(count, dtype=np.int32)
    high = np.zeros(count, dtype=np.int32)
    at = 0
    for pcm in read_pcm(path):
        first = np.frombuffer(pcm, dtype="<i2")[::channels]
        column = int(np.searchsorted(edges, at, side="right")) - 1
        while column < count and edges[column] < at + len(first):
            piece = first[max(0, edges[column] - at) : edges[column + 1] - at]
            if len(piece):
                low[column] = min(low[column], piece.min())
                high[column] = max(high[column], piece.max())
            column += 1
        at += len(first)
    return [
        (a * 127 // _FULL_SCALE, b * 127 // _FULL_SCALE)
        for a, b in zip(low.tolist(), high.tolist(), strict=True)
    ]


def _channels(path: Path) -> int:
    try:
        with open_sound(path) as file:
            return int(file.channels)
    except (OSError, sf.SoundFileError) as error:
        raise ValueError(f"{path.name}: {error}") from error
