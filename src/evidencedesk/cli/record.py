"""``record``: take sound until somebody says stop."""

from __future__ import annotations

import click

from evidencedesk.cli.commands import SecondsType, command
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.session import Session
from evidencedesk.cli.watch_recording import RecordingWatch
from evidencedesk.domain.case import Mode
from evidencedesk.wording.language import Words
from evidencedesk.workflows.open_case import ensure_case
from evidencedesk.workflows.record_encounter import RecordEncounter


def record_command(words: Words) -> click.Command:
    """``record [--mode visit|call] [--case ID] [--source NAME] [--seconds N]``."""
    t = words.text
    params = [
        click.Option(
            ["--mode"],
            type=click.Choice([mode.value for mode in Mode]),
            default=Mode.VISIT.value,
            show_default=True,
            help=t("A visit at the door, or a call (phone on speaker)."),
        ),
        click.Option(["--case"], metavar="CASE", help=t("The case it belongs to; otherwise the latest one.")),
        click.Option(
            ["--source"],
            metavar="NAME",
            default="default",
            show_default=True,
            help=t("Microphone by its name, or file:PATH to simulate one."),
        ),
        click.Option(
            ["--seconds", "limit_ms"],
            type=SecondsType(words),
            metavar="N",
            help=t("Stop by itself after so many seconds."),
        ),
    ]
    help_text = t("Record until Ctrl-C. Everything is saved while it happens.")
    return command(words, "record", _record, help_text, params)


def _record(session: Session, mode: str, case: str | None, source: str, limit_ms: int | None) -> int:
    # Signals are caught before the first sample: from then on an end is always a sealed file.
    with Interrupts() as interrupts, session.desk() as desk:
        if case is None:
            day = f"{session.clock.now().local:%Y-%m-%d}"
            case_id = ensure_case(desk, session.words.text("Case of {day}", day=day)).id
        else:
            case_id = desk.store.find_case(case).id
        encounter = RecordEncounter.begin(desk, Mode(mode), source, case_id, apart=False)
        return RecordingWatch(session, encounter, interrupts, limit_ms).run()
