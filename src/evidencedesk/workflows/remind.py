"""Find the steps whose day has come, in all cases, and remember what was said of them today.

What was said is no evidence: it stands in a small file of the library, and losing it costs one message.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from evidencedesk.custody.kept import read_kept, write_kept
from evidencedesk.domain.errors import Known
from evidencedesk.domain.reminder import Reminder, in_order, reminder_of
from evidencedesk.workflows.desk import Desk

FILE_NAME = "reminded.json"


def due_reminders(desk: Desk) -> tuple[Reminder, ...]:
    """Everything whose day has come, the oldest first."""
    today = desk.clock.now().local.date()
    waiting = (reminder_of(one.title, one.step, today) for one in desk.store.waiting_steps())
    return in_order(one for one in waiting if one is not None)


def said_today(library: Path, today: date) -> frozenset[str]:
    """The steps that were spoken of today; none when the file can't be read."""
    try:
        stored = json.loads(read_kept(library / FILE_NAME))
        if stored["day"] != today.isoformat():
            return frozenset()
        return frozenset(str(one) for one in stored["steps"])
    except (OSError, ValueError, KeyError, TypeError, Known):
        return frozenset()


def remember_said(library: Path, today: date, steps: Iterable[str], seals_to: bytes | None = None) -> None:
    """Do not speak of these again today. A disk that takes nothing only means that they come again."""
    said = said_today(library, today) | frozenset(steps)
    text = json.dumps({"day": today.isoformat(), "steps": sorted(said)}, indent=2) + "\n"
    try:
        write_kept(library / FILE_NAME, text.encode(), seals_to)
    except OSError:
        return
