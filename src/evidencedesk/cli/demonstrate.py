"""``demo``: a whole scripted visit, recorded, exported and verified."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.examine import report_facts, report_lines
from evidencedesk.cli.session import Session
from evidencedesk.wording.language import Words
from evidencedesk.workflows.run_demo import run_demo


def demo_command(words: Words) -> click.Command:
    """``demo DEST``."""
    destination = click.Argument(["destination"], metavar="DEST", type=click.Path(path_type=Path))
    help_text = words.text(
        "Play a simulated visit through the whole program and put its case folder at DEST."
    )
    return command(words, "demo", _demo, help_text, [destination])


def _demo(session: Session, destination: Path) -> int:
    result = run_demo(destination, session.clock, session.words, session.output.message)
    for line in report_lines(session.words, result.report):
        session.output.message(line)
    session.output.event("demo", path=str(result.folder), **report_facts(session.words, result.report))
    # The last line of all is the folder: the one thing to take away.
    session.output.result(str(result.folder))
    return 0 if result.report.intact else 1
