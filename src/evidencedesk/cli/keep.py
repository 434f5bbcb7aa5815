"""Commands that put something into a case: ``note`` and ``import``."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import SecondsType, case_argument, command
from evidencedesk.cli.libraries import take_in_case
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.case import Attachment, ImportedSound, Recording, TakenIn
from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import clock_text
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.take_note import take_note


def note_command(words: Words) -> click.Command:
    """``note CASE TEXT [--at SECONDS]``."""
    t = words.text
    at = click.Option(
        ["--at", "at_ms"],
        type=SecondsType(words),
        metavar="SECONDS",
        help=t("Second of the latest recording the note belongs to, such as 192 or 00:03:12."),
    )
    text = click.Argument(["text"], metavar="TEXT")
    return command(words, "note", _note, t("Write a note into a case."), [case_argument(), text, at])


def import_command(words: Words) -> click.Command:
    """``import CASE FILE...`` or ``import FOLDER``."""
    t = words.text
    recordings = t("Take recordings made elsewhere into a case, bit for bit, and mark them as such.")
    cases = t("With nothing but a case folder or its ZIP: take in that case from another computer.")
    help_text = f"{recordings}\n\n{cases}"
    given = click.Argument(
        ["given"], metavar="CASE FILE... | FOLDER", nargs=-1, required=True, type=click.Path(path_type=Path)
    )
    return command(words, "import", _import, help_text, [given])


def _import(session: Session, given: tuple[Path, ...]) -> int:
    if len(given) == 1:
        return take_in_case(session, given[0])
    return _import_recordings(session, str(given[0]), given[1:])


def _note(session: Session, case: str, text: str, at_ms: int | None) -> int:
    with open_library(session) as desk:
        recording = None if at_ms is None else _latest_recording(desk, case)
        encounter_id, recording_id = (
            (None, None) if recording is None else (recording.encounter, recording.id)
        )
        note = take_note(desk, case, text, encounter_id, recording_id, at_ms)
    session.output.event(
        "noted",
        case=note.case,
        note=note.id,
        recording=note.recording,
        seconds=None if at_ms is None else at_ms / 1000,
        text=note.text,
    )
    session.output.result(note.id)
    if at_ms is None:
        session.output.message(session.words.text("The note is saved."))
    else:
        session.output.message(session.words.text("The note is saved at {at}.", at=clock_text(at_ms)))
    return 0


def _latest_recording(desk: Desk, case: str) -> Recording | None:
    recordings = desk.store.case_file(desk.store.find_case(case).id).recordings
    return max(recordings, key=lambda recording: recording.started.utc, default=None)


def _import_recordings(session: Session, case: str, files: tuple[Path, ...]) -> int:
    worst = 0
    with open_library(session) as desk:
        case_id = desk.store.find_case(case).id
        for path in files:
            try:
                kept = import_recording(desk, case_id, path)
            except Known as error:
                # One bad file must not keep the good ones out.
                session.output.error(error)
                worst = max(worst, error.exit_code)
                continue
            _say_imported(session, kept)
    return worst


def say_kept(session: Session, kept: TakenIn) -> None:
    """Tell of a file that was taken in."""
    if isinstance(kept, ImportedSound):
        _say_imported(session, kept)
    else:
        _say_attached(session, kept)


def _say_attached(session: Session, attachment: Attachment) -> None:
    session.output.event(
        "attached",
        case=attachment.case,
        attachment=attachment.id,
        name=attachment.name,
        bytes=attachment.file_bytes,
        sha256=attachment.sha256,
    )
    session.output.result(f"{attachment.id}  {attachment.sha256}  {attachment.name}")


def _say_imported(session: Session, imported: ImportedSound) -> None:
    length_ms = imported.duration_ms
    session.output.event(
        "imported",
        case=imported.case,
        imported=imported.id,
        name=imported.name,
        bytes=imported.file_bytes,
        sha256=imported.sha256,
        format=imported.format,
        seconds=None if length_ms is None else length_ms / 1000,
        decoder=imported.decoder,
    )
    session.output.result(f"{imported.id}  {imported.sha256}  {imported.name}")
    t = session.words.text
    if length_ms is None:
        session.output.message(
            t(
                "It is kept as it is. No decoder on this computer can play it, so it gets no copy for "
                "listening."
            )
        )
    else:
        session.output.message(
            t(
                "Imported, not recorded here: {format}, {length}.",
                format=imported.format,
                length=clock_text(length_ms),
            )
        )
