"""The days by which something is due in a case, by the packs in use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.rules import Begins
from evidencedesk.guidance.deadlines import deadlines
from evidencedesk.workflows.desk import Desk


def due_dates(desk: Desk, case_file: CaseFile) -> tuple[DueDate, ...]:
    """Return all of them, the earliest first.

    The last instalment of the contract begins the limitation of the debt. A practice case has none.
    """
    if case_file.practice:
        return ()
    told = desk.packs_for(case_file.ticks)
    given = last_due(case_file)
    found = (one for pack in desk.packs for one in deadlines(pack, case_file, given, told))
    return tuple(sorted(found, key=lambda one: (one.due, one.began, one.pack, one.deadline.id)))


def last_due(case_file: CaseFile) -> Mapping[Begins, date]:
    """The day of the last instalment, if the contract was entered."""
    if case_file.debt is None:
        return {}
    try:
        days = [date.fromisoformat(one.due) for one in case_file.debt.terms.instalments]
    except ValueError:  # a stranger's journal may have a day that the calendar has not
        return {}
    return {Begins.LAST_DUE: max(days)} if days else {}
