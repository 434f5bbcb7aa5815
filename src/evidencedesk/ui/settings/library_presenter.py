"""The library as a whole: how large it is, its back-up, and its place."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Code, Known
from evidencedesk.ui.background import Runner
from evidencedesk.ui.progress_steps import when_it_moves

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]
NEW_FOLDER = "EvidenceDesk-library"
_PASSPHRASE_WANTED = (Code.VAULT_LOCKED, Code.VAULT_WRONG_PASSPHRASE, Code.VAULT_WRONG_CODE)


class Doing(StrEnum):
    """What is under way."""

    NOTHING = "nothing"
    BACKING_UP = "backing-up"
    RESTORING = "restoring"
    MOVING = "moving"
    REMOVING = "removing"


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """The open library. ``named``: it was named at the start, so that no other place can be remembered.

    ``backed_up`` is when and where to, in local time; ``days`` how long ago that is. ``before`` is what it
    was moved from, as long as that is there.
    """

    place: Path
    cases: int = 0
    file_bytes: int = 0
    backed_up: str = ""
    backup_path: str = ""
    days: int | None = None
    before: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: where it is, and how many files were not as their journal says."""

    doing: Doing
    path: Path
    cases: int = 0
    file_bytes: int = 0
    differing: int = 0


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What the section shows. ``confirming``: the old library goes at the next click.

    ``locked`` is a back-up that waits for its key file or its passphrase, with the folder to restore it into;
    ``key_file`` is what opened it so far.
    """

    facts: LibraryFacts | None = None
    doing: Doing = Doing.NOTHING
    with_key: bool = False
    receiver: str = ""
    done: int = 0
    total: int = 0
    file: str = ""
    outcome: Outcome | None = None
    problem: Known | None = None
    confirming: bool = False
    locked: tuple[Path, Path] | None = None
    key_file: Path | None = None
    recording: bool = False

    @property
    def asks_passphrase(self) -> bool:
        """Whether a back-up of a locked library waits for what opens it."""
        wanted = self.problem is not None and self.problem.code in _PASSPHRASE_WANTED
        return wanted and self.locked is not None

    @property
    def idle(self) -> bool:
        """Whether something can be begun."""
        return self.doing is Doing.NOTHING and not self.recording


class LibraryServices(Protocol):
    """What the section asks of the workflows; everything is called on the jobs thread."""

    def library_facts(self) -> LibraryFacts:
        """Look how things stand."""
        ...

    def back_up(
        self, folder: Path, *, with_key: bool, receiver: str, progress: Progress, cancelled: Cancelled
    ) -> Outcome:
        """Write a back-up into a folder."""
        ...

    def restore(
        self,
        file: Path,
        folder: Path,
        key_file: Path | None,
        passphrase: str,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Outcome:
        """Restore a back-up into a new folder. Raises VAULT_LOCKED for a locked one without a passphrase."""
        ...

    def move_library(self, folder: Path, progress: Progress, cancelled: Cancelled) -> Outcome:
        """Move the library; afterwards this window can't write any more."""
        ...

    def remove_old_library(self, progress: Progress, cancelled: Cancelled) -> Outcome:
        """Compare, and take away what the library was moved from."""
        ...

    def use_library(self, folder: Path) -> None:
        """Remember another library for the next start."""
        ...


class LibraryPresenter(QObject):
    """Backs up, restores and moves, one at a time; a recording that begins ends it.

    Emits:
        state_changed: the new ``LibraryState``.
        restart_wanted: another library is remembered; the program has to start again.
    """

    state_changed = Signal(object)
    restart_wanted = Signal()
    _moved = Signal(int, int, str)

    def __init__(self, services: LibraryServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = LibraryState()
        self._stop = threading.Event()
        self._moved.connect(self._on_moved)  # emitted on the jobs thread, received on this one

    @property
    def state(self) -> LibraryState:
        """What the section shows."""
        return self._state

    def refresh(self) -> None:
        """Look again."""
        if self._state.doing is Doing.NOTHING:
            self._jobs.run(self._services.library_facts, success=self._looked, failure=self._failed)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """The recording comes first: what is under way ends."""
        if recording:
            self._stop.set()
        self._become(replace(self._state, recording=recording))

    def choose_key(self, with_key: bool) -> None:  # noqa: FBT001 - a setter
        """Whether the key that signs goes along."""
        self._become(replace(self._state, with_key=with_key))

    def choose_receiver(self, receiver: str) -> None:
        """For whom a back-up is encrypted; empty for nobody."""
        self._become(replace(self._state, receiver=receiver.strip()))

    def back_up(self, folder: Path) -> None:
        """Write a back-up into a folder."""
        state = self._state
        self._begin(
            Doing.BACKING_UP,
            lambda progress, cancelled: self._services.back_up(
                folder,
                with_key=state.with_key,
                receiver=state.receiver,
                progress=progress,
                cancelled=cancelled,
            ),
        )

    def restore(self, file: Path, folder: Path, key_file: Path | None = None, passphrase: str = "") -> None:
        """Restore a back-up into a folder, or into a new one in it."""
        self._state = replace(self._state, locked=(file, folder), key_file=key_file)
        self._begin(
            Doing.RESTORING,
            lambda progress, cancelled: self._services.restore(
                file, _free_folder(folder), key_file, passphrase, progress, cancelled
            ),
        )

    def open_with(self, key_file: Path) -> None:
        """The key file of the encrypted back-up."""
        if self._state.locked is not None:
            self.restore(*self._state.locked, key_file)

    def open_with_passphrase(self, passphrase: str) -> None:
        """The passphrase of the library that was backed up, or its recovery code."""
        if self._state.locked is not None and passphrase:
            self.restore(*self._state.locked, self._state.key_file, passphrase)

    def move(self, folder: Path) -> None:
        """Move the library into a folder, or into a new one in it."""
        self._begin(
            Doing.MOVING,
            lambda progress, cancelled: self._services.move_library(
                _free_folder(folder), progress, cancelled
            ),
        )

    def ask_to_remove(self) -> None:
        """Ask once more before the old library goes."""
        self._become(replace(self._state, confirming=True, outcome=None, problem=None))

    def leave(self) -> None:
        """It stays after all."""
        self._become(replace(self._state, confirming=False))

    def remove_old(self) -> None:
        """Take away what the library was moved from."""
        self._begin(Doing.REMOVING, self._services.remove_old_library)

    def use_restored(self) -> None:
        """Use the restored library from the next start on."""
        outcome = self._state.outcome
        if outcome is None:
            return
        try:
            self._services.use_library(outcome.path)
        except Known as error:
            self._become(replace(self._state, problem=error))
            return
        self.restart_wanted.emit()

    def cancel(self) -> None:
        """Stop what is under way."""
        self._stop.set()

    def dismiss(self) -> None:
        """What was said has been seen."""
        self._become(replace(self._state, outcome=None, problem=None, locked=None))

    def _begin(self, doing: Doing, work: Callable[[Progress, Cancelled], Any]) -> None:
        if not self._state.idle:
            return
        self._stop.clear()
        self._become(
            replace(
                self._state,
                doing=doing,
                done=0,
                total=0,
                file="",
                outcome=None,
                problem=None,
                confirming=False,
            )
        )
        self._jobs.run(
            partial(work, when_it_moves(self._moved.emit), self._stop.is_set),
            success=self._succeeded,
            failure=self._failed,
        )

    def _on_moved(self, done: int, total: int, name: str) -> None:
        if self._state.doing is not Doing.NOTHING:
            self._become(replace(self._state, done=done, total=total, file=name))

    def _looked(self, facts: LibraryFacts) -> None:
        self._become(replace(self._state, facts=facts))

    def _succeeded(self, outcome: Outcome) -> None:
        self._become(replace(self._state, doing=Doing.NOTHING, outcome=outcome, locked=None))
        if outcome.doing is Doing.MOVING:
            self.restart_wanted.emit()
        else:
            self.refresh()

    def _failed(self, problem: Known) -> None:
        waits = problem.code is Code.ARCHIVE_LOCKED or problem.code in _PASSPHRASE_WANTED
        locked = self._state.locked if waits else None
        self._become(replace(self._state, doing=Doing.NOTHING, problem=problem, locked=locked))

    def _become(self, state: LibraryState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _free_folder(folder: Path) -> Path:
    """The folder itself when it is empty or new, else one in it."""
    try:
        taken = folder.exists() and any(folder.iterdir())
    except OSError:
        taken = False
    return folder / NEW_FOLDER if taken else folder
