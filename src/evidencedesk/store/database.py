"""The SQLite file: how it is opened, and how transactions begin and end."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event

from evidencedesk.store.failures import known_failures
from evidencedesk.system.durable import create_folder, disk_failure, fsync_folder

DATABASE_FILE = "library.sqlite3"

_PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit that was acknowledged survives a power cut
    "recursive_triggers=ON",  # without it INSERT OR REPLACE passes the trigger that refuses DELETE
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
)


class Database:
    """One SQLite file, for any number of threads of this process.

    Readers have a connection and a snapshot each and never wait. Writers wait for one another at a
    lock, so that a second thread queues instead of polling SQLite's own lock.
    """

    def __init__(self, path: Path, *, foreign_keys: bool = True) -> None:
        self.path = path
        self._writer = threading.RLock()
        self._engine = create_engine(URL.create("sqlite", database=str(path)))
        pragmas = (*_PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}")

        @event.listens_for(self._engine, "connect")
        def connected(connection: sqlite3.Connection, _record: Any) -> None:
            connection.isolation_level = None  # the driver begins nothing by itself: we do, below
            try:
                for pragma in pragmas:
                    connection.execute(f"PRAGMA {pragma}")
            except sqlite3.Error:
                connection.close()
                raise

        @event.listens_for(self._engine, "begin")
        def begun(connection: Connection) -> None:
            # IMMEDIATE: what is read before writing (the journal's head) can't change in between.
            write = connection.get_execution_options().get("write", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot: everything read inside belongs together."""
        with known_failures(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: durable when this ends normally, without a trace when it does not.

        SQLite itself rolls back when the disk is full. The driver's ``rollback`` then does nothing,
        where the statement ROLLBACK would fail and hide the reason: never send it as text.
        """
        with self._writer, known_failures(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(write=True)
            with connection.begin():
                yield connection

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """One statement outside a transaction, such as a checkpoint; the rows it gives."""
        with self._writer, known_failures(self.path), self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            rows: list[tuple[Any, ...]] = driver.execute(statement).fetchall()
            return rows

    def copy_to(self, target: Path) -> None:
        """A copy of the database as it is now, in one step, durable and for this user alone."""
        with self._writer, known_failures(self.path), self._engine.connect() as connection:
            source: Any = connection.connection.driver_connection
            partial = target.with_name(f"{target.name}.partial")
            try:
                partial.unlink(missing_ok=True)
                _create_private(partial)
                copy = sqlite3.connect(partial)
                try:
                    source.backup(copy)
                    copy.execute("PRAGMA journal_mode=DELETE")  # one file, readable without -wal
                finally:
                    copy.close()
                partial.replace(target)
                fsync_folder(target.parent)
            except OSError as error:
                raise disk_failure(error, target) from error

    def close(self) -> None:
        """Close all connections that are not in use. May be called twice."""
        with self._writer:
            self._engine.dispose()


def prepare_file(library: Path) -> Path:
    """The database's path; folder and file exist afterwards and are this user's alone."""
    path = library / DATABASE_FILE
    try:
        create_folder(library)
        library.chmod(0o700)
        if not path.exists():
            _create_private(path)
            fsync_folder(library)
        # SQLite gives -wal and -shm the rights of the database; these may be older than we are.
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            if name.exists():
                name.chmod(0o600)
    except OSError as error:
        raise disk_failure(error, path) from error
    return path


def _create_private(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
