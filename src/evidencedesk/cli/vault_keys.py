"""The keys of a locked library at a terminal: by a passphrase that was given or is typed, or the keyring."""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

import click

from evidencedesk.cli.session import Session
from evidencedesk.custody.attempts import Attempts
from evidencedesk.custody.recovery_code import read_code
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.vault import OpenedBy, VaultFacts
from evidencedesk.system.secret_store import SystemKeyring


def keys_of(session: Session, library: Path) -> VaultKeys | None:
    """What opens a library; None for one that is not locked. Raises what ``open_vault`` raises."""
    vault = Vault(library, SystemKeyring())
    facts = vault.facts()
    return None if facts is None else open_vault(session, vault, facts)


def keys_if_any(session: Session, library: Path) -> VaultKeys | None:
    """The same for whoever can do something without them, too: nobody is asked in vain."""
    try:
        return keys_of(session, library)
    except Known as error:
        if error.code is not Code.VAULT_LOCKED:
            session.output.error(error)
        return None


def open_vault(session: Session, vault: Vault, facts: VaultFacts) -> VaultKeys:
    """Open a vault with what was given, else by the keyring, else by asking.

    Raises VAULT_LOCKED where nothing was given, VAULT_WRONG_PASSPHRASE and the like.
    """
    given = session.vault_passphrase
    if not given and OpenedBy.KEYRING in facts.opened_by:
        try:
            return vault.open_with_keyring()
        except Known as error:
            if error.code is not Code.VAULT_NO_KEYRING:
                raise
    if not given and sys.stdin.isatty():
        given = ask(session.words.text("Passphrase of the library, or its recovery code"), twice=False)
    if not given:
        raise WrongUse(Code.VAULT_LOCKED, path=str(session.library))
    # Nobody's passphrase has the form of a code with its check.
    attempts = Attempts(vault.library, session.clock)
    if read_code(given) is not None:
        keys = vault.open_with_code(given)
        attempts.was_right()
        return keys
    _wait(session, attempts)
    return attempts.open(vault, given)


def _wait(session: Session, attempts: Attempts) -> None:
    """As long as at the window: who tries words one after the other gains nothing by coming here."""
    wait_s = attempts.wait_s()
    if wait_s > 0:
        t = session.words.text
        session.output.message(t("The passphrase was wrong before: waiting {n} s.", n=math.ceil(wait_s)))
    while wait_s > 0:
        time.sleep(wait_s)
        wait_s = attempts.wait_s()


def unlock(session: Session, vault: Vault) -> VaultKeys:
    """Open the vault of a back-up. Raises what ``open_vault`` raises, and VAULT_NOT_HERE."""
    facts = vault.facts()
    if facts is None:
        raise WrongUse(Code.VAULT_NOT_HERE)
    return open_vault(session, vault, facts)


def new_passphrase(session: Session, given: str) -> str:
    """A passphrase that was given, or is typed twice; empty where nobody can be asked."""
    if not given and sys.stdin.isatty():
        given = ask(session.words.text("New passphrase of the library"), twice=True)
    return given


def ask(question: str, *, twice: bool) -> str:
    """What somebody types, unseen."""
    answer: str = click.prompt(
        question, hide_input=True, default="", show_default=False, confirmation_prompt=twice, err=True
    )
    return answer
