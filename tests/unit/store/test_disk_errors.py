"""Real errors of SQLite become known errors; bugs stay bugs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.store.disk_errors import known_errors


def _write_read_only(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("CREATE TABLE t (a)")


def _fill_up(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")


def _read_no_database(file: Path) -> None:
    file.write_bytes(b"no database" * 100)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM sqlite_master")


def _write_beside_another(file: Path) -> None:
    with closing(sqlite3.connect(file)) as one, closing(sqlite3.connect(file, timeout=0)) as two:
        one.execute("BEGIN EXCLUSIVE")
        two.execute("BEGIN IMMEDIATE")


def _read_bytes_that_are_no_text(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()


def _open_a_folder(file: Path) -> None:
    file.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT 1 FROM sqlite_master")


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (_write_read_only, Code.NOT_WRITABLE),
        (_fill_up, Code.DISK_FULL),
        (_read_no_database, Code.LIBRARY_DAMAGED),
        (_read_bytes_that_are_no_text, Code.LIBRARY_DAMAGED),
        (_write_beside_another, Code.LIBRARY_IN_USE),
        (_open_a_folder, Code.INPUT_OUTPUT),
    ],
)
def test_what_the_disk_says_is_known(tmp_path: Path, cause: Callable[[Path], None], code: Code) -> None:
    file = tmp_path / "some.sqlite3"
    with pytest.raises(Known) as caught, known_errors(file):
        cause(file)
    assert caught.value.code is code
    assert caught.value.facts["path"] == str(file)
    assert caught.value.facts["detail"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_IOERR_FSYNC, Code.INPUT_OUTPUT),
        (sqlite3.SQLITE_IOERR_SHMSIZE, Code.DISK_FULL),
        (sqlite3.SQLITE_READONLY_DIRECTORY, Code.NOT_WRITABLE),
        (sqlite3.SQLITE_CORRUPT_INDEX, Code.LIBRARY_DAMAGED),
    ],
)
def test_extended_codes_count_too(tmp_path: Path, number: int, code: Code) -> None:
    error = sqlite3.OperationalError("as the driver says it")
    error.sqlite_errorcode = number
    with pytest.raises(Known) as caught, known_errors(tmp_path / "some.sqlite3"):
        raise error
    assert caught.value.code is code


def test_a_bug_passes_as_it_is(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(sqlite3.OperationalError),
        known_errors(tmp_path),
    ):
        connection.execute("SELEKT 1")
    with pytest.raises(sqlite3.ProgrammingError), known_errors(tmp_path):
        connection.execute("SELECT 1")
