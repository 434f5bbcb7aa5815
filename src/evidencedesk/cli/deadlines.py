"""The command ``deadlines``: by which days something is due, also as a calendar file."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.due_date import DueDate
from evidencedesk.wording.judgements import deadline_text
from evidencedesk.wording.language import Words
from evidencedesk.workflows.due_dates import due_dates
from evidencedesk.workflows.export_calendar import export_calendar


def deadlines_command(words: Words) -> click.Command:
    """``deadlines CASE [--ics FILE] [--without-names]``."""
    t = words.text
    params: list[click.Parameter] = [
        case_argument(),
        click.Option(
            ["--ics"],
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=False),
            help=t(
                "Write steps, reminders and deadlines into this calendar file (iCalendar), anew each time."
            ),
        ),
        click.Option(
            ["--without-names"], is_flag=True, help=t("No names, sums and numbers in the calendar file.")
        ),
    ]
    help_text = t("Show by which days something is due, and from what that was counted.")
    return command(words, "deadlines", _deadlines, help_text, params)


def _deadlines(session: Session, case: str, ics: Path | None, *, without_names: bool) -> int:
    with open_library(session) as desk:
        case_file = desk.store.case_file(desk.store.find_case(case).id)
        found = due_dates(desk, case_file)
        today = desk.clock.now().local.date()
        written = None
        if ics is not None:
            written = export_calendar(desk, session.words, case_file.case.id, ics, names=not without_names)
    for due in found:
        session.output.event("deadline", **_deadline_facts(due))
        said = deadline_text(session.words, due, today)
        lines = (said.due, said.headline, said.began, said.note, said.source)
        session.output.result("\n    ".join(line for line in lines if line))
    if not found:
        session.output.message(session.words.text("Nothing is due."))
    if ics is not None:
        session.output.event("calendar_written", file=str(ics), days=written)
        session.output.message(session.words.text("Calendar file: {file}", file=str(ics)))
    return 0


def _deadline_facts(due: DueDate) -> dict[str, object]:
    return {
        "pack": due.pack,
        "pack_version": due.pack_version,
        "deadline": due.deadline.id,
        "began": due.began.isoformat(),
        "due": due.due.isoformat(),
        "counted": None if due.counted is None else due.counted.isoformat(),
        "length": due.deadline.length,
        "unit": due.deadline.unit.value,
        "subjects": list(due.subjects),
    }
