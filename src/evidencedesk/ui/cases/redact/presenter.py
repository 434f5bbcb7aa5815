"""A copy for showing around: choose what nobody shall see or hear, and have it made."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.case import CaseFile, Recording
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.redaction import MARK, Choices, Muted
from evidencedesk.guidance.private_text import find_secrets
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.services import RedactedCopy, RedactServices
from evidencedesk.ui.progress_steps import when_it_moves

_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,3})?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3})[::])?([0-5]?\d)[::]([0-5]\d(?:\.\d{1,3})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class RedactState:
    """The panel; closed while there is no case file."""

    case_file: CaseFile | None = None
    place: Path | None = None
    folder: str = ""
    language: str = "zh"
    choices: Choices = field(default_factory=Choices)
    working: bool = False
    done: int = 0
    total: int = 0
    made: RedactedCopy | None = None
    problem: Known | None = None

    @property
    def has_contacts(self) -> bool:
        """Whether there are contacts or steps that a copy goes without unless they are asked for."""
        case_file = self.case_file
        return case_file is not None and bool(case_file.contacts or case_file.follow_ups)

    @property
    def has_numbers(self) -> bool:
        """Whether a note that goes into the copy has a number that is masked there unless it is asked for."""
        notes = self.case_file.notes if self.case_file is not None else ()
        return any(find_secrets(note.text) for note in notes if note.id not in self.choices.notes)

    @property
    def always_without(self) -> bool:
        """Whether the case has something that no copy has."""
        file = self.case_file
        return file is not None and bool(file.debt or file.claims or file.transcripts)

    @property
    def worth_making(self) -> bool:
        """Whether the copy would be without anything at all."""
        choices = self.choices
        return (
            not choices.nothing
            or self.always_without
            or (self.has_contacts and not choices.with_contacts)
            or (self.has_numbers and not choices.with_numbers)
        )

    @property
    def choosing(self) -> bool:
        """Whether something can still be chosen."""
        return self.case_file is not None and not self.working and self.made is None


class RedactPresenter(QObject):
    """Collects the choices and has the copy made.

    Emits:
        state_changed: the new ``RedactState``.
    """

    state_changed = Signal(object)
    _progressed = Signal(int, int, str)

    def __init__(self, services: RedactServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = RedactState()
        self._stop = threading.Event()
        # Emitted on the jobs thread, received on this one.
        self._progressed.connect(self._on_progressed)

    @property
    def state(self) -> RedactState:
        """What the panel shows."""
        return self._state

    def open(self, case_file: CaseFile, place: Path, language: str) -> None:
        """Ask what shall be left out; does nothing while a copy is being made."""
        if not self._state.working:
            folder = f"{self._services.folder_name(case_file.case.id)}-{MARK}"
            self._become(RedactState(case_file, place, folder, language))

    def close(self) -> None:
        """Put the panel away."""
        if not self._state.working:
            self._become(RedactState())

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def choose_place(self, place: Path) -> None:
        """Write the copy into this folder."""
        self._become(replace(self._state, place=place, problem=None))

    def choose_item(self, item: str, left_out: bool) -> None:  # noqa: FBT001 - a slot of a check box
        """Leave a note, a person or a file out, or not."""
        case_file, choices = self._state.case_file, self._state.choices
        if case_file is None:
            return

        def changed(chosen: frozenset[str], known: Iterable[str]) -> frozenset[str]:
            if item not in known:
                return chosen
            return chosen | {item} if left_out else chosen - {item}

        self._choose(
            replace(
                choices,
                notes=changed(choices.notes, (one.id for one in case_file.notes)),
                collectors=changed(choices.collectors, (one.id for one in case_file.collectors)),
                files=changed(choices.files, (one.id for one in case_file.taken_in)),
            )
        )

    def choose_contacts(self, left_out: bool) -> None:  # noqa: FBT001 - a slot of a check box
        """Leave contacts and steps out, or put them in."""
        self._choose(replace(self._state.choices, with_contacts=not left_out))

    def choose_numbers(self, masked: bool) -> None:  # noqa: FBT001 - a slot of a check box
        """Mask numbers in notes, or show them."""
        self._choose(replace(self._state.choices, with_numbers=not masked))

    def add_stretch(self, recording_id: str, begin: str, end: str) -> bool:
        """Mute from here to there, in all recordings that ran at that time; False when that is no stretch.

        The other side of a call and its microphone often have the same words.
        """
        case_file = self._state.case_file
        recordings = () if case_file is None else case_file.recordings
        chosen = next((one for one in recordings if one.id == recording_id), None)
        from_ms, to_ms = parse_clock(begin), parse_clock(end)
        if chosen is None or from_ms is None or to_ms is None:
            self._refuse(WrongUse(Code.MOMENT_OUTSIDE_RECORDING))
            return False
        length_ms = chosen.duration_ms or 0
        if not from_ms < to_ms or from_ms >= length_ms:
            self._refuse(WrongUse(Code.MOMENT_OUTSIDE_RECORDING, at_ms=from_ms, duration_ms=length_ms))
            return False
        stretch = Muted(chosen.id, from_ms, min(to_ms, length_ms))
        found = [muted for one in recordings if (muted := _same_time(stretch, chosen, one)) is not None]
        choices = self._state.choices
        self._choose(replace(choices, muted=(*choices.muted, *(m for m in found if m not in choices.muted))))
        return True

    def remove_stretch(self, stretch: Muted) -> None:
        """Let these seconds be heard again."""
        choices = self._state.choices
        self._choose(replace(choices, muted=tuple(one for one in choices.muted if one != stretch)))

    def begin(self) -> None:
        """Make the copy."""
        state = self._state
        if not state.choosing or state.place is None or state.case_file is None:
            return
        self._stop.clear()
        self._become(replace(state, working=True, done=0, total=0, problem=None))
        work = partial(
            self._services.redact_case,
            state.case_file.case.id,
            state.place / state.folder,
            state.language,
            state.choices,
            progress=when_it_moves(self._progressed.emit),
            cancelled=self._stop.is_set,
        )
        self._jobs.run(work, success=self._made, failure=self._failed)

    def cancel(self) -> None:
        """Stop; a half-made copy is removed by the workflow itself."""
        self._stop.set()

    def _made(self, copy: RedactedCopy) -> None:
        self._become(replace(self._state, working=False, made=copy))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, working=False, problem=problem))

    def _on_progressed(self, done: int, total: int, _name: str) -> None:
        if self._state.working:
            self._become(replace(self._state, done=done, total=total))

    def _choose(self, choices: Choices) -> None:
        self._become(replace(self._state, choices=choices, problem=None))

    def _refuse(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem))

    def _become(self, state: RedactState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def parse_clock(text: str) -> int | None:
    """Milliseconds of ``192``, ``12.5``, ``03:12`` or ``00:03:12``; None for anything else."""
    plain = text.strip()
    if _SECONDS.fullmatch(plain):
        return round(float(plain) * 1000)
    match = _CLOCK.fullmatch(plain)
    if match is None:
        return None
    hours, minutes, seconds = match.groups()
    return (int(hours or 0) * 3600 + int(minutes) * 60) * 1000 + round(float(seconds) * 1000)


def _same_time(stretch: Muted, chosen: Recording, other: Recording) -> Muted | None:
    """The part of another recording of the encounter that ran during a stretch of this one."""
    if other.encounter != chosen.encounter or not other.samples:
        return None
    shift = chosen.begins_ms - other.begins_ms
    begin = max(0, stretch.from_ms + shift)
    end = min(other.duration_ms or 0, stretch.to_ms + shift)
    return Muted(other.id, begin, end) if begin < end else None
