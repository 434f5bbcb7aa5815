"""Check a case folder that somebody handed over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
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
    """A check that is running, is done, or could not be made.

    ``trust`` are certificates that the reader knows, ``trust_time`` roots of time-stamping authorities; both
    stay for the next check.
    """

    folder: Path | None = None
    running: bool = False
    done: int = 0
    total: int = 0
    report: Report | None = None
    problem: Known | None = None
    zip_names: str = "utf-8"
    trust: tuple[Path, ...] = ()
    trust_time: tuple[Path, ...] = ()

    @property
    def layers(self) -> tuple[LayerResult, ...]:
        """The report layer by layer, in the order they are checked in."""
        return () if self.report is None else by_layer(self.report)


class VerifyServices(Protocol):
    """What the page asks of the workflows."""

    def verify(
        self,
        path: Path,
        progress: Callable[[int, int], None],
        zip_names: str = "utf-8",
        trust: Sequence[Path] = (),
        trust_time: Sequence[Path] = (),
    ) -> Report:
        """Check a folder or a ZIP, with certificates and roots the reader brings; on the jobs thread."""
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
        state = self._state
        self._become(
            VerifyState(
                folder, running=True, zip_names=zip_names, trust=state.trust, trust_time=state.trust_time
            )
        )
        work = partial(
            self._services.verify, folder, self._progress(), zip_names, state.trust, state.trust_time
        )
        self._jobs.run(work, success=self._checked, failure=self._failed)

    def cancel(self) -> None:
        """Stop; nothing is written by a check, so nothing has to be undone."""
        self._stop.set()

    def know(self, files: Sequence[Path]) -> None:
        """The reader knows these certificates; what was checked is checked again with them."""
        self._bring(replace(self._state, trust=_with(self._state.trust, files)))

    def forget(self, file: Path) -> None:
        """Check without this certificate."""
        kept = tuple(one for one in self._state.trust if one != file)
        self._bring(replace(self._state, trust=kept))

    def know_root(self, files: Sequence[Path]) -> None:
        """The reader has these roots from the authorities themselves."""
        self._bring(replace(self._state, trust_time=_with(self._state.trust_time, files)))

    def forget_root(self, file: Path) -> None:
        """Check without this root."""
        kept = tuple(one for one in self._state.trust_time if one != file)
        self._bring(replace(self._state, trust_time=kept))

    def _bring(self, state: VerifyState) -> None:
        if self._state.running or state == self._state:
            return
        self._become(state)
        # A report stands for what was asked: with other certificates it would be another one.
        if state.folder is not None:
            self.check(state.folder, state.zip_names)

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
        self._become(replace(self._state, running=False, report=report, problem=None))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, running=False, report=None, problem=problem))

    def _become(self, state: VerifyState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _with(known: tuple[Path, ...], files: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((*known, *files)))


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
