"""Migrations: they lead to today's tables, keep what is there, and leave the guards standing."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock
from evidencedesk.store import schema
from evidencedesk.store.database import is_plain
from evidencedesk.store.driver import connect, driver
from evidencedesk.store.guards import GUARDS
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.store.schema import bring_up_to_date, copy_file, inspect_file
from evidencedesk.store.tables import metadata
from unit.store.conftest import KEY

_TODAY, _NEXT = "0006", "0007"
_HEAD = """
from alembic import op
import sqlalchemy as sa

revision = "0007"
down_revision = "0006"


def upgrade():
"""
# What loses triggers without a word, on the very table they guard and on one others point to.
_REBUILDS = """
    for table in ("events", "cases"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("remark", sa.Text()))
"""
_FAILS = """
    op.add_column("cases", sa.Column("remark", sa.Text()))
    raise ZeroDivisionError
"""


@pytest.fixture
def next_version(tmp_path: Path) -> Callable[[str], str]:
    """A version of the program with one migration more."""

    def make(body: str) -> str:
        folder = tmp_path / "migrations"
        shutil.copytree(Path(schema.__file__).parent / "migrations", folder)
        (folder / "versions" / "r0007_next.py").write_text(_HEAD + body)
        return str(folder)

    return make


def _rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(connect(file, None if is_plain(file) else KEY)) as connection:
        return connection.execute(query).fetchall()


def test_the_migrations_lead_to_exactly_today_s_tables(store: LibraryStore) -> None:
    with store._reading() as connection:
        # The full-text table keeps its rows in tables of its own.
        options = {"include_name": lambda name, _kind, _of: not str(name).startswith("search_grams")}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_a_new_library_knows_which_version_made_it_and_copies_nothing(
    store: LibraryStore, library: Path, database: Path
) -> None:
    store.close()
    assert _rows(database, "SELECT revision, app_version FROM upgrades") == [(_TODAY, "1.2.3")]
    assert [file.name for file in library.iterdir()] == [database.name]


def test_an_older_library_is_copied_changed_and_guarded_again(
    database: Path,
    closed_case: str,
    clock: Clock,
    next_version: Callable[[str], str],
    open_store: Callable[[], LibraryStore],
    key: bytes | None,
) -> None:
    store = open_store()
    store.append(closed_case, [(EventType.ENCOUNTER_OPENED, {"encounter": "e-1", "mode": "visit"})])
    store.close()
    before = _rows(database, "SELECT * FROM events ORDER BY seq")
    query = "SELECT c.id, title, e.id FROM cases c JOIN encounters e ON case_id = c.id"
    facts = _rows(database, query)
    assert len(facts) == 1
    bring_up_to_date(
        database, inspect_file(database, key), clock.now(), "2.0.0", next_version(_REBUILDS), key=key
    )

    after = _rows(database, "SELECT case_id, seq, type, prev, hash, line FROM events ORDER BY seq")
    assert after == before
    assert _rows(database, "SELECT remark FROM events") == [(None,)] * 4
    assert _rows(database, query) == facts
    assert {
        name for (name,) in _rows(database, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    } == set(GUARDS)
    with closing(connect(database, key)) as connection, pytest.raises(driver(key).IntegrityError):
        connection.execute("DELETE FROM events")
    assert (_NEXT, "2.0.0") in _rows(database, "SELECT revision, app_version FROM upgrades")

    copy = database.with_name(f"library.sqlite3.before-{_NEXT}")
    assert _rows(copy, "SELECT * FROM events ORDER BY seq") == before
    assert _rows(copy, "SELECT version_num FROM alembic_version") == [(_TODAY,)]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_library_that_was_not_closed_is_copied_with_what_its_log_holds(
    store: LibraryStore, case: str, database: Path, key: bytes | None
) -> None:
    assert database.with_name("library.sqlite3-wal").stat().st_size > 0
    copy = database.with_name("copy")
    copy_file(database, copy, key)
    assert _rows(copy, "SELECT case_id FROM events") == [(case,)]


def test_a_migration_that_fails_changes_nothing(
    database: Path,
    closed_case: str,
    clock: Clock,
    next_version: Callable[[str], str],
    open_store: Callable[[], LibraryStore],
    key: bytes | None,
) -> None:
    before = _rows(database, "SELECT name, sql FROM sqlite_master ORDER BY name")
    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(
            database, inspect_file(database, key), clock.now(), "2.0.0", next_version(_FAILS), key=key
        )
    assert _rows(database, "SELECT name, sql FROM sqlite_master ORDER BY name") == before
    assert open_store().check() == ()


def test_a_library_without_guards_is_not_migrated(
    database: Path,
    closed_case: str,
    clock: Clock,
    next_version: Callable[[str], str],
    tamper: Callable[..., None],
    key: bytes | None,
) -> None:
    tamper("DROP TRIGGER events_never_go")
    newer = next_version(_REBUILDS)
    with pytest.raises(Known) as caught:
        bring_up_to_date(database, inspect_file(database, key), clock.now(), "2.0.0", newer, key=key)
    assert caught.value.code is Code.GUARDS_MISSING
    assert inspect_file(database, key).revision == _TODAY
    bring_up_to_date(
        database, inspect_file(database, key), clock.now(), "2.0.0", newer, require_guards=False, key=key
    )
    assert inspect_file(database, key).revision == _NEXT


def test_a_newer_library_is_refused_by_this_version(
    database: Path,
    closed_case: str,
    clock: Clock,
    next_version: Callable[[str], str],
    open_store: Callable[[], LibraryStore],
    key: bytes | None,
) -> None:
    bring_up_to_date(
        database, inspect_file(database, key), clock.now(), "2.0.0", next_version(_REBUILDS), key=key
    )
    with pytest.raises(Known) as caught:
        open_store()
    assert caught.value.code is Code.LIBRARY_NEWER
    assert caught.value.facts["made_by"] == "2.0.0"


def test_rows_whose_case_is_gone_stop_a_migration(
    database: Path,
    closed_case: str,
    clock: Clock,
    next_version: Callable[[str], str],
    tamper: Callable[..., None],
    key: bytes | None,
) -> None:
    tamper("INSERT INTO gaps VALUES ('c-nowhere0', 1, 'r', 0, 0, '', '', 0, '', 0)")
    with pytest.raises(Known) as caught:
        bring_up_to_date(
            database, inspect_file(database, key), clock.now(), "2.0.0", next_version(_REBUILDS), key=key
        )
    assert caught.value.code is Code.LIBRARY_DAMAGED
    assert inspect_file(database, key).revision == _TODAY


def test_a_copy_that_can_not_be_made_is_said_and_leaves_nothing(
    database: Path, closed_case: str, key: bytes | None
) -> None:
    target = database.with_name(f"library.sqlite3.before-{_NEXT}")
    target.mkdir()
    with pytest.raises(Known) as caught:
        copy_file(database, target, key)
    assert caught.value.code is Code.INPUT_OUTPUT
    assert not target.with_name(target.name + ".partial").exists()
