"""Cut a sound into stretches of speech, short enough to be written down at once, with little in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

RATE_HZ = 16_000
# What the voice detector looks at: 32 ms.
WINDOW = 512

_SPEECH_BEGINS, _SPEECH_GOES_ON = 0.5, 0.35
_PAD = 7  # windows before and after what was found: a word begins softly
_PAUSE = 63  # two seconds of silence end a stretch
_SHORT_PAUSE = 13  # 0.4 s, once the stretch is long
_LONG = 375  # 12 s
_LONGEST = 875  # 28 s: what is written down at once may have 30
_LOOK_BACK = 190  # a stretch without a pause is cut at its quietest window in the last 6 s
_LEAST = 4  # windows of speech; less is a click


@dataclass(frozen=True, slots=True)
class Stretch:
    """Speech, with the short silences in it; ``first`` is its first sample in the whole sound."""

    first: int
    samples: Samples

    @property
    def length(self) -> int:
        """In samples."""
        return len(self.samples)


class StretchCutter:
    """Takes one window after the other, with how likely it is speech, and gives stretches as they end."""

    def __init__(self) -> None:
        self._windows: list[Samples] = []
        self._voices: list[float] = []
        self._first = 0  # number of the first window that is kept
        self._speech = 0
        self._silence = 0
        self._open = False

    @property
    def kept(self) -> int:
        """How many windows are held in memory."""
        return len(self._windows)

    def take(self, window: Samples, voice: float) -> Stretch | None:
        """Keep a window; the stretch that ends with it, if one does."""
        self._windows.append(window)
        self._voices.append(voice)
        if not self._open:
            if voice < _SPEECH_BEGINS:
                self._drop(len(self._windows) - _PAD)
                return None
            self._open, self._speech, self._silence = True, 0, 0
        if voice >= _SPEECH_GOES_ON:
            self._speech += 1
            self._silence = 0
        else:
            self._silence += 1
        length = len(self._windows)
        if self._silence >= _PAUSE or (length >= _LONG and self._silence >= _SHORT_PAUSE):
            return self._ended()
        if length >= _LONGEST:
            return self._cut()
        return None

    def end(self) -> Stretch | None:
        """The last stretch, if the sound ended within one."""
        return self._ended() if self._open else None

    def _ended(self) -> Stretch | None:
        self._open = False
        return self._give(len(self._windows) - max(0, self._silence - _PAD))

    def _cut(self) -> Stretch | None:
        recent = self._voices[-_LOOK_BACK:]
        quietest = min(range(len(recent)), key=lambda place: (recent[place], -place))
        at = len(self._windows) - len(recent) + quietest
        found = self._give(at + 1)
        self._speech = _speech_in(self._voices)
        return found

    def _give(self, count: int) -> Stretch | None:
        speech, first = _speech_in(self._voices[:count]), self._first
        windows = self._windows[:count]
        self._drop(count)
        if speech < _LEAST:
            return None
        return Stretch(first * WINDOW, np.concatenate(windows))

    def _drop(self, count: int) -> None:
        if count > 0:
            del self._windows[:count], self._voices[:count]
            self._first += count


def _speech_in(voices: Sequence[float]) -> int:
    return sum(voice >= _SPEECH_GOES_ON for voice in voices)
