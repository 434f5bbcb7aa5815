"""``vault``: lock the library with a passphrase, change what opens it, or give the lock up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from evidencedesk.cli.commands import command, general_options
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.cli.vault_keys import new_passphrase, open_vault
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.vault import LEAST_PASSPHRASE, OpenedBy, VaultFacts, VaultState
from evidencedesk.system.passphrase import read_passphrase_file
from evidencedesk.system.secret_store import SystemKeyring
from evidencedesk.wording.language import Words, mark
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.lock_library import (
    Converted,
    begin_locking,
    begin_unlocking,
    conversion_left,
    finish_conversion,
    lock_again,
)

_STATES = {
    VaultState.SEALED: mark("The library is locked."),
    VaultState.SEALING: mark("The library is being locked: “evidencedesk vault lock” does the rest."),
    VaultState.UNSEALING: mark("The lock is being given up: “evidencedesk vault unlock” does the rest."),
}
_OPENED_BY = {
    OpenedBy.PASSPHRASE: mark("a passphrase"),
    OpenedBy.RECOVERY: mark("the recovery code"),
    OpenedBy.KEYRING: mark("the keyring of this system"),
}


def vault_command(words: Words) -> click.Group:
    """``vault status | lock | unlock | passphrase | code | keyring``."""
    t = words.text
    new_file = click.Option(
        ["--new-passphrase-file"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=t("The new passphrase is the first line of this file; otherwise it is asked for."),
    )
    by_keyring = click.Option(
        ["--by-keyring"], is_flag=True, help=t("No passphrase: the keyring of this system opens it.")
    )
    off = click.Option(["--off"], is_flag=True, help=t("The keyring opens it no longer."))
    help_text = t("Lock the library, so that nobody else reads it from the disk.")
    group = click.Group("vault", help=help_text, params=general_options(words))
    commands: list[tuple[str, Callable[..., int], str, list[click.Parameter]]] = [
        ("status", _status, t("Say whether the library is locked, and what opens it."), []),
        (
            "lock",
            _lock,
            t("Lock the library: everything in it is sealed. Prints the recovery code once."),
            [by_keyring],
        ),
        ("unlock", _unlock, t("Give the lock up: everything is readable again."), []),
        ("passphrase", _passphrase, t("Change the passphrase."), [new_file]),
        ("code", _code, t("Make a new recovery code; the one before opens nothing any more."), []),
        ("keyring", _keyring, t("Let the keyring of this system open the library, too."), [off]),
    ]
    for name, run, help_text, params in commands:
        group.add_command(command(words, name, run, help_text, params))
    return group


def _status(session: Session) -> int:
    t = session.words.text
    facts = Vault(session.library, SystemKeyring()).facts()
    if facts is None:
        session.output.event("vault", state="none", opened_by=[])
        session.output.result(t("The library is not locked."))
        return 0
    kinds = sorted(facts.opened_by, key=list(OpenedBy).index)
    session.output.event("vault", state=facts.state.value, opened_by=[kind.value for kind in kinds])
    session.output.result(t(_STATES[facts.state]))
    session.output.message(
        t("It is opened by: {ways}.", ways=t(", ").join(t(_OPENED_BY[kind]) for kind in kinds))
    )
    return 0 if facts.state is VaultState.SEALED else 1


def _lock(session: Session, *, by_keyring: bool) -> int:
    facts = Vault(session.library, SystemKeyring()).facts()
    if facts is not None and facts.state is VaultState.SEALED:
        raise WrongUse(Code.VAULT_HERE_ALREADY)
    if facts is None:
        passphrase = "" if by_keyring else _required(new_passphrase(session, session.vault_passphrase))
        with open_library(session) as desk:
            keys, code = begin_locking(desk, passphrase)
        # Said before the long work: whatever becomes of that, the code is known.
        _tell_code(session, code)
    else:
        keys = open_vault(session, Vault(session.library, SystemKeyring()), facts)
        if facts.state is VaultState.UNSEALING:
            with open_library(session, keys) as desk:
                lock_again(desk)
    converted = _finish(session, keys)
    session.output.event("vault-locked", files=converted.files, bytes=converted.file_bytes)
    session.output.result(session.words.text("The library is locked."))
    return 0


def _unlock(session: Session) -> int:
    facts = _facts(session)
    keys = open_vault(session, Vault(session.library, SystemKeyring()), facts)
    if facts.state is not VaultState.UNSEALING:
        with open_library(session, keys) as desk:
            begin_unlocking(desk)
    converted = _finish(session, keys)
    session.output.event(
        "vault-unlocked", files=converted.files, bytes=converted.file_bytes, left=list(converted.left)
    )
    for name in converted.left:
        session.output.message(session.words.text("Damaged, and left sealed as it is: {path}", path=name))
    if converted.left:
        return 1
    session.output.result(session.words.text("The library is not locked any more."))
    return 0


def _passphrase(session: Session, new_passphrase_file: Path | None) -> int:
    vault, keys = _opened(session)
    given = read_passphrase_file(new_passphrase_file) if new_passphrase_file is not None else ""
    vault.set_passphrase(keys, _required(new_passphrase(session, given)))
    session.output.event("vault-passphrase")
    session.output.result(session.words.text("The new passphrase opens the library from now on."))
    return 0


def _code(session: Session) -> int:
    vault, keys = _opened(session)
    _tell_code(session, vault.renew_code(keys))
    return 0


def _keyring(session: Session, *, off: bool) -> int:
    vault, keys = _opened(session)
    vault.set_keyring(keys, opens=not off)
    session.output.event("vault-keyring", opens=not off)
    t = session.words.text
    session.output.result(
        t("The keyring opens it no longer.") if off else t("The keyring opens the library from now on.")
    )
    return 0


def _finish(session: Session, keys: VaultKeys) -> Converted:
    """Opening brings the database into its form, the rest follows. Ctrl-C leaves it half way, and usable."""

    def told(done: int, total: int, _name: str) -> None:
        session.output.progress(f"{100 * done // max(1, total)} %")

    with open_library(session, keys) as desk, Interrupts() as interrupts:
        _require_vault(desk)
        return finish_conversion(desk, told, lambda: interrupts.asked)


def _require_vault(desk: Desk) -> None:
    if not conversion_left(desk):
        raise WrongUse(Code.VAULT_NOT_HERE)


def _facts(session: Session) -> VaultFacts:
    facts = Vault(session.library, SystemKeyring()).facts()
    if facts is None:
        raise WrongUse(Code.VAULT_NOT_HERE)
    return facts


def _opened(session: Session) -> tuple[Vault, VaultKeys]:
    facts = _facts(session)
    vault = Vault(session.library, SystemKeyring())
    return vault, open_vault(session, vault, facts)


def _required(passphrase: str) -> str:
    """Raises VAULT_WEAK_PASSPHRASE where nobody gave one: an empty one would mean the keyring."""
    if not passphrase:
        raise WrongUse(Code.VAULT_WEAK_PASSPHRASE, limit=LEAST_PASSPHRASE)
    return passphrase


def _tell_code(session: Session, code: str) -> None:
    t = session.words.text
    session.output.event("vault-code", code=code)
    session.output.result(code)
    session.output.message(
        t("Write this recovery code on paper. It opens the library when the passphrase is forgotten.")
    )
    session.output.message(t("It is shown this once and kept nowhere."))
