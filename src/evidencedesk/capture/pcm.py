"""The samples of a sound file as bytes, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import soundfile as sf

_FRAMES = 1 << 16


def read_pcm(path: Path) -> Iterator[bytes]:
    """Yield interleaved little-endian int16. Raises ValueError when it can't be decoded."""
    try:
        with sf.SoundFile(path) as file:
            while pcm := bytes(file.buffer_read(_FRAMES, dtype="int16")):
                yield pcm
    except (OSError, sf.SoundFileError) as error:
        raise ValueError(f"{path.name}: {error}") from error
