"""What the panels of the encounter page share: the encounter, the workflows, the door to the user."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Known
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.services import EncounterServices, FollowUpServices, LiveEncounter

_Result = TypeVar("_Result")


def no_secrets(_text: str) -> Sequence[object]:
    """Finds nothing."""
    return ()


@dataclass(frozen=True)
class Session:
    """One encounter while its page is open.

    ``find_secrets`` tells which numbers of a text nobody else should read.
    """

    services: EncounterServices
    live: LiveEncounter
    messages: Messages
    follow_ups: FollowUpServices | None = None
    find_secrets: Callable[[str], Sequence[object]] = no_secrets

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
