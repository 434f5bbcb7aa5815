"""A sound while it is decoded, whoever decodes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

# What a file may claim without being taken for a made-up one.
MOST_RATE_HZ = 768_000
MOST_CHANNELS = 64


@dataclass(frozen=True, slots=True)
class Names:
    """How a decoder calls what it read (container and codec), and itself with its version."""

    format: str
    decoder: str


@dataclass(frozen=True, slots=True)
class Decoding:
    """Blocks of (frames, channels), full scale at 1.0; reading them raises ValueError when it fails.

    ``names`` may be asked when all blocks were read.
    """

    rate_hz: int
    channels: int
    blocks: Iterator[Sound]
    names: Callable[[], Names]


def require_possible(rate_hz: int, channels: int) -> None:
    """Refuse what no recorder makes. Raises ValueError."""
    if not (0 < rate_hz <= MOST_RATE_HZ and 0 < channels <= MOST_CHANNELS):
        raise ValueError(f"{rate_hz} Hz, {channels} channels")
