"""What SQLite says about the disk, as known errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.store.driver import database_errors

_CODES = {
    sqlite3.SQLITE_FULL: Code.DISK_FULL,
    sqlite3.SQLITE_READONLY: Code.NOT_WRITABLE,
    sqlite3.SQLITE_PERM: Code.NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: Code.INPUT_OUTPUT,
    sqlite3.SQLITE_CORRUPT: Code.LIBRARY_DAMAGED,
    sqlite3.SQLITE_NOTADB: Code.LIBRARY_DAMAGED,
    sqlite3.SQLITE_FORMAT: Code.LIBRARY_DAMAGED,
    sqlite3.SQLITE_BUSY: Code.LIBRARY_IN_USE,
    sqlite3.SQLITE_LOCKED: Code.LIBRARY_IN_USE,
}

# What SQLCipher's own function for copying passes on: the words of what happened without its number.
_WORDS = {"database or disk is full": Code.DISK_FULL, "disk I/O error": Code.INPUT_OUTPUT}


@contextmanager
def known_errors(file: Path) -> Iterator[None]:
    """Turn what the disk says into a known error; everything else is a bug and passes as it is."""
    try:
        yield
    except _raised() as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = _code(cause, file)
        if code is None:
            raise
        raise MachineFailure(code, path=str(file), detail=str(cause)) from error


def _raised() -> tuple[type[Exception], ...]:
    return (DBAPIError, *database_errors())


def _code(cause: BaseException | None, file: Path) -> Code | None:
    number = getattr(cause, "sqlite_errorcode", None)
    if number is None:
        # The driver's own complaint about bytes that are no text; it carries no number.
        return Code.LIBRARY_DAMAGED if str(cause).startswith("Could not decode to UTF-8") else None
    if number == sqlite3.SQLITE_IOERR_SHMSIZE:
        return Code.DISK_FULL  # the file beside the journal could not grow
    primary = number & 0xFF
    if primary == sqlite3.SQLITE_ERROR:
        return _WORDS.get(str(cause))
    if primary == sqlite3.SQLITE_CANTOPEN:
        may_write = os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))
        return Code.INPUT_OUTPUT if may_write else Code.NOT_WRITABLE
    return _CODES.get(primary)
