"""Opening a library: what is refused, with which error, and that nothing is changed then."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock
from evidencedesk.store.guards import GUARDS
from evidencedesk.store.library_store import LibraryStore

_FREE = "DROP TRIGGER events_never_change", "DROP TRIGGER events_never_go", "DROP TRIGGER events_follow"
_LOCK = tuple(GUARDS.values())


def _refusal(open_store: Callable[[], LibraryStore]) -> Known:
    with pytest.raises(Known) as caught:
        open_store()
    return caught.value


def test_only_this_user_may_read_a_library(
    store: LibraryStore, case: str, library: Path, database: Path
) -> None:
    assert stat.S_IMODE(library.stat().st_mode) == 0o700
    for file in library.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    store.close()
    assert [file.name for file in library.iterdir()] == [database.name]


def test_rights_that_became_too_wide_are_taken_back(
    closed_case: str, open_store: Callable[[], LibraryStore], database: Path
) -> None:
    database.chmod(0o644)
    open_store()
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_every_connection_has_the_settings_that_make_it_safe(store: LibraryStore) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "busy_timeout": 10000,
    }
    with store._reading() as one, store._reading() as two:
        for connection in (one, two):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
            assert found == wanted


def test_a_library_opens_again_with_everything_in_it(
    closed_case: str, open_store: Callable[[], LibraryStore]
) -> None:
    again = open_store()
    assert again.case_file(closed_case).case.title == "third"
    assert again.check() == ()


@pytest.mark.parametrize(
    "content",
    [b"no database at all, but long enough to look at" * 40, b"SQLite format 3\x00" + b"\xff" * 5000, b"x"],
)
def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(
    library: Path,
    database: Path,
    open_store: Callable[[], LibraryStore],
    content: bytes,
    key: bytes | None,
) -> None:
    library.mkdir()
    database.write_bytes(content)
    error = _refusal(open_store)
    # Long enough and not plain: it might be a sealed one, with another key.
    other_key = key is not None and content.startswith(b"no database")
    assert error.code is (Code.VAULT_OTHER_KEY if other_key else Code.LIBRARY_DAMAGED)
    assert error.facts["path"] == str(database)
    assert database.read_bytes() == content
    assert [file.name for file in library.iterdir()] == [database.name]


def test_a_torn_database_is_refused(
    store: LibraryStore, case: str, database: Path, open_store: Callable[[], LibraryStore]
) -> None:
    store.append(case, [(EventType.CASE_CHANGED, {"title": "x" * 60_000})])
    store.close()
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
    assert _refusal(open_store).code is Code.LIBRARY_DAMAGED


def test_a_database_of_another_program_is_refused(
    library: Path, open_store: Callable[[], LibraryStore], tamper: Callable[..., None]
) -> None:
    library.mkdir()
    tamper("CREATE TABLE bookmarks (url TEXT)")
    error = _refusal(open_store)
    assert (error.code, error.facts["detail"]) == (Code.LIBRARY_DAMAGED, "not a library")


def test_a_folder_in_place_of_the_database_is_refused(
    database: Path, open_store: Callable[[], LibraryStore]
) -> None:
    database.mkdir(parents=True)
    assert _refusal(open_store).code is Code.LIBRARY_DAMAGED


@pytest.mark.parametrize("empty", [True, False], ids=["empty", "missing"])
def test_a_database_that_is_gone_while_cases_are_there_is_not_replaced_by_an_empty_one(
    library: Path,
    database: Path,
    closed_case: str,
    open_store: Callable[[], LibraryStore],
    *,
    empty: bool,
) -> None:
    (library / "cases" / closed_case / "recordings").mkdir(parents=True)
    if empty:
        database.write_bytes(b"")
    else:
        database.unlink()
    assert _refusal(open_store).code is Code.LIBRARY_DAMAGED
    assert database.exists() == empty


def test_an_empty_file_without_cases_becomes_a_new_library(
    library: Path, database: Path, open_store: Callable[[], LibraryStore]
) -> None:
    library.mkdir()
    database.touch()
    assert open_store().cases() == ()


def test_a_library_of_a_newer_version_is_refused_and_says_which(
    closed_case: str, database: Path, open_store: Callable[[], LibraryStore], tamper: Callable[..., None]
) -> None:
    tamper(
        "UPDATE alembic_version SET version_num = '9999'",
        "INSERT INTO upgrades VALUES ('9999', '7.0.0', '2031-01-01T00:00:00.000000Z')",
    )
    before = database.read_bytes()
    error = _refusal(open_store)
    assert error.code is Code.LIBRARY_NEWER
    assert error.facts == {"path": str(database), "found": "9999", "known": "0006", "made_by": "7.0.0"}
    assert database.read_bytes() == before


def test_a_newer_library_that_keeps_its_versions_elsewhere_is_still_called_newer(
    closed_case: str, open_store: Callable[[], LibraryStore], tamper: Callable[..., None]
) -> None:
    tamper("UPDATE alembic_version SET version_num = '9999'", "DROP TABLE upgrades")
    assert _refusal(open_store).code is Code.LIBRARY_NEWER


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM alembic_version",
        "INSERT INTO alembic_version VALUES ('0000')",
        "DROP TABLE notes",
        "DROP TABLE deleting",
        "ALTER TABLE notes RENAME COLUMN text TO words",
        "DELETE FROM events WHERE seq = 3",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events",
        "UPDATE events SET line = x'7b7d' WHERE seq = 3",
        "UPDATE events SET hash = 'x' WHERE seq = 3",
        "UPDATE cases SET head_seq = 2",
    ],
)
def test_a_library_that_was_changed_from_outside_is_refused(
    closed_case: str, open_store: Callable[[], LibraryStore], tamper: Callable[..., None], statement: str
) -> None:
    tamper(*_FREE, statement, *(_LOCK if "deleting" not in statement else ()))
    assert _refusal(open_store).code is Code.LIBRARY_DAMAGED


def test_a_place_that_can_not_be_a_folder_is_said(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Known) as caught:
        LibraryStore.open(tmp_path / "file" / "library", clock, "1.2.3")
    assert caught.value.code is Code.INPUT_OUTPUT
