"""The outline of a recording for waveform pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile as sf

_BLOCK_FRAMES = 1 << 18


def peaks(path: Path, count: int) -> list[tuple[int, int]]:
    """(min, max) of the first channel in -127..127 for ``count`` equal pieces of the file.

    Fewer than ``count`` for very short files. Raises ValueError when it can't be decoded.
    """
    try:
        with sf.SoundFile(path) as file:
            count = max(1, min(count, file.frames))
            edges = np.linspace(0, file.frames, count + 1).astype(np.int64)
            low = np.zeros(count, dtype=np.int16)
            high = np.zeros(count, dtype=np.int16)
            at = 0
            for block in file.blocks(_BLOCK_FRAMES, dtype="int16", always_2d=True):
                first = block[:, 0]
                column = np.searchsorted(edges, at, side="right") - 1
                while column < count and edges[column] < at + len(first):
                    piece = first[max(0, edges[column] - at) : edges[column + 1] - at]
                    if len(piece):
                        low[column] = min(low[column], piece.min())
                        high[column] = max(high[column], piece.max())
                    column += 1
                at += len(first)
    except (OSError, sf.SoundFileError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    return [(int(a) * 127 // 32768, int(b) * 127 // 32768) for a, b in zip(low, high, strict=True)]
