"""What the panels of the encounter page share: the encounter, the workflows, the door to the user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Known
from evidencedesk.ui.background import Failure, Runner, Success
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.services import EncounterServices, LiveEncounter

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Session:
    """One encounter while its page is open.

    ``runner`` does what takes longer than a blink; without one it is done at once.
    """

    services: EncounterServices
    live: LiveEncounter
    messages: Messages
    runner: Runner | None = None

    def case_file(self) -> CaseFile:
        """Everything known about the case."""
        return self.services.case_file(self.live.case)

    def attempt(self, work: Callable[[], _Result]) -> _Result | None:
        """Do something; a known error is told to the user and gives None."""
        try:
            return work()
        except Known as error:
            self.messages.show_error(error)
            return None

    def run(self, work: Callable[[], object], success: Success, failure: Failure) -> None:
        """Do something away from the window, and tell a bound method of a QObject how it ended."""
        if self.runner is not None:
            self.runner.run(work, success, failure)
            return
        try:
            result = work()
        except Known as error:
            failure(error)
        else:
            success(result)
