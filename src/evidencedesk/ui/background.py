"""Long work, away from the window: one named thread, one piece after the other.

Every piece of work ends in exactly one call of ``success`` or ``failure``, on the window's thread.
These two are bound methods of QObjects: Qt would run anything else on the worker's thread.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Code, Known, MachineFailure

Work = Callable[[], Any]
Success = Callable[[Any], None]
Failure = Callable[[Known], None]


class Runner(Protocol):
    """Who runs work: the thread, or in tests the caller itself."""

    def run(self, work: Work, success: Success, failure: Failure) -> None:
        """Do the work and report how it ended."""
        ...


@dataclass(frozen=True, eq=False)
class _Job:
    """One piece of work and who waits for it."""

    work: Work
    success: Success
    failure: Failure


class Jobs(QObject):
    """The thread for work that takes longer than a blink. Owner: the window; joined by ``close``."""

    # On the long-lived object: one that is deleted after each job was seen to crash Qt.
    _ended = Signal(object, object, object)

    def __init__(self, name: str = "jobs", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended.connect(self._job_ended)
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name)
        self._closed = False
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, work: Work, success: Success, failure: Failure) -> None:
        """Queue a piece of work. ``failure`` gets a Known error; a bug arrives as PROGRAM_ERROR."""
        for receiver in (success, failure):
            if not isinstance(getattr(receiver, "__self__", None), QObject):
                raise TypeError(f"not a bound method of a QObject: {receiver!r}")
        if self._closed:
            raise RuntimeError("the thread has ended")
        self._queue.put(_Job(work, success, failure))

    def close(self) -> None:
        """Finish what is queued and join the thread; results that come later are dropped."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    @Slot(object, object, object)
    def _job_ended(self, job: _Job, result: Any, error: Known | None) -> None:
        if not shiboken6.isValid(job.success.__self__):  # type: ignore[attr-defined]
            return  # the page that asked is gone, and nobody waits for the answer
        if error is None:
            job.success(result)
        else:
            job.failure(error)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            result, error = _outcome(job.work)
            self._ended.emit(job, result, error)


def _outcome(work: Work) -> tuple[Any, Known | None]:
    try:
        return work(), None
    except Known as error:
        return None, error
    except Exception as error:  # noqa: BLE001 - a named boundary: no job may vanish without an end
        # The hook tells the log; the page that asked must hear of it as well.
        sys.excepthook(type(error), error, error.__traceback__)
        return None, MachineFailure(Code.PROGRAM_ERROR, reason=type(error).__name__)
