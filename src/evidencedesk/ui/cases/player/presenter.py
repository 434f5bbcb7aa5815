"""Plays what the case page shows: an encounter, or a recording made elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.outline import Outline
from evidencedesk.domain.sound_line import Hear, Span
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.player.services import Playable, PlayerServices, Sound
from evidencedesk.ui.cases.player.state import SPEEDS, PlayerState

_TICK_MS = 33
# Closer together than this a part can't be heard.
_LEAST_PART_MS = 200


class PlayerPresenter(QObject):
    """Turns clicks and keys into what is heard.

    Emits:
        state_changed: the new ``PlayerState``.
        moved: milliseconds of the line, while it plays and when it is put elsewhere.
        problem: a ``Known`` error.
    """

    state_changed = Signal(object)
    moved = Signal(int)
    problem = Signal(object)
    # From the thread that reads; the window's thread hears of it when it comes to it.
    _outline_grows = Signal(str, float, object)
    _study_grows = Signal(str, float)

    def __init__(self, services: PlayerServices, sounds: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._sounds = sounds
        self._state = PlayerState()
        self._at_ms = 0
        self._shown: tuple[str | None, tuple[Sound, ...]] = (None, ())
        self._speech: dict[str, tuple[Span, ...]] = {}
        self._asked: set[str] = set()
        # What is read for an encounter is given up when another one is shown: that one must not wait.
        self._turn = 0
        self._wanted: tuple[str, int, bool] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._look)
        self._outline_grows.connect(self._outline_grew)
        self._study_grows.connect(self._study_grew)

    @property
    def state(self) -> PlayerState:
        """What the player shows."""
        return self._state

    @property
    def at_ms(self) -> int:
        """Where it stands on the line."""
        return self._at_ms

    def show(self, case_file: CaseFile | None, subject: str | None) -> None:
        """Put an encounter, or a recording made elsewhere, into the player; the same one stays as it is."""
        sounds = _sounds_of(case_file, subject)
        if (subject, sounds) == self._shown:
            return
        self._shown = (subject, sounds)
        self._turn += 1
        self.pause()
        self._speech = {}
        self._asked = set()
        self._become(
            replace(
                self._state,
                subject=subject,
                line=None,
                unplayable=False,
                outlines=(),
                reading=None,
                studying=None,
                silences=None,
                skip=False,
                first=None,
                repeat=None,
                hear=Hear.BOTH,
            )
        )
        self._move(0)
        if case_file is None or subject is None or not sounds:
            return
        work = partial(_open, self._services, case_file, subject)
        self._sounds.run(work, success=self._opened, failure=self._failed)

    def toggle(self) -> None:
        """Play, or pause."""
        if self._state.playing:
            self.pause()
        elif self._state.can_play:
            self._services.play()
            self._become(replace(self._state, playing=True))
            self._timer.start()

    def pause(self) -> None:
        """Stop where it is."""
        if self._state.playing:
            self._services.pause()
            self._timer.stop()
            self._become(replace(self._state, playing=False))

    def seek(self, line_ms: int) -> None:
        """Go to a place of the line."""
        line = self._state.line
        if line is not None:
            at_ms = max(0, min(line.length_ms, line_ms))
            self._services.seek(at_ms)
            self._move(at_ms)

    def step(self, by_ms: int) -> None:
        """Go a little back or ahead."""
        self.seek(self._at_ms + by_ms)

    def go_to(self, sound: str, at_ms: int, *, play: bool = False) -> None:
        """Go to a place of a sound, now or when it is there."""
        line = self._state.line
        line_ms = None if line is None else line.line_ms(sound, at_ms)
        if line_ms is None:
            self._wanted = (sound, at_ms, play)
            return
        self._wanted = None
        self.seek(line_ms)
        if play and not self._state.playing:
            self.toggle()

    def set_speed(self, speed: float) -> None:
        """Hear it slower or faster."""
        self._hear(replace(self._state, speed=speed))

    def change_speed(self, by: int) -> None:
        """One step slower or faster."""
        place = SPEEDS.index(self._state.speed) + by
        self.set_speed(SPEEDS[max(0, min(len(SPEEDS) - 1, place))])

    def set_volume(self, percent: int) -> None:
        """Hear it louder or quieter."""
        self._hear(replace(self._state, volume=percent / 100))

    def set_side(self, side: str) -> None:
        """Hear both sides of a call, or one of them."""
        self._hear(replace(self._state, hear=Hear(side)))

    def skip_silence(self, skip: bool) -> None:  # noqa: FBT001 - a slot of a switch
        """Leave out where nobody speaks; it is looked for first, if need be."""
        self._hear(replace(self._state, skip=skip))
        if skip and self._state.silences is None:
            self._study()

    def set_first(self) -> None:
        """Point A is here; a point B that is before it falls away."""
        repeat = self._state.repeat
        kept = None
        if repeat is not None and repeat[1] - self._at_ms >= _LEAST_PART_MS:
            kept = (self._at_ms, repeat[1])
        self._hear(replace(self._state, first=self._at_ms, repeat=kept))

    def set_last(self) -> None:
        """Point B is here: from now on the part between is repeated."""
        first = self._state.first or 0
        if self._at_ms - first >= _LEAST_PART_MS:
            self._hear(replace(self._state, first=first, repeat=(first, self._at_ms)))

    def clear_points(self) -> None:
        """Go on behind B."""
        self._hear(replace(self._state, first=None, repeat=None))

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """What is played would be recorded: it falls silent."""
        if recording:
            self.pause()
            self._services.end_playing()
        self._services.hold_studies(recording)
        self._become(replace(self._state, recording=recording))

    def _hear(self, state: PlayerState) -> None:
        if state.options != self._state.options:
            self._services.hear_so(state.options)
        self._become(state)

    @Slot()
    def _look(self) -> None:
        status = self._services.play_status()
        if status.at_ms != self._at_ms:
            self._move(status.at_ms)
        if not status.playing:
            self._timer.stop()
            self._become(replace(self._state, playing=False))
        if status.error:
            self.problem.emit(MachineFailure(Code(status.error), detail=status.detail))

    def _move(self, at_ms: int) -> None:
        self._at_ms = at_ms
        self.moved.emit(at_ms)

    @Slot(object)
    def _opened(self, opened: tuple[str, Playable | None]) -> None:
        subject, playable = opened
        if subject != self._state.subject:
            return
        if playable is None:
            self._become(replace(self._state, unplayable=True))
            return
        self._services.load_sound(playable)
        self._services.hear_so(self._state.options)
        line = playable.line
        sounds = [one for one in self._shown[1] if one.id in line.sounds]
        known = [(one.id, found) for one in sounds if (found := self._services.outline_now(one)) is not None]
        self._become(replace(self._state, line=line, outlines=tuple(known)))
        read = {name for name, _ in known}
        for sound in sounds:
            if sound.id not in read:
                grows = partial(self._outline_grows.emit, sound.id)
                work = partial(self._services.outline, sound, grows, partial(self._is_past, self._turn))
                self._sounds.run(partial(_named, sound.id, work), self._outline_read, self._failed)
        if self._wanted is not None:
            name, at_ms, play = self._wanted
            self.go_to(name, at_ms, play=play)
            self._wanted = None  # also when this encounter has no such sound

    @Slot(str, float, object)
    def _outline_grew(self, sound: str, share: float, outline: Outline) -> None:
        line = self._state.line
        if line is None or sound not in line.sounds or share >= 1:
            return
        whole = (line.sounds.index(sound) + share) / len(line.sounds)
        self._become(replace(self._with_outline(sound, outline), reading=whole))

    @Slot(object)
    def _outline_read(self, read: tuple[str, Outline]) -> None:
        line = self._state.line
        if line is None or read[0] not in line.sounds:
            return
        state = self._with_outline(*read)
        whole = len(state.outlines) == len(line.sounds)
        self._become(replace(state, reading=None if whole else state.reading))

    def _with_outline(self, sound: str, outline: Outline) -> PlayerState:
        others = [one for one in self._state.outlines if one[0] != sound]
        return replace(self._state, outlines=(*others, (sound, outline)))

    def _study(self) -> None:
        line = self._state.line
        if line is None:
            return
        for sound in self._shown[1]:
            if sound.id in line.sounds and sound.id not in self._asked:
                self._asked.add(sound.id)
                grows = partial(self._study_grows.emit, sound.id)
                work = partial(self._services.speech, sound, grows, partial(self._is_past, self._turn))
                self._become(replace(self._state, studying=self._state.studying or 0.0))
                self._sounds.run(partial(_named, sound.id, work), self._studied, self._study_failed)

    @Slot(str, float)
    def _study_grew(self, sound: str, share: float) -> None:
        if sound in self._asked and self._state.studying is not None:
            done = sum(one in self._speech for one in self._asked)
            self._become(replace(self._state, studying=(done + share) / len(self._asked)))

    @Slot(object)
    def _studied(self, studied: tuple[str, tuple[Span, ...]]) -> None:
        line = self._state.line
        if line is None or studied[0] not in self._asked:
            return
        self._speech[studied[0]] = studied[1]
        if set(line.sounds) <= set(self._speech):
            silences = self._services.silences(line, self._speech)
            self._hear(replace(self._state, silences=silences, studying=None))

    @Slot(object)
    def _study_failed(self, problem: Known) -> None:
        if problem.code is Code.CANCELLED:
            return
        self._asked.clear()
        self._hear(replace(self._state, skip=False, studying=None))
        self._failed(problem)

    @Slot(object)
    def _failed(self, problem: Known) -> None:
        if problem.code is not Code.CANCELLED:
            self._become(replace(self._state, reading=None))
            self.problem.emit(problem)

    def _is_past(self, turn: int) -> bool:
        return turn != self._turn

    def _become(self, state: PlayerState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _sounds_of(case_file: CaseFile | None, subject: str | None) -> tuple[Sound, ...]:
    if case_file is None or subject is None:
        return ()
    recordings = [one for one in case_file.recordings if one.encounter == subject and one.samples]
    imported = [one for one in case_file.imported if one.id == subject]
    return (*recordings, *imported)


def _open(services: PlayerServices, case_file: CaseFile, subject: str) -> tuple[str, Playable | None]:
    imported = next((one for one in case_file.imported if one.id == subject), None)
    if imported is not None:
        return subject, services.playable_import(imported)
    return subject, services.playable(case_file, subject)


def _named(name: str, work: Callable[[], object]) -> tuple[str, object]:
    return name, work()
