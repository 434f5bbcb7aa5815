"""A day by which something is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evidencedesk.domain.rules import Deadline


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline of a pack that something in a case began.

    ``began`` is the local day of what began it; ``subjects`` are the ids of what did (ticks, follow-ups,
    a contact or encounter), empty where the user gave the day. ``due`` is the last day.
    """

    pack: str
    pack_version: str
    deadline: Deadline
    began: date
    due: date
    subjects: tuple[str, ...] = ()

    def days_left(self, today: date) -> int:
        """Days until the last one; 0 on it, negative after it."""
        return (self.due - today).days
