"""Commands that only look: ``cases`` and ``show``."""

from __future__ import annotations

from collections import Counter

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.cli.timeline import timeline_lines
from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.domain.case import CaseSummary
from evidencedesk.domain.moment import clock_text, local_text
from evidencedesk.wording.language import Words
from evidencedesk.workflows.stamp_queue import waiting_stamps


def cases_command(words: Words) -> click.Command:
    """``cases``."""
    return command(words, "cases", _cases, words.text("List all cases."))


def show_command(words: Words) -> click.Command:
    """``show CASE``."""
    help_text = words.text("Show what happened in a case, in order.")
    return command(words, "show", _show, help_text, [case_argument()])


def _cases(session: Session) -> int:
    with open_library(session) as desk:
        summaries = desk.store.cases()
        waiting = Counter(one.case for one in waiting_stamps(desk.library))
    for summary in summaries:
        session.output.event(
            "case",
            case=summary.case.id,
            title=summary.case.title,
            creditor=summary.case.creditor,
            contract=summary.case.contract,
            opened=summary.case.opened.utc,
            encounters=summary.encounters,
            recordings=summary.recordings,
            recorded_seconds=summary.recorded_ms / 1000,
            notes=summary.notes,
            breaches=summary.breaches,
            attachments=summary.attachments,
            imported=summary.imported,
            last=summary.last_utc,
            simulated=summary.simulated,
            archived=summary.case.archived,
            stamps_waiting=waiting[summary.case.id],
        )
        session.output.result(_summary_line(session.words, summary, waiting[summary.case.id]))
    if not summaries:
        session.output.message(session.words.text("There are no cases yet."))
    return 0


def _summary_line(words: Words, summary: CaseSummary, waiting: int) -> str:
    parts = [
        summary.case.id,
        summary.case.title,
        words.plural("{n} recording", "{n} recordings", summary.recordings),
        clock_text(summary.recorded_ms),
        words.plural("{n} note", "{n} notes", summary.notes),
        words.plural("{n} breach marked", "{n} breaches marked", summary.breaches),
    ]
    if summary.last_utc:
        parts.append(local_text(summary.last_utc, summary.last_offset_minutes))
    if waiting:
        parts.append(words.plural("{n} time stamp waits", "{n} time stamps wait", waiting))
    if summary.simulated:
        parts.append(words.text("SIMULATED"))
    return "  ".join(parts)


def _show(session: Session, case: str) -> int:
    with open_library(session) as desk:
        case_file = desk.store.case_file(desk.store.find_case(case).id)
        packs = desk.packs_for(case_file.ticks)
        waiting = len(waiting_stamps(desk.library, case_file.case.id))
    session.output.event("case_file", **case_file_to_json(case_file))
    for line in timeline_lines(session.words, case_file, packs):
        session.output.result(line)
    if waiting:
        session.output.message(
            session.words.plural(
                "{n} time stamp waits to be sent", "{n} time stamps wait to be sent", waiting
            )
        )
    return 0
