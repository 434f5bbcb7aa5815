"""``export``: write a case folder."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.key import given_passphrase, tell_signature
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.wording.handover import not_made_line, safe_to_remove
from evidencedesk.wording.language import Words
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.stamp_queue import waiting_stamps


def export_command(words: Words) -> click.Command:
    """``export CASE DEST [--language zh|en] [--zip] [--encrypt-to age1…]``."""
    t = words.text
    destination = click.Argument(["destination"], metavar="DEST", type=click.Path(path_type=Path))
    zip_too = click.Option(
        ["--zip", "zip_too"], is_flag=True, help=t("Write DEST.zip beside the folder too.")
    )
    encrypt_to = click.Option(
        ["--encrypt-to"],
        multiple=True,
        metavar="age1…",
        help=t("Write only DEST.zip.age, which nobody but the owner of this key can open. May be repeated."),
    )
    help_text = t("Write a case folder to DEST, ready to hand over.")
    return command(words, "export", _export, help_text, [case_argument(), destination, zip_too, encrypt_to])


def _export(
    session: Session, case: str, destination: Path, *, zip_too: bool, encrypt_to: tuple[str, ...]
) -> int:
    t = session.words.text

    def show(done: int, total: int, _name: str) -> None:
        percent = 100 * done // total if total else 100
        session.output.progress(t("Writing: {percent} %", percent=percent))

    def show_reading(done: int, total: int, _name: str) -> None:
        percent = 100 * done // total if total else 100
        session.output.progress(t("Reading back from the drive: {percent} %", percent=percent))

    with Interrupts() as interrupts, open_library(session) as desk:
        folder = export_case(
            desk,
            case,
            destination,
            session.words,
            zip_too=zip_too,
            passphrase=given_passphrase(session, desk),
            progress=show,
            cancelled=lambda: interrupts.asked,
            encrypt_to=encrypt_to,
            reading_back=show_reading,
        )
        waiting = len(waiting_stamps(desk.library, desk.store.find_case(case).id))
    session.output.end_progress()
    zip_path = folder.path.with_name(folder.path.name + ".zip") if zip_too and not folder.sealed else None
    session.output.event(
        "exported",
        path=str(folder.path),
        zip=None if zip_path is None else str(zip_path),
        encrypted=folder.sealed,
        read_back="drive" if folder.from_drive else "system",
        files=folder.files,
        bytes=folder.payload_bytes,
        head={"seq": folder.head.seq, "hash": folder.head.hash},
        signer=folder.signer or None,
        not_made=[lack.part.value for lack in folder.not_made],
        stamps_waiting=waiting,
    )
    session.output.result(str(folder.path))
    if zip_path is not None:
        session.output.result(str(zip_path))
    if folder.sealed:
        written = t("The case is written as one encrypted file. Only the owner of the key can open it.")
    else:
        written = session.words.plural(
            "The case folder is written: {n} file. Open START-HERE.html in it.",
            "The case folder is written: {n} files. Open START-HERE.html in it.",
            folder.files,
        )
    session.output.message(written)
    session.output.message(safe_to_remove(session.words, from_drive=folder.from_drive))
    tell_signature(session, folder.signer, folder.unsigned)
    for lack in folder.not_made:
        session.output.message(not_made_line(session.words, lack.part))
        session.output.error(lack.because)
    if waiting:
        session.output.message(
            session.words.plural(
                "{n} time stamp waits to be sent; “evidencedesk stamp” sends it.",
                "{n} time stamps wait to be sent; “evidencedesk stamp” sends them.",
                waiting,
            )
        )
    return 0
