"""Hand a case over: choose a place, copy, check what was copied, say so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.finding import Report
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.services import CopiedFolder, FolderStamps, HandoverServices
from evidencedesk.ui.progress_steps import when_it_moves

_NO_STAMPS = FolderStamps()


class Step(StrEnum):
    """How far the handing over is."""

    CLOSED = "closed"
    CHOOSING = "choosing"
    COPYING = "copying"
    READING_BACK = "reading-back"
    CHECKING = "checking"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class HandoverState:
    """The panel; never a passphrase. ``done`` and ``total`` count bytes while copying and checking.

    ``key_asks``: signing takes a passphrase.
    """

    step: Step = Step.CLOSED
    case_id: str = ""
    place: Path | None = None
    folder: str = ""
    language: str = "zh"
    zip_too: bool = False
    receiver: str = ""
    key_asks: bool = False
    done: int = 0
    total: int = 0
    file: str = ""
    exported: CopiedFolder | None = None
    report: Report | None = None
    stamps: FolderStamps = _NO_STAMPS
    problem: Known | None = None

    @property
    def working(self) -> bool:
        """Whether something is under way that can be cancelled."""
        return self.step in (Step.COPYING, Step.READING_BACK, Step.CHECKING)

    @property
    def cancelled(self) -> bool:
        """Whether the last try was stopped by the user."""
        return self.problem is not None and self.problem.code is Code.CANCELLED


class HandoverPresenter(QObject):
    """Copies a case and checks the copy.

    Emits:
        state_changed: the new ``HandoverState``.
        handed_over: the id of the case, when its journal has a new entry about an export.
    """

    state_changed = Signal(object)
    handed_over = Signal(str)
    _copied = Signal(int, int, str)
    _read_back = Signal(int, int, str)
    _checked = Signal(int, int)

    def __init__(self, services: HandoverServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = HandoverState()
        self._stop = threading.Event()
        # Emitted on the jobs thread, received on this one.
        self._copied.connect(self._on_copied)
        self._read_back.connect(self._on_read_back)
        self._checked.connect(self._on_checked)

    @property
    def state(self) -> HandoverState:
        """What the panel shows."""
        return self._state

    def open(self, case_id: str, place: Path, language: str) -> None:
        """Ask where the folder shall go; does nothing while one is being written."""
        if self._state.working:
            return
        folder = self._services.folder_name(case_id)
        self._become(HandoverState(Step.CHOOSING, case_id, place, folder, language))
        self._jobs.run(self._services.key_asks, success=self._key_looked_at, failure=self._key_not_seen)

    def close(self) -> None:
        """Put the panel away."""
        if not self._state.working:
            self._become(HandoverState())

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def choose_place(self, place: Path) -> None:
        """Write the folder into this one."""
        self._become(replace(self._state, place=place, problem=None))

    def choose_language(self, language: str) -> None:
        """Write the pages for people in this language."""
        self._become(replace(self._state, language=language))

    def choose_zip(self, zip_too: bool) -> None:  # noqa: FBT001 - a slot of a check box
        """Write a single file as well, or not."""
        self._become(replace(self._state, zip_too=zip_too))

    def choose_receiver(self, receiver: str) -> None:
        """Encrypt for the owner of this public key; for nobody when it is empty."""
        self._become(replace(self._state, receiver=receiver.strip()))

    def begin(self, passphrase: str = "") -> None:
        """Copy the case, then check the copy. Without the passphrase a locked key does not sign."""
        state = self._state
        if state.step is not Step.CHOOSING or state.place is None:
            return
        self._stop.clear()
        self._become(replace(state, step=Step.COPYING, done=0, total=0, file="", problem=None))
        work = partial(
            self._services.export_case,
            state.case_id,
            state.place / state.folder,
            state.language,
            zip_too=state.zip_too,
            progress=when_it_moves(self._copied.emit),
            cancelled=self._stop.is_set,
            encrypt_to=(state.receiver,) if state.receiver else (),
            reading_back=when_it_moves(self._read_back.emit),
            passphrase=passphrase,
        )
        self._jobs.run(work, success=self._copy_made, failure=self._copy_failed)

    def cancel(self) -> None:
        """Stop; a half-made folder is removed by the workflow itself."""
        self._stop.set()

    def look_at_stamps(self) -> None:
        """Look whether the time stamps over the signature have come."""
        state = self._state
        if state.step is Step.DONE and state.exported is not None:
            work = partial(_stamps_of, self._services, state.case_id, state.exported)
            self._jobs.run(work, success=self._stamps_seen, failure=self._stamps_not_seen)

    def _copy_made(self, exported: CopiedFolder) -> None:
        if exported.sealed:
            # Only its receiver can look into it.
            self._become(replace(self._state, step=Step.DONE, exported=exported, report=None))
            self.handed_over.emit(self._state.case_id)
            self.look_at_stamps()
            return
        self._become(replace(self._state, step=Step.CHECKING, exported=exported, done=0, total=0, file=""))
        self.handed_over.emit(self._state.case_id)
        work = partial(self._services.verify, exported.path, self._check_progress())
        self._jobs.run(work, success=self._copy_checked, failure=self._check_failed)

    def _copy_failed(self, problem: Known) -> None:
        asks = self._state.key_asks or problem.code is Code.KEY_WRONG_PASSPHRASE
        self._become(replace(self._state, step=Step.CHOOSING, problem=problem, key_asks=asks))
        self.handed_over.emit(self._state.case_id)

    def _copy_checked(self, report: Report) -> None:
        self._become(replace(self._state, step=Step.DONE, report=report))
        self.look_at_stamps()

    def _check_failed(self, problem: Known) -> None:
        # The folder is there, but nobody has looked at it: the page must not sound as if.
        self._become(replace(self._state, step=Step.DONE, report=None, problem=problem))
        self.look_at_stamps()

    def _key_looked_at(self, asks: bool) -> None:  # noqa: FBT001 - the answer of a job
        if self._state.step is not Step.CLOSED:
            self._become(replace(self._state, key_asks=asks))

    def _key_not_seen(self, _problem: Known) -> None:
        """A key that can't be looked at asks for nothing; the export says why it did not sign."""

    def _stamps_seen(self, seen: tuple[CopiedFolder, FolderStamps]) -> None:
        exported, stamps = seen
        if exported is not self._state.exported:
            return
        came = len(stamps.received) > len(self._state.stamps.received)
        self._become(replace(self._state, stamps=stamps))
        if came:
            self.handed_over.emit(self._state.case_id)

    def _stamps_not_seen(self, _problem: Known) -> None:
        """The disk did not say; the settings page shows what waits."""

    def _check_progress(self) -> Callable[[int, int], None]:
        moved = when_it_moves(lambda done, total, _name: self._checked.emit(done, total))

        def progress(done: int, total: int) -> None:
            if self._stop.is_set():
                raise WrongUse(Code.CANCELLED)
            moved(done, total, "")

        return progress

    def _on_copied(self, done: int, total: int, file: str) -> None:
        if self._state.step is Step.COPYING:
            self._become(replace(self._state, done=done, total=total, file=file))

    def _on_read_back(self, done: int, total: int, file: str) -> None:
        if self._state.step in (Step.COPYING, Step.READING_BACK):
            self._become(replace(self._state, step=Step.READING_BACK, done=done, total=total, file=file))

    def _on_checked(self, done: int, total: int) -> None:
        if self._state.step is Step.CHECKING:
            self._become(replace(self._state, done=done, total=total))

    def _become(self, state: HandoverState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _stamps_of(
    services: HandoverServices, case_id: str, exported: CopiedFolder
) -> tuple[CopiedFolder, FolderStamps]:
    return exported, services.folder_stamps(case_id, exported)
