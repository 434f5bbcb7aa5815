"""``record``: take sound until somebody says stop."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import SecondsType, command
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.cli.watch_recording import RecordingWatch
from evidencedesk.domain.case import Mode
from evidencedesk.domain.pulse import PART_S
from evidencedesk.system.disk import same_drive
from evidencedesk.wording.language import Words
from evidencedesk.workflows.open_case import ensure_case
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from evidencedesk.workflows.stamp_worker import stamping


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
            ["--far", "far_source"],
            metavar="NAME",
            default="",
            help=t("For a call on this computer: also record its own sound, as default or by name."),
        ),
        click.Option(
            ["--second-copy", "second_folder"],
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar="FOLDER",
            help=t("Write everything a second time, to a folder on another drive."),
        ),
        click.Option(
            ["--fallback/--no-fallback"],
            default=False,
            help=t("Go on with the default microphone when the chosen one is gone."),
        ),
        click.Option(
            ["--part-minutes"],
            type=click.IntRange(1, 24 * 60),
            default=PART_S // 60,
            show_default=True,
            help=t("Begin a new file after so many minutes."),
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


def _record(
    session: Session,
    mode: str,
    case: str | None,
    source: str,
    far_source: str,
    second_folder: Path | None,
    fallback: bool,  # noqa: FBT001 - click passes it by name
    part_minutes: int,
    limit_ms: int | None,
) -> int:
    options = RecordOptions(
        far_source=far_source,
        second_folder=str(second_folder.absolute()) if second_folder else "",
        fallback=fallback,
        part_s=part_minutes * 60,
    )
    if second_folder is not None and same_drive(session.library, second_folder):
        session.output.message(
            session.words.text(
                "{folder} is on the same drive as the library: if that drive breaks, both copies are gone. "
                "Choose a folder on another drive.",
                folder=second_folder,
            )
        )
    # Signals are caught before the first sample: from then on an end is always a sealed file.
    with Interrupts() as interrupts, open_library(session) as desk:
        if case is None:
            day = f"{session.clock.now().local:%Y-%m-%d}"
            case_id = ensure_case(desk, session.words.text("Case of {day}", day=day), source).id
        else:
            case_id = desk.store.find_case(case).id
        encounter = RecordEncounter.begin(desk, Mode(mode), source, case_id, apart=False, options=options)
        with stamping(desk):
            return RecordingWatch(session, encounter, interrupts, limit_ms).run()
