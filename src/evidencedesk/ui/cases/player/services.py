"""What playing asks of the workflows; tests bring their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from evidencedesk.domain.case import CaseFile, ImportedSound, Recording
from evidencedesk.domain.outline import Outline
from evidencedesk.domain.sound_line import PlayOptions, PlayStatus, SoundLine, Span

Sound = Recording | ImportedSound


class Playable(Protocol):
    """Something that can be played; only who made it knows how."""

    @property
    def line(self) -> SoundLine:
        """How it is shown."""
        ...


class PlayerServices(Protocol):
    """Sounds to see and to hear. What is not slow returns at once, also when the sound server hangs."""

    def playable(self, case_file: CaseFile, encounter: str) -> Playable | None:
        """Put all finished recordings of an encounter on one line; called on a thread."""
        ...

    def playable_import(self, sound: ImportedSound) -> Playable | None:
        """Give a recording made elsewhere; None when only other programs can play it."""
        ...

    def outline_now(self, sound: Sound) -> Outline | None:
        """Give the outline, if it was read before."""
        ...

    def outline(
        self, sound: Sound, progress: Callable[[float, Outline], None], unwanted: Callable[[], bool]
    ) -> Outline:
        """Read the outline, telling what is known so far; slow, called on a thread.

        Raises CANCELLED soon after it is ``unwanted``.
        """
        ...

    def speech(
        self, sound: Sound, progress: Callable[[float], None], unwanted: Callable[[], bool]
    ) -> tuple[Span, ...]:
        """Find where somebody speaks; slow the first time, called on a thread. Raises CANCELLED as well."""
        ...

    def silences(self, line: SoundLine, speech_of: Mapping[str, tuple[Span, ...]]) -> tuple[Span, ...]:
        """Say what can be left out, from where somebody speaks in each sound."""
        ...

    def load_sound(self, playable: Any) -> None:
        """Take up what is to be played, at its beginning."""
        ...

    def play(self) -> None:
        """Go on, or begin anew at the end."""
        ...

    def pause(self) -> None:
        """Stop where it is."""
        ...

    def seek(self, at_ms: int) -> None:
        """Go elsewhere, playing or not."""
        ...

    def hear_so(self, options: PlayOptions) -> None:
        """Hear it otherwise from now on."""
        ...

    def play_status(self) -> PlayStatus:
        """Say how playing stands."""
        ...

    def hold_studies(self, hold: bool) -> None:  # noqa: FBT001 - a setter
        """Let reading wait while something is recorded."""
        ...

    def end_playing(self) -> None:
        """Fall silent for good; the next ``play`` starts anew."""
        ...
