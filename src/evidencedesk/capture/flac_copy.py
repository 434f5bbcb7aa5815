"""The file of a derived sound: 16-bit FLAC, as all copies are."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import soundfile as sf

_COMPRESSION = 0.625  # libFLAC's level 5: about half the time of its highest, for some 5 % more room


def open_flac_copy(path: Path, rate_hz: int, channels: int, mode: Literal["w", "x"] = "w") -> sf.SoundFile:
    """A new file to write to; with ``x`` only if there is none. Raises what soundfile raises."""
    return sf.SoundFile(
        path,
        mode,
        samplerate=rate_hz,
        channels=channels,
        format="FLAC",
        subtype="PCM_16",
        compression_level=_COMPRESSION,
    )
