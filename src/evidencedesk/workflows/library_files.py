"""Which files a library consists of: what a back-up holds, and what moves to another disk.

The database is not among them: it is copied as it is at one moment. Nor is what only lives while something
runs, or can be made again at any time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from evidencedesk.capture.ballast import BALLAST_FILE
from evidencedesk.capture.control import CONTROL_FILE, LOCK_FILE
from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.kept import hash_kept, is_sealed
from evidencedesk.custody.kept_place import place_of
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.store.pending_imports import FOLDER as IMPORTS
from evidencedesk.system.disk import free_bytes
from evidencedesk.workflows.desk import LOCK_FILE as LIBRARY_LOCK
from evidencedesk.workflows.desk import Desk

LAST_BACKUP = "last-back-up.json"
CACHE = "cache"
MOMENTARY = frozenset({CONTROL_FILE, LOCK_FILE, BALLAST_FILE})
_NOT_KEPT = frozenset({LIBRARY_LOCK, LAST_BACKUP, IMPORTS, "deleted", "practice", CACHE})
_ROOM_TO_SPARE = 50_000_000

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


def kept_files(library: Path) -> list[str]:
    """Names with ``/``, sorted by their bytes. Raises OSError."""
    found: list[str] = []
    for folder, folders, files in os.walk(library, onerror=_raise):
        place = Path(folder).relative_to(library).as_posix()
        at_top = place == "."
        left_out = _NOT_KEPT if at_top else frozenset()
        folders[:] = [name for name in folders if not name.startswith(".") and name not in left_out]
        for name in files:
            if at_top and (name in _NOT_KEPT or ".sqlite3" in name):
                continue
            if name in MOMENTARY or name.startswith(".") or name.endswith(".partial"):
                continue
            found.append(name if at_top else f"{place}/{name}")
    return sorted(found, key=str.encode)


def never_changes(name: str) -> bool:
    """Whether a file is never written to again once it is there, as recordings and attachments are."""
    return name.startswith("cases/")


def differing_files(library: Path, promised: Mapping[str, str], hashes: Mapping[str, str]) -> tuple[str, ...]:
    """Which files are not what a journal promises of them; ``hashes`` are those of the files as they lie.

    Journals promise plain bytes: sealed files are opened for it, with the keys that the ring has.
    """
    differing = []
    for name, sha256 in sorted(promised.items()):
        path = place_of(library, name)
        try:
            lies_sealed = is_sealed(path)
            found = hash_kept(path)[0] if lies_sealed else hashes.get(name)
        except (OSError, Known):
            found = None
        if found != sha256:
            differing.append(name)
    return tuple(differing)


def require_no_recording(desk: Desk) -> None:
    """Refuse while something is being recorded: the recording comes first. Raises BUSY_RECORDING."""
    if running_captures(desk.library):
        raise WrongUse(Code.BUSY_RECORDING)


def require_room(place: Path, needed_bytes: int) -> None:
    """Refuse before an hour of copying. Raises DISK_FULL, OSError."""
    while not place.exists():
        place = place.parent
    needed = needed_bytes + _ROOM_TO_SPARE
    free = free_bytes(place)
    if free < needed:
        raise MachineFailure(Code.DISK_FULL, path=str(place), needed_bytes=needed, free_bytes=free)


def size_of(library: Path) -> int:
    """Bytes of all of it, the database with them. Raises OSError."""
    files = sum((library / name).stat().st_size for name in kept_files(library))
    return files + sum(path.stat().st_size for path in library.glob("library.sqlite3*"))


def _raise(error: OSError) -> None:
    raise error
