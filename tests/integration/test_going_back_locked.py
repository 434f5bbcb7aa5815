"""The way back to the library before an update, when the library is locked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.vault import VaultState
from evidencedesk.store.database import is_plain
from evidencedesk.store.database_form import bring_into_form
from evidencedesk.store.driver import connect
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.secret_store import NoSecrets
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.lock_library import begin_locking, begin_unlocking, finish_conversion
from evidencedesk.workflows.roll_back import roll_back
from fakes.older_libraries import TODAY, journal_of, older_library

DATABASE = "library.sqlite3"
PASSPHRASE = "four words nobody knows"  # noqa: S105


def databases(library: Path) -> list[Path]:
    return sorted(library.glob(f"{DATABASE}*"))


def rows(file: Path, key: bytes | None) -> tuple[list[str], list[str]]:
    """Its revision, and the hashes of its journal."""
    with closing(connect(file, key)) as connection:
        versions = [str(one) for (one,) in connection.execute("SELECT version_num FROM alembic_version")]
        hashes = [str(one) for (one,) in connection.execute("SELECT hash FROM events ORDER BY case_id, seq")]
    return versions, hashes


def locked_before_the_update(place: Path) -> tuple[Path, VaultKeys]:
    """A library of an earlier version whose database is sealed, as after the update of a locked one."""
    library = older_library("0003", place)
    vault = Vault(library, NoSecrets())
    keys, _ = vault.create(PASSPHRASE)
    bring_into_form(library, keys.database, sealed=True)
    vault.set_state(VaultState.SEALED)
    return library, keys


def lock(library: Path) -> VaultKeys:
    with open_desk(library, SystemClock()) as desk:
        keys, _ = begin_locking(desk, PASSPHRASE)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
    return keys


def unlock(library: Path, keys: VaultKeys) -> tuple[str, ...]:
    with open_desk(library, SystemClock(), keys=keys) as desk:
        begin_unlocking(desk)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        return finish_conversion(desk).left


def test_a_locked_library_goes_back_with_its_key_and_stays_locked(tmp_path: Path) -> None:
    library, keys = locked_before_the_update(tmp_path)
    before = rows(library / DATABASE, keys.database)
    with open_desk(library, SystemClock(), keys=keys):
        pass
    newer = rows(library / DATABASE, keys.database)
    done = roll_back(library, keys=keys)
    assert (done.before, done.now, done.lost_events) == ("0003", TODAY, 0)
    assert rows(library / DATABASE, keys.database) == before
    assert rows(done.kept, keys.database) == newer
    assert not [path for path in databases(library) if is_plain(path)]
    with open_desk(library, SystemClock(), keys=keys) as desk:
        assert desk.store.check() == ()


@pytest.mark.parametrize("other", [False, True])
def test_without_its_own_key_it_is_refused_and_nothing_changes(tmp_path: Path, *, other: bool) -> None:
    library, keys = locked_before_the_update(tmp_path)
    with open_desk(library, SystemClock(), keys=keys):
        pass
    there = {path.name: path.read_bytes() for path in databases(library)}
    strange = Vault(tmp_path, NoSecrets()).create(PASSPHRASE)[0] if other else None
    with pytest.raises(Known) as refused:
        roll_back(library, keys=strange)
    assert refused.value.code is Code.VAULT_LOCKED
    assert {path.name: path.read_bytes() for path in databases(library)} == there


def test_locking_leaves_no_readable_copy_and_loses_no_kept_one(tmp_path: Path) -> None:
    library = older_library("0003", tmp_path)
    with open_desk(library, SystemClock()):
        pass
    kept = roll_back(library).kept
    journal = journal_of(kept)
    (library / f"{DATABASE}.partial").write_bytes((library / DATABASE).read_bytes())  # of a killed way back
    keys = lock(library)
    assert kept in databases(library), "it may be the only place of what was added since"
    assert not [path.name for path in databases(library) if is_plain(path)]
    assert not list(library.glob(f"{DATABASE}.before-*"))
    assert not list(library.glob(f"{DATABASE}*.partial"))
    assert unlock(library, keys) == ()
    assert journal_of(kept) == journal
    assert [path.name for path in databases(library) if not is_plain(path)] == []


def test_a_damaged_kept_one_does_not_hinder_the_lock_and_is_given_back_as_it_was(tmp_path: Path) -> None:
    library = older_library("0003", tmp_path)
    with open_desk(library, SystemClock()):
        pass
    kept = roll_back(library).kept
    content = kept.read_bytes()[:5000]
    kept.write_bytes(content)
    keys = lock(library)
    assert not is_plain(kept)
    assert content[100:200] not in kept.read_bytes()
    assert unlock(library, keys) == ()
    assert kept.read_bytes() == content
    with pytest.raises(sqlite3.DatabaseError):
        journal_of(kept)
