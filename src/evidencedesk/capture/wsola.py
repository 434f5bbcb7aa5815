"""Another speed at the same pitch: waveform-similarity overlap-add (Verhelst and Roelands, 1993).

Frames of 40 ms overlap by half. Each next frame is taken near where the speed wants it, at the place whose
beginning is most like what would follow the frame before, so that waves meet in step.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]
# First frame and how many; silence before the beginning and behind the end.
Read = Callable[[int, int], Sound]

_HOP_S = 0.02
# A little more than one period of the lowest voices.
_SEARCH_S = 0.012
_QUIET = 1e-9


class Stretcher:
    """Gives one channel hop by hop; whoever asks says from where."""

    def __init__(self, read: Read, rate_hz: int) -> None:
        self._read = read
        self.hop = int(rate_hz * _HOP_S)
        self._search = int(rate_hz * _SEARCH_S)
        # Both halves add up to one everywhere, so that what goes on as it was stays as it was.
        self._up = (0.5 - 0.5 * np.cos(np.pi * (np.arange(self.hop) + 0.5) / self.hop)).astype(np.float32)
        self._follows: int | None = None

    def next(self, wanted: int, *, jump: bool = False) -> Sound:
        """One hop of sound from about ``wanted`` on; after a jump exactly from there, faded over."""
        if self._follows is None or jump:
            start = wanted
        elif abs(self._follows - wanted) <= 1:
            start = self._follows
        else:
            start = self._most_alike(self._follows, wanted)
        sound = self._read(start, self.hop) * self._up
        if self._follows is not None:
            sound += self._read(self._follows, self.hop) * self._up[::-1]
        self._follows = start + self.hop
        return sound.astype(np.float32, copy=False)

    def end(self) -> Sound:
        """One last hop that fades out; the next one begins anew."""
        follows, self._follows = self._follows, None
        if follows is None:
            return np.zeros(0, dtype=np.float32)
        return (self._read(follows, self.hop) * self._up[::-1]).astype(np.float32, copy=False)

    def _most_alike(self, follows: int, wanted: int) -> int:
        pattern = self._read(follows, self.hop)
        field = self._read(wanted - self._search, self.hop + 2 * self._search)
        likeness = np.correlate(field, pattern, mode="valid")
        energy = np.concatenate(([0.0], np.cumsum(np.square(field, dtype=np.float64))))
        loud = np.sqrt(np.maximum(energy[self.hop :] - energy[: -self.hop], _QUIET))
        return wanted - self._search + int(np.argmax(likeness / loud))
