"""Unpack a ZIP that a stranger made into a private folder that never stays."""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from platformdirs import user_cache_path

from evidencedesk.custody.zip_entries import Entry, read_entries
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.zip_refusal import Refusal, Refused
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.lock import FolderLock
from evidencedesk.system.private_temp import remove_unlocked

PREFIX = "evidencedesk-check-"
CONTENT = "content"
_LOCK = "lock"
_BLOCK = 1 << 20
_ROOM_TO_SPARE = 50_000_000

OnBytes = Callable[[int, int], None]


@contextmanager
def unpacked(file: BinaryIO, names: str = "utf-8", progress: OnBytes | None = None) -> Iterator[Path]:
    """The content of an archive, for the length of a ``with`` block; then it is removed, whatever happened.

    All entries are checked before the first is written. ``progress`` gets (bytes done, bytes in all).
    Raises Refused, and what the disk says.
    """
    entries = read_entries(file, names)
    total = sum(entry.file_bytes for entry in entries)
    place = _place_with_room(total)
    try:
        remove_unlocked(place, PREFIX)
        home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))  # 0700
    except OSError as error:
        raise disk_failure(error, place) from error
    lock = FolderLock(home / _LOCK)
    try:
        lock.acquire()
        _unpack(file, entries, home / CONTENT, total, progress)
        yield home / CONTENT
    finally:
        lock.release()
        shutil.rmtree(home, ignore_errors=True)


def remove_left_archives() -> None:
    """What killed checks left, where it may lie; the lock of one that still runs is held."""
    for place in _places():
        with suppress(OSError):
            remove_unlocked(place, PREFIX)


def _places() -> tuple[Path, Path]:
    """The system's place for temporary files, and this user's own where that one is too small."""
    return Path(tempfile.gettempdir()), user_cache_path("EvidenceDesk", appauthor=False)


def _place_with_room(total: int) -> Path:
    for place in _places():
        try:
            place.mkdir(parents=True, exist_ok=True)
            if free_bytes(place) >= total + _ROOM_TO_SPARE:
                return place
        except OSError:
            continue
    raise Refused(Refusal.TOO_LARGE, f"{total} B > {_places()[0]}")


def _unpack(
    file: BinaryIO, entries: Sequence[Entry], content: Path, total: int, progress: OnBytes | None
) -> None:
    done = 0

    def wrote(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    try:
        content.mkdir(mode=0o700)
        for entry in entries:
            path = content / entry.name
            folder = path if entry.is_folder else path.parent
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if entry.is_folder:
                for _ in bytes_of(file, entry):
                    raise Refused(Refusal.CONTENT_DIFFERS, entry.name)
                continue
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(path, flags, 0o600), "wb") as target:
                for block in bytes_of(file, entry):
                    target.write(block)
                    wrote(len(block))
    except OSError as error:
        raise disk_failure(error, content.parent.parent) from error


def bytes_of(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The content of an entry, block by block; never more than it declares, and exactly that."""
    crc = count = 0
    for block in _inflated(file, entry) if entry.deflated else _stored(file, entry):
        count += len(block)
        if count > entry.file_bytes:
            break
        crc = zlib.crc32(block, crc)
        yield block
    if count != entry.file_bytes or crc != entry.crc:
        raise Refused(Refusal.CONTENT_DIFFERS, entry.name)


def _stored(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    left = entry.packed_bytes
    file.seek(entry.data_at)
    while left:
        block = _read(file, min(left, _BLOCK), entry)
        left -= len(block)
        yield block


def _inflated(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _stored(file, entry):
            rest = packed
            while rest and not inflater.eof:
                # Never more than a block at once: one megabyte can hold a thousand.
                block = inflater.decompress(rest, _BLOCK)
                rest = inflater.unconsumed_tail
                if block:
                    yield block
            if rest or inflater.unused_data:
                raise Refused(Refusal.CONTENT_DIFFERS, entry.name)
        while not inflater.eof and (block := inflater.decompress(b"", _BLOCK)):
            yield block
    except zlib.error as error:
        raise Refused(Refusal.CONTENT_DIFFERS, entry.name) from error
    if not inflater.eof:
        raise Refused(Refusal.CONTENT_DIFFERS, entry.name)


def _read(file: BinaryIO, count: int, entry: Entry) -> bytes:
    try:
        block = file.read(count)
    except OSError as error:
        raise MachineFailure(Code.INPUT_OUTPUT, path=entry.name, detail=str(error.strerror)) from error
    if not block:
        raise Refused(Refusal.DAMAGED, entry.name)
    return block
