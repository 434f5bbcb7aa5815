"""Which key opens the database of a library: asked wherever a library is opened."""

from __future__ import annotations

from pathlib import Path

from evidencedesk import __version__
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.vault import VaultState
from evidencedesk.store.database import FILE_NAME, is_plain
from evidencedesk.store.database_form import bring_into_form
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.system.secret_store import NoSecrets


def database_key(library: Path, keys: VaultKeys | None) -> bytes | None:
    """The key of a library's database, None for a plain one.

    A database that is not yet in the form that the vault wants, because locking or unlocking was interrupted,
    is brought into it: nobody else may have it open. On a full disk it stays as it is, and opens.

    Raises VAULT_LOCKED without its own keys, and what ``Vault.facts`` and ``bring_into_form`` raise.
    """
    facts = Vault(library, NoSecrets()).facts()
    if facts is None:
        return None
    if keys is None or keys.public != facts.public:
        raise WrongUse(Code.VAULT_LOCKED, path=str(library))
    sealed = facts.state is not VaultState.UNSEALING
    try:
        bring_into_form(library, keys.database, sealed=sealed)
    except MachineFailure as error:
        if error.code is not Code.DISK_FULL:
            raise
        sealed = not is_plain(library / FILE_NAME)
    return keys.database if sealed else None


def open_library_at(library: Path, clock: Clock, keys: VaultKeys | None) -> LibraryStore:
    """A library beside the one that is in use, to look at. Raises what both raise."""
    return LibraryStore.open(library, clock, __version__, key=database_key(library, keys))
