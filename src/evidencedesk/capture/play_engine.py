"""What is heard next: both sides, speed, silences, the part that is repeated. Knows no device."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evidencedesk.capture.placed_sound import LINE_RATE_HZ, Piece, PlacedSound
from evidencedesk.capture.wsola import Sound, Stretcher
from evidencedesk.domain.sound_line import Hear, PlayOptions, Span


@dataclass(frozen=True, slots=True)
class PlayPlan:
    """What can be heard, in frames of the line."""

    near: tuple[Piece, ...]
    far: tuple[Piece, ...]
    length: int


class PlayEngine:
    """Gives hop after hop of sound; ``at`` is the frame of the line that the next one begins with."""

    def __init__(self, plan: PlayPlan) -> None:
        self._near, self._far = PlacedSound(plan.near), PlacedSound(plan.far)
        self._two_sides = bool(plan.near) and bool(plan.far)
        self._length = plan.length
        self._stretcher = Stretcher(self._mixed, LINE_RATE_HZ)
        self._at = 0.0
        self._jumped = False
        self.options = PlayOptions()

    @property
    def at(self) -> int:
        """Where it stands."""
        return round(self._at)

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to be heard."""
        return self._at >= self._length

    @property
    def hop(self) -> int:
        """Frames of one hop."""
        return self._stretcher.hop

    def seek(self, frame: int) -> None:
        """Go on from another place."""
        self._at = float(min(self._length, max(0, frame)))
        self._jumped = True

    def next(self) -> Sound:
        """The next hop; nothing at the end."""
        self._leap()
        if self.ended:
            return self.fade_out()
        sound = self._stretcher.next(self.at, jump=self._jumped)
        self._jumped = False
        self._at += self.hop * self.options.speed
        heard: Sound = np.clip(sound * np.float32(self.options.volume), -1.0, 1.0)
        return heard

    def fade_out(self) -> Sound:
        """The last hop before a pause, so that it does not end with a crack."""
        return self._stretcher.end() * np.float32(self.options.volume)

    def close(self) -> None:
        """Let the files go."""
        self._near.close()
        self._far.close()

    def _leap(self) -> None:
        """Over a silence, or back to where the repeated part begins."""
        repeat = self.options.repeat
        if repeat is not None and self._at >= _frames(repeat[1]):
            self.seek(_frames(repeat[0]))
        silence = span_at(self.options.silences, self.at * 1000 // LINE_RATE_HZ)
        if silence is None:
            return
        until = _frames(silence[1])
        if repeat is not None and until >= _frames(repeat[1]):
            # Where all of it is silent it is heard as it is: leaping would go round for ever.
            start = span_at(self.options.silences, repeat[0])
            if start is not None and start[1] >= repeat[1]:
                return
            until = _frames(repeat[0])
        self.seek(until)

    def _mixed(self, first: int, count: int) -> Sound:
        hear = self.options.hear if self._two_sides else Hear.BOTH
        sound = np.zeros(count, dtype=np.float32)
        if hear is not Hear.FAR:
            sound += self._near.read(first, count)
        if hear is not Hear.NEAR:
            sound += self._far.read(first, count)
        return sound


def span_at(spans: Sequence[Span], at_ms: int) -> Span | None:
    """The span that holds a time."""
    found = bisect_right(spans, at_ms, key=lambda span: span[0]) - 1
    return spans[found] if found >= 0 and at_ms < spans[found][1] else None


def _frames(at_ms: int) -> int:
    return at_ms * LINE_RATE_HZ // 1000
