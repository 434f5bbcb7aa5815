"""Bring the database of any older version to today's tables, or refuse it with a reason."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import delete, insert

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.moment import Moment
from evidencedesk.store.database import foreign_keys_checked_later, is_plain, open_engine, writing
from evidencedesk.store.driver import connect, database_errors
from evidencedesk.store.guards import create_guards, missing_guards
from evidencedesk.store.search_index import fill_if_empty
from evidencedesk.store.tables import upgrades
from evidencedesk.system.durable import disk_failure, fsync_file, fsync_folder

MIGRATIONS = "evidencedesk.store:migrations"
COPY_MARK = ".before-"
_SEALED_PAGE = 512  # no sealed database is smaller


@dataclass(frozen=True, slots=True)
class FileState:
    """What a database file says about itself: the revision of its tables (None: no tables yet)."""

    revision: str | None
    made_by: str = ""


def inspect_file(file: Path, key: bytes | None = None) -> FileState:
    """Look at a database file without changing it.

    Raises LIBRARY_DAMAGED for what is no library, VAULT_OTHER_KEY, OSError and what the driver raises.
    """
    # SQLite takes a file that is too short for a page to be a new database.
    size = file.stat().st_size
    if size and (is_plain(file) != (key is None) or (key is not None and size < _SEALED_PAGE)):
        raise damaged(file, "not a database")
    with closing(connect(file, key)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        if key is not None:
            _require_key(connection, file)
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise damaged(file, str(verdict))
        tables = {
            str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return FileState(None)
        if not {"alembic_version", "events", "deleting"} <= tables:
            raise damaged(file, "not a library")
        versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if len(versions) != 1:
            raise damaged(file, f"{len(versions)} revisions")
        return FileState(str(versions[0][0]), _made_by(connection))


def bring_up_to_date(
    file: Path,
    state: FileState,
    moment: Moment,
    app_version: str,
    migrations: str = MIGRATIONS,
    *,
    require_guards: bool = True,
    key: bytes | None = None,
) -> None:
    """Run the migrations that are missing, after copying a file that holds something.

    All of it is one transaction: after a crash there are the old tables or the new ones. Raises
    LIBRARY_NEWER, GUARDS_MISSING and what the disk says.
    """
    config = Config()
    config.set_main_option("script_location", migrations.replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    head = str(scripts.get_current_head())
    if state.revision == head:
        return
    if state.revision is not None:
        if state.revision not in {script.revision for script in scripts.walk_revisions()}:
            raise MachineFailure(
                Code.LIBRARY_NEWER, path=str(file), found=state.revision, known=head, made_by=state.made_by
            )
        copy_file(file, file.with_name(f"{file.name}{COPY_MARK}{head}"), key)
    engine = open_engine(file, key)
    foreign_keys_checked_later(engine)
    try:
        with writing(engine).begin() as connection:
            # The migration makes the guards anew; that they had been taken away must not pass unseen.
            if state.revision is not None and require_guards:
                gone = missing_guards(connection, any_text=True)
                if gone:
                    raise guards_missing(file, gone)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            create_guards(connection)
            fill_if_empty(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise damaged(file, "foreign keys")
            connection.execute(delete(upgrades).where(upgrades.c.revision == head))
            connection.execute(
                insert(upgrades).values(revision=head, app_version=app_version, utc=moment.utc)
            )
    finally:
        engine.dispose()


def copy_file(file: Path, target: Path, key: bytes | None = None) -> None:
    """Copy a database as a whole, with what is still in its log, durably. Raises DISK_FULL and the like.

    The copy of a sealed one is sealed with the same key.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        with closing(connect(file, key)) as source, closing(connect(partial, key)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file that stands alone
        with partial.open("rb+") as copied:
            fsync_file(copied)
        partial.replace(target)
        fsync_folder(target.parent)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise disk_failure(error, target) from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def remove_copies(file: Path) -> None:
    """Take away the copies made before migrations. Raises what the disk says."""
    try:
        for copy in file.parent.glob(f"{file.name}{COPY_MARK}*"):
            copy.unlink()
        fsync_folder(file.parent)
    except OSError as error:
        raise disk_failure(error, file.parent) from error


def damaged(file: Path, detail: str) -> MachineFailure:
    """The error for a database that can't be trusted."""
    return MachineFailure(Code.LIBRARY_DAMAGED, path=str(file), detail=detail)


def guards_missing(file: Path, guards: tuple[str, ...]) -> MachineFailure:
    """The error for a database whose journal somebody unlocked."""
    return MachineFailure(Code.GUARDS_MISSING, path=str(file), guards=", ".join(guards))


def _require_key(connection: sqlite3.Connection, file: Path) -> None:
    """Whether the key opens the first page: a damaged one can't be told from one of another library."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except database_errors() as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise MachineFailure(Code.VAULT_OTHER_KEY, path=str(file)) from error
        raise


def _made_by(connection: sqlite3.Connection) -> str:
    try:
        row = connection.execute("SELECT app_version FROM upgrades ORDER BY utc DESC LIMIT 1").fetchone()
    except database_errors():  # a future version may keep this elsewhere
        return ""
    return str(row[0]) if row else ""
