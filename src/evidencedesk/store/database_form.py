"""A plain database becomes a sealed one, and back: as a whole, in the place of the other.

Until the new file stands, complete and compared, the old one is the library; a crash leaves one or the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.store.database import FILE_NAME, is_plain
from evidencedesk.store.disk_errors import known_errors
from evidencedesk.store.driver import connect, key_literal
from evidencedesk.store.rollback import kept_after
from evidencedesk.store.schema import damaged, inspect_file, remove_copies
from evidencedesk.system.durable import disk_failure, fsync_file, fsync_folder

_PARTIAL = ".form.partial"
_UNREADABLE = (Code.LIBRARY_DAMAGED, Code.VAULT_OTHER_KEY)


def bring_into_form(library: Path, key: bytes, *, sealed: bool) -> bool:
    """Seal the database with a key, or make it plain; True if it was not so already.

    Nobody else may have it open. Copies made before migrations are taken away: they are of the other form.
    What a way back has kept takes on the new form, too, unless it can't be read. Can be interrupted and
    repeated. Raises LIBRARY_DAMAGED, VAULT_OTHER_KEY and what the disk says; then the
    library is as it was.
    """
    for kept in kept_after(library):
        try:
            _change_form(kept, key, sealed=sealed)
        except MachineFailure as error:
            if error.code not in _UNREADABLE:
                raise
    file = library / FILE_NAME
    if not _change_form(file, key, sealed=sealed):
        return False
    remove_copies(file)
    return True


def _change_form(file: Path, key: bytes, *, sealed: bool) -> bool:
    library = file.parent
    partial = file.with_name(file.name + _PARTIAL)
    try:
        for left in library.glob(f"{partial.name}*"):
            left.unlink()
        if not file.exists() or file.stat().st_size == 0 or is_plain(file) != sealed:
            return False
    except OSError as error:
        raise disk_failure(error, file) from error
    with known_errors(file):
        try:
            inspect_file(file, None if sealed else key)
            partial.touch(mode=0o600)
            _export(file, partial, key, sealed=sealed)
            _require_equal(file, partial, key, sealed=sealed)
            with partial.open("rb+") as made:
                fsync_file(made)
            partial.replace(file)
            fsync_folder(library)
        except OSError as error:
            raise disk_failure(error, file) from error
        finally:
            partial.unlink(missing_ok=True)
    return True


def _export(file: Path, target: Path, key: bytes, *, sealed: bool) -> None:
    with closing(connect(file, None if sealed else key, ciphers=True)) as connection:
        connection.isolation_level = None
        # One file that stands alone: a log of the old form must not meet the new file.
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
            raise damaged(file, "its log could not be put away")
        literal = key_literal(key) if sealed else "''"
        connection.execute(f"ATTACH ? AS made KEY {literal}", (str(target),))
        connection.execute("SELECT sqlcipher_export('made')").fetchall()
        connection.execute("DETACH made")


def _require_equal(file: Path, made: Path, key: bytes, *, sealed: bool) -> None:
    """Whatever the export did: nothing may be missing in the file that stays. Raises LIBRARY_DAMAGED."""
    with (
        closing(connect(file, None if sealed else key, ciphers=True)) as before,
        closing(connect(made, key if sealed else None, ciphers=True)) as after,
    ):
        for one, other in zip(_content(before), _content(after), strict=False):
            if one != other:
                raise damaged(file, f"the copy differs: {one[0]}")


def _content(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """All definitions and all rows, in an order of their own, with an end."""
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    rows = connection.execute(schema).fetchall()
    yield ("schema", rows)
    # What is no table of rows (the search index itself) keeps its rows in tables that are.
    for kind, name, _, sql in rows:
        if kind == "table" and "VIRTUAL" not in str(sql).upper():
            quoted = str(name).replace('"', '""')
            for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - a name of the file itself
                yield (name, row)
    yield ("end", ())
