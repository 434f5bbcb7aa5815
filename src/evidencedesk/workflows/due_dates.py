"""The days by which something is due in a case, by the packs in use."""

from __future__ import annotations

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.due_date import DueDate
from evidencedesk.guidance.deadlines import deadlines
from evidencedesk.workflows.desk import Desk


def due_dates(desk: Desk, case_file: CaseFile) -> tuple[DueDate, ...]:
    """Return all of them, the earliest first.

    What only the user knows (an instalment's last day, a court's letter) begins none: nobody asks for it yet.
    A practice case has none.
    """
    if case_file.practice:
        return ()
    told = desk.packs_for(case_file.ticks)
    found = (one for pack in desk.packs for one in deadlines(pack, case_file, packs=told))
    return tuple(sorted(found, key=lambda one: (one.due, one.began, one.pack, one.deadline.id)))
