"""``key``: the key that signs case folders, and how it is kept."""

from __future__ import annotations

import sys

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.custody.device_certificate import printed_fingerprint
from evidencedesk.custody.device_key import CERTIFICATE_FILE, Kept
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.wording.language import Words, mark
from evidencedesk.workflows.desk import Desk

_KEPT = {
    Kept.KEYRING: mark("Its private key is locked by the keyring of this system."),
    Kept.PASSPHRASE: mark("Its private key is locked by a passphrase."),
    Kept.ACCOUNT: mark(
        "Its private key is readable by whoever can use your account: this system offers no keyring. "
        "“evidencedesk key --passphrase” locks it."
    ),
}


def key_command(words: Words) -> click.Command:
    """``key [--passphrase | --no-passphrase | --new]``."""
    t = words.text
    params: list[click.Parameter] = [
        click.Option(["--passphrase"], is_flag=True, help=t("Lock it with a passphrase; asks for one.")),
        click.Option(["--no-passphrase"], is_flag=True, help=t("Take the passphrase away.")),
        click.Option(
            ["--new", "renew"], is_flag=True, help=t("Make a new key, when the old one can't be opened.")
        ),
    ]
    help_text = t("Show the key that signs case folders: its fingerprint, and how it is kept.")
    return command(words, "key", _key, help_text, params)


def given_passphrase(session: Session, desk: Desk) -> str:
    """The passphrase if the key takes one: from the environment, or asked for where somebody can answer."""
    if desk.key.kept is not Kept.PASSPHRASE or desk.key.opened is not None:
        return ""
    given = session.passphrase
    if given or not sys.stdin.isatty():
        return given
    return _ask(session.words.text("Passphrase of the key that signs (empty: not signed)"), twice=False)


def tell_signature(session: Session, signer: str, unsigned: Known | None) -> None:
    """Say with which key a folder was signed, or why it was not."""
    words = session.words
    if unsigned is not None:
        session.output.message(words.text("The folder is not signed."))
        session.output.error(unsigned)
    else:
        shown = printed_fingerprint(signer)
        session.output.message(words.text("Signed with the key {fingerprint}", fingerprint=shown))


def _key(session: Session, *, passphrase: bool, no_passphrase: bool, renew: bool) -> int:
    if passphrase + no_passphrase + renew > 1:
        raise click.UsageError(session.words.text("Only one of these options at a time."))
    with open_library(session) as desk:
        if renew:
            desk.key.renew()
        elif passphrase or no_passphrase:
            desk.key.open(given_passphrase(session, desk))
            desk.key.set_passphrase(_new_passphrase(session) if passphrase else "")
        elif desk.key.kept is None:
            desk.key.open()
        _show(session, desk)
    return 0


def _new_passphrase(session: Session) -> str:
    given = session.passphrase
    if not given and sys.stdin.isatty():
        given = _ask(session.words.text("New passphrase"), twice=True)
    if not given:
        raise WrongUse(Code.KEY_LOCKED)
    return given


def _ask(question: str, *, twice: bool) -> str:
    answer: str = click.prompt(
        question, hide_input=True, default="", show_default=False, confirmation_prompt=twice, err=True
    )
    return answer


def _show(session: Session, desk: Desk) -> None:
    kept, fingerprint = desk.key.kept, desk.key.fingerprint
    if kept is None:
        raise Known(Code.KEY_UNREADABLE, path=str(desk.library / "keys"))
    certificate = desk.library / "keys" / CERTIFICATE_FILE
    words = session.words
    session.output.event("key", fingerprint=fingerprint, kept=kept.value, certificate=str(certificate))
    session.output.result(printed_fingerprint(fingerprint))
    session.output.message(words.text("Certificate: {path}", path=str(certificate)))
    session.output.message(words.text(_KEPT[kept]))
