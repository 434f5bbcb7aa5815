"""The database file and the connections to it.

Threads: the engine keeps a pool, and every transaction borrows a connection of its own, so the window's
thread and the jobs' thread may both read and write. Writers begin with BEGIN IMMEDIATE: one waits until
the other has committed. A connection is never used by two threads at once.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from evidencedesk.store.driver import connect, database_errors, driver
from evidencedesk.system.durable import create_folder, fsync_folder

FILE_NAME = "library.sqlite3"
MAGIC = b"SQLite format 3\x00"

_PRAGMAS = (
    "busy_timeout = 10000",
    "journal_mode = WAL",
    "synchronous = FULL",  # a commit that returned survives a power cut
    "fullfsync = ON",  # on a Mac as well, where the drive must be told; other systems pass it over
    "foreign_keys = ON",
    "recursive_triggers = ON",  # without it INSERT OR REPLACE passes the guard against deleting
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",  # sorting and writing anew would leave plain text among the system's files
    "secure_delete = ON",  # a deleted case is overwritten, not only forgotten
)


def create_file(file: Path) -> None:
    """Make an empty database file that only this user may read. Raises OSError."""
    create_folder(file.parent)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    fsync_folder(file.parent)


def make_private(file: Path) -> None:
    """Take the database, and a log that a crash left beside it, away from other users. Raises OSError."""
    for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        if name.exists() and name.stat().st_mode & 0o077:
            name.chmod(0o600)


def is_plain(file: Path) -> bool:
    """Whether a file begins as a database that is not sealed. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def open_engine(file: Path, key: bytes | None = None) -> Engine:
    """The engine for a database file. Use ``writing`` for transactions that write."""
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        poolclass=QueuePool,
        module=driver(key),
        creator=lambda: connect(file, key),
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _require_transaction)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the right to write at their begin."""
    return engine.execution_options(write=True)


def foreign_keys_checked_later(engine: Engine) -> None:
    """For migrations: a table that is rebuilt must not take along the rows that point to it."""
    event.listen(engine, "connect", _without_foreign_keys)


def write_anew(engine: Engine) -> None:
    """Write the whole file anew without what was deleted, and empty the log.

    ``secure_delete`` overwrites freed rows, but where SQLite moves the rest of a page together, copies of
    them can stay behind in the room between.
    """
    # Not through a Connection: its automatic BEGIN would keep both from happening.
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; ``_begin`` does
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except database_errors():
        connection.close()
        raise


def _without_foreign_keys(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _require_transaction(connection: Connection) -> None:
    # On a full disk SQLite rolls back by itself, and the driver's commit() then does nothing and says
    # nothing. What was not written must never be taken for saved.
    driver = connection.connection.driver_connection
    if driver is None or not driver.in_transaction:
        raise RuntimeError("the transaction was already rolled back")
