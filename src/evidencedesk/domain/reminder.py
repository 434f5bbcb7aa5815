"""What the user is told of on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evidencedesk.domain.agenda import Entry, Waits, entries_of
from evidencedesk.domain.case import FollowUp


@dataclass(frozen=True, slots=True)
class Reminder:
    """A step whose day has come; ``title`` is that of its case."""

    title: str
    entry: Entry

    @property
    def step(self) -> FollowUp:
        """The step itself."""
        return self.entry.step


def reminder_of(title: str, step: FollowUp, today: date) -> Reminder | None:
    """What is to be said of a step today; None when nothing is.

    What is over is said until it is dealt with, unless the user asked for a later day.
    """
    entries = entries_of(step)
    asked_later = any(one.waits is Waits.REMINDER and one.day > today for one in entries)
    come = [one for one in entries if one.day == today or (one.day < today and not asked_later)]
    if not come:
        return None
    # A last day says more than that one wanted to be reminded of it.
    return Reminder(title, min(come, key=lambda one: (one.waits is Waits.REMINDER, one.day)))


def in_order(found: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """The oldest first."""
    return tuple(sorted(found, key=lambda one: (one.entry.day, one.title, one.step.id)))
