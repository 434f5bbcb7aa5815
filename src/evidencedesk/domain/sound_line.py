"""All sounds of one encounter on one line of time, as it is played."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# From the first millisecond to before the last.
Span = tuple[int, int]


class Hear(StrEnum):
    """Which side of a call is heard."""

    BOTH = "both"
    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a sound without gaps: where it begins in its file, and where on the line."""

    sound: str
    from_ms: int
    length_ms: int
    line_ms: int


@dataclass(frozen=True, slots=True)
class SoundLine:
    """What is played as one: recordings, or one recording made elsewhere, by their ids.

    ``far`` names the sounds of the other side of a call.
    """

    sounds: tuple[str, ...]
    far: frozenset[str]
    places: tuple[Place, ...]
    length_ms: int

    @property
    def two_sides(self) -> bool:
        """Whether there is a choice of what to hear."""
        return bool(self.far) and len(self.far) < len(self.sounds)

    def line_ms(self, sound: str, at_ms: int) -> int | None:
        """Where a place of a sound stands on the line."""
        own = [place for place in self.places if place.sound == sound]
        if not own:
            return None
        before = [place for place in own if place.from_ms <= at_ms] or own[:1]
        place = before[-1]
        return place.line_ms + max(0, min(place.length_ms, at_ms - place.from_ms))

    def place_at(self, line_ms: int) -> tuple[str, int] | None:
        """The sound that is heard at a time of the line, the near side first; the one before in a gap."""
        begun = [place for place in self.places if place.line_ms <= line_ms]
        if not begun:
            return None
        # What still sounds goes before what has ended, the near side before the far one, the later one last.
        best = max(
            begun,
            key=lambda one: (one.line_ms + one.length_ms > line_ms, one.sound not in self.far, one.line_ms),
        )
        return best.sound, best.from_ms + min(best.length_ms, line_ms - best.line_ms)


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How a line is heard; ``silences`` are left out, in their order, and ``repeat`` goes round."""

    speed: float = 1.0
    volume: float = 1.0
    hear: Hear = Hear.BOTH
    silences: tuple[Span, ...] = ()
    repeat: Span | None = None


@dataclass(frozen=True, slots=True)
class PlayStatus:
    """Where a player is on the line; ``error`` is a code when it fell silent by itself."""

    at_ms: int = 0
    playing: bool = False
    ended: bool = False
    error: str = ""
    detail: str = ""
