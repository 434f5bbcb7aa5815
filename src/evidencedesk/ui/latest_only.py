"""Readings of something that changes: only the latest question is worth an answer."""

from __future__ import annotations

from PySide6.QtCore import QObject

from evidencedesk.domain.errors import Known
from evidencedesk.ui.background import Failure, Runner, Success, Work


class LatestOnly(QObject):
    """Runs one piece of work at a time, and of those that wait only the last.

    For readings, never for anything that writes: a question that was overtaken gets no answer. Without this,
    whoever changes a case quickly would fill the jobs' thread with judgements nobody waits for any more.
    """

    def __init__(self, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked: tuple[Success, Failure] | None = None
        self._waiting: tuple[Work, Success, Failure] | None = None

    def run(self, work: Work, success: Success, failure: Failure) -> None:
        """Ask, now or as soon as the question under way is answered."""
        self._waiting = (work, success, failure)
        if self._asked is None:
            self._next()

    def _next(self) -> None:
        if self._waiting is not None:
            work, success, failure = self._waiting
            self._asked, self._waiting = (success, failure), None
            self._jobs.run(work, success=self._answered, failure=self._failed)

    def _answered(self, result: object) -> None:
        asked, self._asked = self._asked, None
        if self._waiting is not None:
            self._next()
        elif asked is not None:
            asked[0](result)

    def _failed(self, problem: Known) -> None:
        asked, self._asked = self._asked, None
        if self._waiting is not None:
            self._next()
        elif asked is not None:
            asked[1](problem)
