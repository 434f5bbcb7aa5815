"""The two drivers: Python's own for a plain database, SQLCipher's for a sealed one.

SQLCipher is loaded only where there is a key, so a library that is not locked needs nothing of it. Its driver
is the same code as Python's with classes of its own: what it raises is no ``sqlite3.Error``.
"""

from __future__ import annotations

import importlib
import sqlite3
import sys
from pathlib import Path
from types import ModuleType
from typing import cast

_CIPHER = "sqlcipher3.dbapi2"
_TIMEOUT_S = 10


def driver(key: bytes | None) -> ModuleType:
    """The module that opens a database with this key."""
    return sqlite3 if key is None else importlib.import_module(_CIPHER)


def connect(file: Path | str, key: bytes | None, *, ciphers: bool = False) -> sqlite3.Connection:
    """Open a database; with a key a sealed one. Whether it fits shows at the first look into the file.

    ``ciphers`` opens a plain one with SQLCipher's driver. May be handed from thread to thread.
    """
    module = importlib.import_module(_CIPHER) if ciphers else driver(key)
    opened = module.connect(str(file), timeout=_TIMEOUT_S, check_same_thread=False)
    connection = cast("sqlite3.Connection", opened)
    if module is not sqlite3:
        try:
            # What it has to say is raised; its own lines on stderr would be nobody's words.
            connection.execute("PRAGMA cipher_log_level = NONE")
            if key is not None:
                connection.execute(f"PRAGMA key = {key_literal(key)}")
            # Sorting a large answer must not put its rows into a file.
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
    return connection


def key_literal(key: bytes) -> str:
    """A raw key as SQL: nothing is derived from it, which takes a quarter of a second."""
    return f"\"x'{key.hex()}'\""


def database_errors() -> tuple[type[Exception], ...]:
    """What the drivers that are in use may raise."""
    cipher = sys.modules.get(_CIPHER)
    return (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)
