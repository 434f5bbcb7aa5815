"""A day by which something is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evidencedesk.domain.rules import Deadline


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline of a pack that something in a case began.

    ``began`` is the local day of what began it; ``subjects`` are the ids of what did (ticks, follow-ups,
    a contact or encounter), empty where the user gave the day. ``due`` is the last day; where a paper says
    another one than the rule, it is the paper's, and ``counted`` the rule's.
    """

    pack: str
    pack_version: str
    deadline: Deadline
    began: date
    due: date
    subjects: tuple[str, ...] = ()
    counted: date | None = None

    @property
    def key(self) -> str:
        """How a step names the deadline that it was made from."""
        return f"{self.pack}/{self.deadline.id}/{self.began.isoformat()}"

    def days_left(self, today: date) -> int:
        """Days until the last one; 0 on it, negative after it."""
        return (self.due - today).days


@dataclass(frozen=True, slots=True)
class DueDates:
    """Due dates as they matter on a day.

    ``next`` holds the first of each deadline that can still be kept, ``later`` the others of the same
    deadlines, ``passed`` those that are over, the latest first.
    """

    next: tuple[DueDate, ...] = ()
    later: tuple[DueDate, ...] = ()
    passed: tuple[DueDate, ...] = ()


def as_of(due: Iterable[DueDate], today: date) -> DueDates:
    """Sort due dates for a day."""
    ordered = sorted(due, key=lambda one: (one.due, one.began, one.pack, one.deadline.id))
    first: dict[tuple[str, str], DueDate] = {}
    later = tuple(
        one
        for one in ordered
        if one.due >= today and first.setdefault((one.pack, one.deadline.id), one) is not one
    )
    passed = tuple(one for one in reversed(ordered) if one.due < today)
    return DueDates(tuple(first.values()), later, passed)
