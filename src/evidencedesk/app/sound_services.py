"""The workflows that the pages ask for about playing sound."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial

from evidencedesk.capture.playback import Player
from evidencedesk.domain.case import CaseFile, ImportedSound, Recording
from evidencedesk.domain.outline import Outline
from evidencedesk.domain.sound_line import PlayOptions, PlayStatus, SoundLine, Span
from evidencedesk.workflows import play_encounter as playing
from evidencedesk.workflows.desk import Desk


class SoundOnDesk:
    """Everything about playing sound, on one desk."""

    _desk: Desk

    def __init__(self) -> None:
        self._player = Player()
        self._studies_ended = threading.Event()
        self._may_study = threading.Event()
        self._may_study.set()

    def playable(self, case_file: CaseFile, encounter: str) -> playing.Playable | None:
        """All finished recordings of an encounter as one."""
        return playing.playable_encounter(self._desk, case_file, encounter)

    def playable_import(self, sound: ImportedSound) -> playing.Playable | None:
        """A recording made elsewhere."""
        return playing.playable_import(self._desk, sound)

    def outline_now(self, sound: Recording | ImportedSound) -> Outline | None:
        """The outline, if it was read before."""
        return playing.outline_now(self._desk, sound)

    def outline(
        self,
        sound: Recording | ImportedSound,
        progress: Callable[[float, Outline], None],
        unwanted: Callable[[], bool],
    ) -> Outline:
        """Read the outline."""
        return playing.outline(self._desk, sound, progress, partial(self._is_over, unwanted))

    def speech(
        self,
        sound: Recording | ImportedSound,
        progress: Callable[[float], None],
        unwanted: Callable[[], bool],
    ) -> tuple[Span, ...]:
        """Where somebody speaks."""
        return playing.speech(self._desk, sound, progress, partial(self._is_over, unwanted))

    def silences(self, line: SoundLine, speech_of: Mapping[str, tuple[Span, ...]]) -> tuple[Span, ...]:
        """What can be left out."""
        return playing.silences(line, speech_of)

    def load_sound(self, playable: playing.Playable) -> None:
        """Take up what is to be played."""
        self._player.load(playable.plan)

    def play(self) -> None:
        """Go on."""
        self._player.play()

    def pause(self) -> None:
        """Stop where it is."""
        self._player.pause()

    def seek(self, at_ms: int) -> None:
        """Go elsewhere."""
        self._player.seek(at_ms)

    def hear_so(self, options: PlayOptions) -> None:
        """Hear it otherwise."""
        self._player.set_options(options)

    def play_status(self) -> PlayStatus:
        """How playing stands."""
        return self._player.status()

    def end_playing(self) -> None:
        """Fall silent before anything is recorded."""
        self._player.close()

    def hold_studies(self, hold: bool) -> None:  # noqa: FBT001 - a setter
        """While something is recorded the processor is the recorder's."""
        if hold:
            self._may_study.clear()
        else:
            self._may_study.set()

    def end_studies(self) -> None:
        """The window closes: nobody waits for outlines any more."""
        self._studies_ended.set()
        self._may_study.set()
        self._player.close()

    def _is_over(self, unwanted: Callable[[], bool]) -> bool:
        """Asked again and again by who studies: it waits here while something is recorded."""
        self._may_study.wait()
        return self._studies_ended.is_set() or unwanted()
