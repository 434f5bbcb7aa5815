"""Libraries as earlier versions left them on the disk, one for each schema there ever was."""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

from evidencedesk.custody.hashing import hash_file
from evidencedesk.store import schema

LIBRARIES = Path(__file__).parents[1] / "fixtures" / "libraries"
_MIGRATIONS = Path(schema.__file__).parent / "migrations" / "versions"
# All schemas there ever were, and those of them a library is kept of: at least all before today's.
SCHEMAS = tuple(sorted(path.name[1:5] for path in _MIGRATIONS.glob("r[0-9]*.py")))
REVISIONS = tuple(sorted(path.name[1:5] for path in LIBRARIES.glob("v*.tar.xz")))
TODAY = SCHEMAS[-1]
OLDER = tuple(one for one in REVISIONS if one != TODAY)


def older_library(revision: str, place: Path) -> Path:
    """The library of that schema, unpacked."""
    with tarfile.open(LIBRARIES / f"v{revision}.tar.xz") as archive:
        archive.extractall(place, filter="data")
    return place / "library"


def revision_of(database: Path) -> str:
    """The schema a database file says it has."""
    with closing(sqlite3.connect(database)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def journal_of(database: Path) -> list[tuple[object, ...]]:
    """Every line of every journal."""
    with closing(sqlite3.connect(database)) as raw:
        return raw.execute("SELECT case_id, seq, hash, line FROM events ORDER BY case_id, seq").fetchall()


def files_of(library: Path) -> dict[str, str]:
    """The SHA-256 of all files, but of locks and of what SQLite keeps beside an open database."""
    passing = (".lock", "-wal", "-shm")
    return {
        path.relative_to(library).as_posix(): hash_file(path)[0]
        for path in sorted(library.rglob("*"))
        if path.is_file() and not path.name.endswith(passing)
    }
