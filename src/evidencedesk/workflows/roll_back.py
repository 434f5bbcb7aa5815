"""Go back to the library as it was before a newer version of the program brought it up to date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.store.database import FILE_NAME, is_plain
from evidencedesk.store.rollback import go_back, look_for_earlier
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.lock import FolderLock
from evidencedesk.system.secret_store import NoSecrets
from evidencedesk.workflows.desk import LOCK_FILE


@dataclass(frozen=True, slots=True)
class RolledBack:
    """From which revision to which, which version made the old one, and where the newer database is kept."""

    now: str
    before: str
    made_by: str
    kept: Path
    lost_events: int
    lost_cases: int


def roll_back(library: Path, *, anyway: bool = False, keys: VaultKeys | None = None) -> RolledBack:
    """Put the copy made before the last migration back; no program may have the library open.

    Refuses when entries were written since, unless ``anyway``: they stay in the file that is kept. A locked
    library needs its ``keys``, and stays locked. Raises NO_EARLIER_LIBRARY, ROLLBACK_LOSES, BUSY_RECORDING,
    LIBRARY_IN_USE, LIBRARY_DAMAGED, VAULT_LOCKED and what the disk says; then nothing was changed.
    """
    if not library.is_dir():
        raise WrongUse(Code.NO_EARLIER_LIBRARY, path=str(library))
    lock = FolderLock(library / LOCK_FILE)
    try:
        taken = lock.acquire()
    except OSError as error:
        raise disk_failure(error, library) from error
    if not taken:
        raise MachineFailure(Code.LIBRARY_IN_USE, path=str(library))
    try:
        if running_captures(library):
            raise WrongUse(Code.BUSY_RECORDING)
        earlier = look_for_earlier(library, _key(library, keys))
        lost = earlier.lost_events
        if lost and not anyway:
            raise WrongUse(Code.ROLLBACK_LOSES, path=str(library), count=lost, cases=len(earlier.lost))
        return RolledBack(
            str(earlier.now.revision),
            str(earlier.then.revision),
            earlier.then.made_by,
            go_back(earlier),
            lost,
            len(earlier.lost),
        )
    finally:
        lock.release()


def _key(library: Path, keys: VaultKeys | None) -> bytes | None:
    """What opens the database as it stands: one that is half way locked or unlocked keeps its form."""
    facts = Vault(library, NoSecrets()).facts()
    if facts is None:
        return None
    if keys is None or keys.public != facts.public:
        raise WrongUse(Code.VAULT_LOCKED, path=str(library))
    try:
        return None if is_plain(library / FILE_NAME) else keys.database
    except OSError as error:
        raise disk_failure(error, library) from error
