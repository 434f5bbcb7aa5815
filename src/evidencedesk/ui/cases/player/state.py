"""What the player shows."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.outline import Outline
from evidencedesk.domain.sound_line import Hear, PlayOptions, SoundLine, Span

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class PlayerState:
    """A line of sound with how it is heard. Where it stands is told apart, thirty times a second.

    ``subject`` is the encounter, or the recording made elsewhere, that is played; ``unplayable`` when only
    other programs can. ``reading`` and
    ``studying`` are shares from 0 to 1 while outlines are read and speech is looked for. ``silences`` is
    None while nobody has looked for speech. ``first`` is point A before there is a B.
    """

    subject: str | None = None
    line: SoundLine | None = None
    unplayable: bool = False
    outlines: tuple[tuple[str, Outline], ...] = ()
    reading: float | None = None
    studying: float | None = None
    silences: tuple[Span, ...] | None = None
    skip: bool = False
    speed: float = 1.0
    volume: float = 1.0
    hear: Hear = Hear.BOTH
    first: int | None = None
    repeat: Span | None = None
    playing: bool = False
    recording: bool = False

    @property
    def can_play(self) -> bool:
        """Whether there is something to hear, and nothing that would hear it."""
        return self.line is not None and not self.recording

    @property
    def options(self) -> PlayOptions:
        """How it is heard."""
        silences = self.silences or () if self.skip else ()
        return PlayOptions(self.speed, self.volume, self.hear, silences, self.repeat)
