"""Go back to the copy of a library's database that was made before its tables were brought up to date.

The migrated database is kept beside it (``library.sqlite3.after-NNNN``) and never removed by the program: it
may be the only place of what was added since. In a locked library all of them are sealed with its one key.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.store.database import FILE_NAME
from evidencedesk.store.disk_errors import known_errors
from evidencedesk.store.driver import connect
from evidencedesk.store.schema import COPY_MARK, FileState, copy_file, damaged, inspect_file
from evidencedesk.system.durable import disk_failure, fsync_folder

AFTER_MARK = ".after-"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The way back: from ``now`` to ``then``; ``lost`` counts, by case, the entries that the copy lacks."""

    file: Path
    copy: Path
    now: FileState
    then: FileState
    lost: dict[str, int]
    key: bytes | None = field(default=None, repr=False)

    @property
    def lost_events(self) -> int:
        """How many entries of all journals the copy lacks."""
        return sum(self.lost.values())


def look_for_earlier(library: Path, key: bytes | None = None) -> Earlier:
    """What there is to go back to; changes nothing.

    Raises NO_EARLIER_LIBRARY, LIBRARY_DAMAGED (also for a copy that is not this library's past),
    VAULT_OTHER_KEY, and what the disk says.
    """
    file = library / FILE_NAME
    nothing = WrongUse(Code.NO_EARLIER_LIBRARY, path=str(library))
    if not file.is_file():
        raise nothing
    with known_errors(file):
        now = inspect_file(file, key)
        copy = file.with_name(f"{file.name}{COPY_MARK}{now.revision}")
        if not copy.is_file():
            raise nothing
        return Earlier(file, copy, now, inspect_file(copy, key), _lost(file, copy, key), key)


def kept_after(library: Path) -> tuple[Path, ...]:
    """The newer databases that were kept here. Raises what the disk says."""
    try:
        found = sorted(library.glob(f"{FILE_NAME}{AFTER_MARK}*"))
    except OSError as error:
        raise disk_failure(error, library) from error
    return tuple(path for path in found if path.suffix != ".partial" and path.is_file())


def go_back(earlier: Earlier) -> Path:
    """Put the copy in the database's place, durably; where the migrated one is kept now.

    After a crash there is the one or the other, whole. Raises what the disk says.
    """
    file = earlier.file
    kept = _free_name(file.with_name(f"{file.name}{AFTER_MARK}{earlier.now.revision}"))
    back = file.with_name(f"{file.name}.partial")
    with known_errors(file):
        copy_file(file, kept, earlier.key)
        with closing(connect(file, earlier.key)) as connection:
            # A log that stays would be taken for that of the file that comes.
            connection.execute("PRAGMA journal_mode = DELETE")
        copy_file(earlier.copy, back, earlier.key)
        try:
            back.replace(file)
            fsync_folder(file.parent)
        except OSError as error:
            raise disk_failure(error, file) from error
    return kept


def _lost(file: Path, copy: Path, key: bytes | None) -> dict[str, int]:
    """Entries of each case beyond the copy's last one."""
    before, today = _hashes(copy, key), _hashes(file, key)
    lost: dict[str, int] = {}
    for case_id, hashes in today.items():
        known = before.pop(case_id, [])
        if hashes[: len(known)] != known:
            raise damaged(copy, f"another past of {case_id}")
        if len(hashes) > len(known):
            lost[case_id] = len(hashes) - len(known)
    if before:
        raise damaged(copy, f"{len(before)} cases that are not here any more")
    return lost


def _hashes(file: Path, key: bytes | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with closing(connect(file, key)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        for case_id, line_hash in connection.execute(
            "SELECT case_id, hash FROM events ORDER BY case_id, seq"
        ):
            found.setdefault(str(case_id), []).append(str(line_hash))
    return found


def _free_name(wanted: Path) -> Path:
    number, name = 1, wanted
    while name.exists():
        number += 1
        name = wanted.with_name(f"{wanted.name}-{number}")
    return name
