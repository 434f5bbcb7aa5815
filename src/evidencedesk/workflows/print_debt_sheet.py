"""Write the one-page sheet about a debt into a folder."""

from __future__ import annotations

import os
from pathlib import Path

from evidencedesk.domain.debt_sheet import debt_sheet
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.export.papers.debt_sheet import DebtPaper, debt_sheet_pdf
from evidencedesk.export.whole_file import Sink, write_whole
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.kept_file import safe_name

_MOST_NAMES = 1000


def print_debt_sheet(desk: Desk, case_id: str, folder: Path, words: Words) -> Path:
    """Make the sheet as it stands today, under a name that is free; nothing is overwritten.

    Raises NOTHING_ABOUT_DEBT, and what the disk says.
    """
    case_file = desk.store.case_file(desk.store.find_case(case_id).id)
    now = desk.clock.now()
    sheet = debt_sheet(case_file, now.local.date())
    if sheet.empty:
        raise WrongUse(Code.NOTHING_ABOUT_DEBT, case=case_file.case.title)
    made = debt_sheet_pdf(DebtPaper(case_file, sheet, now, desk.app_version), words)
    stem = safe_name(f"{case_file.case.title[:40]} {sheet.day.isoformat()}")
    for number in range(1, _MOST_NAMES):
        path = folder / (f"{stem}.pdf" if number == 1 else f"{stem} ({number}).pdf")
        if os.path.lexists(path):
            continue
        write_whole(path, lambda sink: _write(sink, made))
        return path
    raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(folder))


def _write(sink: Sink, made: bytes) -> None:
    sink.write(made)
