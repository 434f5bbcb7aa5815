"""``decrypt``: open what was encrypted for this reader."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.session import Session
from evidencedesk.wording.language import Words
from evidencedesk.workflows.decrypt_export import decrypt_export


def decrypt_command(words: Words) -> click.Command:
    """``decrypt FILE KEYFILE DEST``."""
    params = [
        click.Argument([name], metavar=shown, type=click.Path(path_type=Path))
        for name, shown in (("file", "FILE"), ("key_file", "KEYFILE"), ("destination", "DEST"))
    ]
    help_text = words.text(
        "Decrypt FILE (….zip.age) with an age key file into DEST, as a whole or not at all."
    )
    return command(words, "decrypt", _decrypt, help_text, params)


def _decrypt(session: Session, file: Path, key_file: Path, destination: Path) -> int:
    target = destination.expanduser().absolute()
    with Interrupts() as interrupts:
        decrypt_export(file, key_file, target, lambda: interrupts.asked)
    session.output.event("decrypted", path=str(target))
    session.output.result(str(target))
    session.output.message(session.words.text("Decrypted. Check it now: evidencedesk verify"))
    return 0
