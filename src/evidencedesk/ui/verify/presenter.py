"""Check a case folder that somebody handed over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.finding import Checked, Finding, Layer, Report
from evidencedesk.ui.background import Runner
from evidencedesk.ui.progress_steps import when_it_moves


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What one layer covered and what it found."""

    layer: Layer
    checked: tuple[Checked, ...]
    faults: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class VerifyState:
    """A check that is running, is done, or could not be made."""

    folder: Path | None = None
    running: bool = False
    done: int = 0
    total: int = 0
    report: Report | None = None
    problem: Known | None = None

    @property
    def layers(self) -> tuple[LayerResult, ...]:
        """The report layer by layer, in the order they are checked in."""
        return () if self.report is None else by_layer(self.report)


class VerifyServices(Protocol):
    """What the page asks of the workflows."""

    def verify(self, path: Path, progress: Callable[[int, int], None], zip_names: str = "utf-8") -> Report:
        """Check a folder or a ZIP; called on the jobs thread."""
        ...


class VerifyPresenter(QObject):
    """Checks one folder at a time.

    Emits:
        state_changed: the new ``VerifyState``.
    """

    state_changed = Signal(object)
    _progressed = Signal(int, int)

    def __init__(self, services: VerifyServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = VerifyState()
        self._stop = threading.Event()
        # Emitted on the jobs thread, received on this one.
        self._progressed.connect(self._on_progressed)

    @property
    def state(self) -> VerifyState:
        """What the page shows."""
        return self._state

    def check(self, folder: Path, zip_names: str = "utf-8") -> None:
        """Check this folder or ZIP; does nothing while another is being checked."""
        if self._state.running:
            return
        self._stop.clear()
        self._become(VerifyState(folder, running=True))
        work = partial(self._services.verify, folder, self._progress(), zip_names)
        self._jobs.run(work, success=self._checked, failure=self._failed)

    def cancel(self) -> None:
        """Stop; nothing is written by a check, so nothing has to be undone."""
        self._stop.set()

    def _progress(self) -> Callable[[int, int], None]:
        moved = when_it_moves(lambda done, total, _name: self._progressed.emit(done, total))

        def progress(done: int, total: int) -> None:
            if self._stop.is_set():
                raise WrongUse(Code.CANCELLED)
            moved(done, total, "")

        return progress

    def _on_progressed(self, done: int, total: int) -> None:
        if self._state.running:
            self._become(replace(self._state, done=done, total=total))

    def _checked(self, report: Report) -> None:
        self._become(VerifyState(self._state.folder, report=report))

    def _failed(self, problem: Known) -> None:
        self._become(VerifyState(self._state.folder, problem=problem))

    def _become(self, state: VerifyState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def by_layer(report: Report) -> tuple[LayerResult, ...]:
    """Sort a report by layers; layers that covered and found nothing are named too."""
    return tuple(
        LayerResult(
            layer,
            tuple(c for c in report.checked if c.layer is layer),
            tuple(f for f in report.faults if f.layer is layer),
            tuple(f for f in report.findings if f.layer is layer and f not in report.faults),
        )
        for layer in Layer
    )
