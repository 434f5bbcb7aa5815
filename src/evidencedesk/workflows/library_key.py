"""Which key opens the database of a library: asked wherever a library is opened."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.vault import VaultState
from evidencedesk.store.database_form import bring_into_form
from evidencedesk.system.secret_store import NoSecrets


def database_key(library: Path, keys: VaultKeys | None) -> bytes | None:
    """The key of a library's database, None for a plain one; from now on this process may read its files.

    A database that is not yet in the form that the vault wants, because locking or unlocking was interrupted,
    is brought into it: nobody else may have it open. Raises VAULT_LOCKED without the library's own keys, and
    what ``Vault.facts`` and ``bring_into_form`` raise.
    """
    facts = Vault(library, NoSecrets()).facts()
    if facts is None:
        return None
    if keys is None or keys.public != facts.public:
        raise WrongUse(Code.VAULT_LOCKED, path=str(library))
    KEY_RING.hold(keys.files)
    sealed = facts.state is not VaultState.UNSEALING
    bring_into_form(library, keys.database, sealed=sealed)
    return keys.database if sealed else None
