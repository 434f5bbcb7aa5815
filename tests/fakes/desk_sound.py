"""Answers from memory about playing sound."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evidencedesk.domain.case import CaseFile, ImportedSound, Leg
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.outline import Outline, coarser
from evidencedesk.domain.sound_line import Place, PlayOptions, PlayStatus, SoundLine, Span
from evidencedesk.ui.cases.player.services import Sound


@dataclass(frozen=True)
class FakePlayable:
    """A line without any file."""

    line: SoundLine


@dataclass(kw_only=True)
class FakeSound:
    """A player that stands where it was put; a test moves ``heard`` on."""

    heard: PlayStatus = field(default_factory=PlayStatus)
    played_with: PlayOptions = field(default_factory=PlayOptions)
    kept_outlines: bool = False
    spoken: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    refuse_sound: Known | None = None
    sound_calls: list[tuple[object, ...]] = field(default_factory=list)

    def playable(self, case_file: CaseFile, encounter: str) -> FakePlayable | None:
        own = [one for one in case_file.recordings if one.encounter == encounter and one.samples]
        places = tuple(Place(one.id, 0, one.duration_ms or 0, one.begins_ms) for one in own)
        if not places:
            return None
        far = frozenset(one.id for one in own if one.leg is Leg.FAR)
        length_ms = max(place.line_ms + place.length_ms for place in places)
        return FakePlayable(SoundLine(tuple(one.id for one in own), far, places, length_ms))

    def playable_import(self, sound: ImportedSound) -> FakePlayable | None:
        if sound.duration_ms is None:
            return None
        place = Place(sound.id, 0, sound.duration_ms, 0)
        return FakePlayable(SoundLine((sound.id,), frozenset(), (place,), sound.duration_ms))

    def outline_now(self, sound: Sound) -> Outline | None:
        return _outline(sound) if self.kept_outlines else None

    def outline(
        self, sound: Sound, progress: Callable[[float, Outline], None], unwanted: Callable[[], bool]
    ) -> Outline:
        if unwanted():
            raise WrongUse(Code.CANCELLED)
        self.sound_calls.append(("outline", sound.id))
        if self.refuse_sound is not None:
            raise self.refuse_sound
        whole = _outline(sound)
        progress(0.5, Outline(coarser(whole.levels[0][: len(whole.levels[0]) // 2])))
        return whole

    def speech(
        self, sound: Sound, progress: Callable[[float], None], unwanted: Callable[[], bool]
    ) -> tuple[Span, ...]:
        if unwanted():
            raise WrongUse(Code.CANCELLED)
        self.sound_calls.append(("speech", sound.id))
        if self.refuse_sound is not None:
            raise self.refuse_sound
        progress(0.5)
        return self.spoken.get(sound.id, ((0, sound.duration_ms or 0),))

    def silences(self, line: SoundLine, speech_of: Mapping[str, tuple[Span, ...]]) -> tuple[Span, ...]:
        spoken = sorted(span for spans in speech_of.values() for span in spans)
        edges = [0, *(edge for span in spoken for edge in span), line.length_ms]
        return tuple(zip(edges[::2], edges[1::2], strict=True))

    def load_sound(self, playable: Any) -> None:
        self.sound_calls.append(("load", playable.line))
        self.heard = PlayStatus()

    def play(self) -> None:
        self.sound_calls.append(("play",))
        self.heard = replace(self.heard, playing=True, ended=False)

    def pause(self) -> None:
        self.sound_calls.append(("pause",))
        self.heard = replace(self.heard, playing=False)

    def seek(self, at_ms: int) -> None:
        self.sound_calls.append(("seek", at_ms))
        self.heard = replace(self.heard, at_ms=at_ms, ended=False)

    def hear_so(self, options: PlayOptions) -> None:
        self.played_with = options

    def play_status(self) -> PlayStatus:
        return self.heard

    def hold_studies(self, hold: bool) -> None:
        self.sound_calls.append(("hold", hold))

    def end_playing(self) -> None:
        self.sound_calls.append(("end",))
        self.heard = PlayStatus()


def _outline(sound: Sound) -> Outline:
    """As lively as speech, with a pause now and then; of any length at no cost."""
    count = (sound.duration_ms or 0) // 10
    pattern = bytes(_height(at) for at in range(4096))
    return Outline(coarser((pattern * (count // 4096 + 1))[:count]))


def _height(at: int) -> int:
    loud = max(0.0, math.sin(at / 190)) * 0.8 + 0.05
    return 2 + round(loud * ((at * 16807 % 97) / 97) * 90)
