"""Move a library to another disk: copied, compared, switched to. The old one stays until it is taken away.

Whatever happens before the switch, a power cut too, leaves the old one in use: the settings name one or the
other, and are written as a whole.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from evidencedesk import __version__
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.kept import hash_kept
from evidencedesk.custody.kept_place import kept_in
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.domain.moment import Clock
from evidencedesk.export.read_back import read_back
from evidencedesk.store.database import FILE_NAME
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.system.drive_kind import on_network
from evidencedesk.system.durable import create_folder, disk_failure, force, fsync_folder
from evidencedesk.system.lock import FolderLock
from evidencedesk.system.read_only import make_removable
from evidencedesk.workflows.desk import LOCK_FILE, Desk
from evidencedesk.workflows.export_case import require_free_target
from evidencedesk.workflows.library_files import (
    CACHE,
    LAST_BACKUP,
    MOMENTARY,
    Cancelled,
    Progress,
    kept_files,
    never_changes,
    require_no_recording,
    require_room,
    size_of,
)
from evidencedesk.workflows.place_beside import place_beside

_BLOCK = 1 << 20

Opened = Callable[[Path], LibraryStore]


@dataclass(frozen=True, slots=True)
class Moved:
    """A library that lives in ``folder`` now; what it was moved from is still in ``old``."""

    folder: Path
    old: Path
    files: int
    file_bytes: int


def move_library(
    desk: Desk,
    folder: Path,
    switch: Callable[[Path], None],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Moved:
    """Copy everything and compare it; then ``switch`` makes the new place the remembered one.

    Afterwards this desk writes nothing any more (LIBRARY_MOVED): open the library in its new place. Raises
    BUSY_RECORDING, TARGET_INSIDE_LIBRARY, TARGET_NOT_EMPTY, NETWORK_DRIVE, MOVE_DIFFERS, CANCELLED, what
    ``switch`` raises and what the disks say; then the old one is in use, and nothing stays of the other.
    """
    require_no_recording(desk)
    target = folder.expanduser().absolute()
    require_free_target(desk, target)
    if on_network(target):
        raise WrongUse(Code.NETWORK_DRIVE, path=str(target))
    try:
        total = size_of(desk.library)
        require_room(target.parent, total)
        create_folder(target.parent)
        with place_beside(target, "moving") as place:
            copy = _Copy(desk.library, place / "library", total, progress, cancelled)
            for name in kept_files(desk.library):
                if never_changes(name):
                    copy.take(name)
            with desk.store.standstill():
                _finish(desk, copy)
                require_no_recording(desk)
                if target.exists():
                    target.rmdir()  # empty: looked at before
                copy.place.rename(target)
                fsync_folder(target.parent)
                try:
                    switch(target)
                except BaseException:
                    shutil.rmtree(target, ignore_errors=True)
                    raise
                desk.store.retire(target)
    except OSError as error:
        raise disk_failure(error, target) from error
    return Moved(target, desk.library, len(copy.hashes), copy.done)


def remove_old(
    old: Path,
    new: Path,
    clock: Clock,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    opened: Opened | None = None,
) -> int:
    """Take away what a library was moved from, file by file; the bytes that are free now.

    Each file goes only if the new library holds the same, and every journal there is whole and goes on from
    the old one. What is not of the library stays. ``opened`` opens a library of one of these folders.
    Raises MOVE_DIFFERS, LIBRARY_IN_USE, CANCELLED, what ``opened`` raises and what the disk says.
    """
    if not (old / FILE_NAME).is_file() or old.resolve() == new.resolve():
        raise MachineFailure(Code.LIBRARY_AWAY, path=str(old))
    try:
        lock = FolderLock(old / LOCK_FILE)
        if not lock.acquire():
            raise MachineFailure(Code.LIBRARY_IN_USE, path=str(old))
        try:
            plain: Opened = lambda place: LibraryStore.open(place, clock, __version__)  # noqa: E731
            _require_same_journals(old, new, opened or plain)
            names = [name for name in kept_files(old) if never_changes(name)]
            for number, name in enumerate(names):
                _stop_if(cancelled)
                _require_same(old / name, new / name, name)
                if progress is not None:
                    progress(number, len(names), name)
            freed = size_of(old)
            _remove(old)
        finally:
            lock.release()
        with suppress(OSError):
            (old / LOCK_FILE).unlink(missing_ok=True)
            old.rmdir()  # unless something else is in it
    except OSError as error:
        raise disk_failure(error, old) from error
    return freed


class _Copy:
    """Copies files, each hashed on the way and read back from the other disk."""

    def __init__(
        self, library: Path, place: Path, total: int, progress: Progress | None, cancelled: Cancelled | None
    ) -> None:
        self._library = library
        self.place = place
        self.hashes: dict[str, str] = {}
        self.done = 0
        self._total = total
        self._progress = progress
        self._cancelled = cancelled

    def take(self, name: str) -> None:
        """Raises MOVE_DIFFERS, CANCELLED, OSError."""
        source, target = self._library / name, self.place / name
        create_folder(target.parent)
        digest = hashlib.sha256()
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        with (
            os.fdopen(open_regular(source), "rb") as read,
            os.fdopen(os.open(target, flags, 0o600), "wb") as write,
        ):
            while block := read.read(_BLOCK):
                _stop_if(self._cancelled)
                digest.update(block)
                write.write(block)
                self.done += len(block)
                if self._progress is not None:
                    self._progress(min(self.done, self._total), self._total, name)
            write.flush()
            force(write.fileno())
        shutil.copystat(source, target)
        self._compare(target, digest.hexdigest(), name)
        fsync_folder(target.parent)
        self.hashes[name] = digest.hexdigest()

    def _compare(self, target: Path, sha256: str, name: str) -> None:
        try:
            read_back(target, sha256, name)
        except MachineFailure as error:
            raise MachineFailure(Code.MOVE_DIFFERS, item=name) from error


def _finish(desk: Desk, copy: _Copy) -> None:
    """What came meanwhile, what may have changed, and the database as it is now."""
    for name in kept_files(desk.library):
        if name not in copy.hashes:
            copy.take(name)
    if (desk.library / LAST_BACKUP).exists():
        copy.take(LAST_BACKUP)
    create_folder(copy.place)
    desk.store.snapshot(copy.place / FILE_NAME)
    there = desk.store.open_copy(copy.place)
    try:
        if there.heads() != desk.store.heads():
            raise MachineFailure(Code.MOVE_DIFFERS, item=FILE_NAME)
    finally:
        there.close()
    fsync_folder(copy.place)


def _require_same_journals(old: Path, new: Path, opened: Opened) -> None:
    before = opened(old)
    try:
        heads = before.heads()
    finally:
        before.close()
    now = opened(new)
    try:
        findings = now.check()
        if findings:
            raise MachineFailure(Code.MOVE_DIFFERS, item=findings[0].subject)
        gone = now.deleted_cases()
        for case_id, head in heads.items():
            if case_id not in gone and now.hash_at(case_id, head.seq) != head.hash:
                raise MachineFailure(Code.MOVE_DIFFERS, item=case_id)
    finally:
        now.close()


def _require_same(old: Path, new: Path, name: str) -> None:
    """By the plain bytes: the new library may have been locked since."""
    try:
        same = hash_kept(old) == hash_kept(kept_in(new.parent, new.name))
    except FileNotFoundError:
        same = False
    if not same:
        raise MachineFailure(Code.MOVE_DIFFERS, item=name)


def _remove(library: Path) -> None:
    shutil.rmtree(library / CACHE, ignore_errors=True)
    names = [*kept_files(library), LAST_BACKUP]
    names += [path.name for path in library.glob("*.sqlite3*")]
    names += [
        path.relative_to(library).as_posix()
        for path in (library / "cases").rglob("*")
        if path.name in MOMENTARY
    ]
    for name in names:
        path = library / name
        if path.exists():
            make_removable(path)
            path.unlink()
    for folder, _, _ in sorted(os.walk(library), reverse=True):
        if Path(folder) != library:
            with suppress(OSError):  # something that is not ours
                Path(folder).rmdir()


def _stop_if(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise WrongUse(Code.CANCELLED)
