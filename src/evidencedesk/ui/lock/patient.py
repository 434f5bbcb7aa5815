"""Work that may wait for the user for as long as it likes: a keyring asks for its own passphrase."""

from __future__ import annotations

import contextlib
import threading

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Known
from evidencedesk.ui.background import Failure, Success, Work


class Patient(QObject):
    """A thread for each piece of work, which nobody joins: the window closes while a keyring still asks."""

    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended.connect(self._told)

    def run(self, work: Work, success: Success, failure: Failure) -> None:
        """Begin; the end is told on the window's thread."""

        def begin() -> None:
            try:
                result, problem = work(), None
            except Known as error:
                result, problem = None, error
            with contextlib.suppress(RuntimeError):  # the window is gone
                self._ended.emit(success if problem is None else failure, result, problem)

        threading.Thread(target=begin, name="keyring", daemon=True).start()

    @Slot(object, object, object)
    def _told(self, tell: Success | Failure, result: object, problem: Known | None) -> None:
        tell(result if problem is None else problem)  # type: ignore[arg-type]
