"""Write a case's steps and deadlines, or one step, into a calendar file."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.domain.due_date import as_of
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.export.calendar_file import CalendarContent, calendar_file
from evidencedesk.guidance.step_path import reminders
from evidencedesk.system.durable import disk_failure, write_atomic
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.due_dates import due_dates

SUFFIX = ".ics"


def export_calendar(
    desk: Desk, words: Words, case_id: str, file: Path, *, names: bool = True, step_id: str = ""
) -> int:
    """Write the file, in place of an older one of its name; how many days are in it.

    Deadlines that are over are left out. Raises UNKNOWN_CASE, UNKNOWN_ITEM, and what the disk says.
    """
    case = desk.store.find_case(case_id)
    case_file = desk.store.case_file(case.id)
    entries = reminders(case_file)
    now = desk.clock.now()
    sorted_due = as_of(due_dates(desk, case_file), now.local.date())
    due = (*sorted_due.next, *sorted_due.later)
    if step_id:
        if all(one.id != step_id for one in case_file.follow_ups):
            raise WrongUse(Code.UNKNOWN_ITEM, item=step_id)
        entries = tuple(one for one in entries if one.step.id == step_id)
        due = ()
    content = CalendarContent(case, entries, due, now, names)
    try:
        write_atomic(file, calendar_file(words, content))
    except OSError as error:
        raise disk_failure(error, file) from error
    return len(entries) + len(due)


def free_file(folder: Path, stem: str) -> Path:
    """A name in a folder that nothing has yet."""
    number, file = 1, folder / f"{stem}{SUFFIX}"
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}{SUFFIX}"
    return file
