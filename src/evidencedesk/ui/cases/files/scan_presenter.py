"""Looking through a folder: what it has, what the user picks of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Code, Known
from evidencedesk.intake.folder_scan import Scanned
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.files.services import FilesServices


@dataclass(frozen=True, slots=True)
class ScanState:
    """``running`` while the folder is looked through; ``scanned`` when it was. Closed without a folder."""

    case_id: str = ""
    folder: Path | None = None
    running: bool = False
    seen: int = 0
    offered: int = 0
    scanned: Scanned | None = None
    picked: frozenset[int] = frozenset()
    problem: Known | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """What was picked."""
        found = () if self.scanned is None else self.scanned.candidates
        return tuple(one.path for number, one in enumerate(found) if number in self.picked)


class ScanPresenter(QObject):
    """Looks through one folder at a time.

    Emits:
        state_changed: the new ``ScanState``.
    """

    state_changed = Signal(object)
    _moved = Signal(int, int)

    def __init__(self, services: FilesServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._stop = threading.Event()
        self.state = ScanState()
        # Emitted on the jobs thread, received on this one.
        self._moved.connect(self._on_moved)

    def begin(self, case_id: str, folder: Path) -> None:
        """Look through a folder; another one is left."""
        self._stop.set()
        self._stop = threading.Event()
        self._become(ScanState(case_id, folder, running=True))
        work = partial(_scan, self._services, case_id, folder, self._moved.emit, self._stop)
        self._jobs.run(work, success=self._done, failure=self._failed)

    def close(self) -> None:
        """Leave the folder."""
        self._stop.set()
        self._become(ScanState())

    def pick(self, number: int, picked: bool) -> None:  # noqa: FBT001 - a slot of a check box
        """One of them, or not."""
        chosen = self.state.picked | {number} if picked else self.state.picked - {number}
        self._become(replace(self.state, picked=chosen))

    def pick_all(self) -> None:
        """Every one that the case has not; none when they are picked already."""
        found = () if self.state.scanned is None else self.state.scanned.candidates
        new = frozenset(number for number, one in enumerate(found) if not one.already)
        self._become(replace(self.state, picked=frozenset() if self.state.picked == new else new))

    @Slot(int, int)
    def _on_moved(self, seen: int, offered: int) -> None:
        if self.state.running:
            self._become(replace(self.state, seen=seen, offered=offered))

    @Slot(object)
    def _done(self, outcome: tuple[threading.Event, Scanned]) -> None:
        if outcome[0] is self._stop and self.state.running:
            self._become(replace(self.state, running=False, scanned=outcome[1]))

    @Slot(object)
    def _failed(self, problem: Known) -> None:
        if problem.code is Code.CANCELLED:
            return
        self._become(replace(self.state, running=False, problem=problem))

    def _become(self, state: ScanState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _scan(
    services: FilesServices, case_id: str, folder: Path, moved: object, stop: threading.Event
) -> tuple[threading.Event, Scanned]:
    return stop, services.scan_folder(case_id, folder, moved, stop.is_set)  # type: ignore[arg-type]
