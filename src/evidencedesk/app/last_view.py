"""Which page and case were open, for a window that ends without being closed.

The file is there as long as the window is: one that is found at the start was left by a crash, by ``kill -9``
or by a power cut. It names a page and a case by its id, nothing of what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Known
from evidencedesk.system.durable import create_folder, write_atomic
from evidencedesk.ui.background import Runner
from evidencedesk.workflows.library_files import CACHE

_FILE = "last-view.json"


@dataclass(frozen=True, slots=True)
class View:
    """A page by its name; ``case`` is the id of the case that was open, or empty."""

    page: str = ""
    case: str = ""


class LastView(QObject):
    """Remembers on the jobs thread: the window never waits for it.

    Emits:
        found: the View that a window left which nobody closed.
        ready: nothing more comes from before; what is shown from now on is remembered.
    """

    found = Signal(object)
    ready = Signal()

    def __init__(
        self,
        library: Path,
        jobs: Runner,
        case_is_there: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        """``case_is_there`` raises Known for the id of no case."""
        super().__init__(parent)
        self._file = library / CACHE / _FILE
        self._jobs = jobs
        self._case_is_there = case_is_there
        self._view = View()
        self._over = False

    def look(self) -> None:
        """Read what an earlier window left."""
        self._jobs.run(self._read, self._was_read, self._not_read)

    @Slot(str)
    def page_shown(self, page: str) -> None:
        """Another page is in sight."""
        self._remember(View(page, self._view.case))

    @Slot(str)
    def case_shown(self, case_id: str) -> None:
        """A case was opened; empty for the list of all."""
        self._remember(View(self._view.page, case_id))

    def forget(self) -> None:
        """The window is closed in good order. Call it when no work is queued any more."""
        self._over = True
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _remember(self, view: View) -> None:
        if view != self._view:
            self._view = view
            self._jobs.run(partial(self._write, view), self._written, self._not_written)

    def _read(self) -> View | None:
        try:
            stored = json.loads(self._file.read_text(encoding="utf-8"))
            view = View(str(stored["page"]), str(stored["case"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        try:
            if view.case:
                self._case_is_there(view.case)
        except Known:
            return View(view.page)
        return view

    def _write(self, view: View) -> None:
        # It is a convenience: a disk that is full has worse to tell, and tells it elsewhere.
        with suppress(OSError):
            if not self._over:
                create_folder(self._file.parent)
                write_atomic(self._file, json.dumps(asdict(view)).encode())

    def _was_read(self, view: View | None) -> None:
        if view is not None:
            self.found.emit(view)
        self.ready.emit()

    def _not_read(self, _error: Known) -> None:
        self.ready.emit()

    def _written(self, _nothing: None) -> None:
        """Nobody waits for it."""

    def _not_written(self, _error: Known) -> None:
        """Nor is anything lost but a convenience."""
