"""Files that come from outside: copied into the library bit for bit, under a name that every system takes.

In a locked library they are sealed, and their names stand in the journal only.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from evidencedesk.custody.kept import create_kept, write_all
from evidencedesk.custody.kept_place import new_name
from evidencedesk.custody.names import unsafe_because
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import format_utc
from evidencedesk.system.durable import create_folder, disk_failure, fsync_folder, make_read_only
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.plain_text import one_line

_BLOCK = 1 << 18
# Beside what systems refuse: "%", which BagIt would have to escape and `sha256sum -c` does not read back.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f%<>:"/\\|?*\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]'
)
_ENDING_CHARACTERS = 10
_NAME_BYTES = 120
_SHOWN_NAME = 255
_FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the library. ``name`` is what it was called; ``modified_utc`` what it said of itself."""

    id: str
    path: Path
    name: str
    stored_name: str
    file_bytes: int
    sha256: str
    modified_utc: str | None


@contextmanager
def kept_file(desk: Desk, case_id: str, path: Path) -> Iterator[KeptFile]:
    """Copy a file to ``attachments/<id>/`` of a case, hashed on the way, for its event to be written.

    When the block fails, nothing stays: a file that no event names would belong to nobody. Raises
    NOT_A_FILE, FILE_UNREADABLE, and what the disk says.
    """
    file_id = new_id(Kind.ATTACHMENT)
    folder = desk.case_folder(case_id) / "attachments" / file_id
    stored_name = safe_name(path.name)
    seals_to = desk.seals_to
    target = folder / new_name(stored_name, seals_to)
    with _open_regular(path) as source:
        modified_utc = _modified_utc(source)
        try:
            create_folder(folder)
            file_bytes, sha256 = _copy(source, target, path, seals_to)
            make_read_only(target)
            fsync_folder(folder)
        except OSError as error:
            _remove(target)
            raise disk_failure(error, folder) from error
        except BaseException:
            _remove(target)
            raise
    name = one_line(path.name)[:_SHOWN_NAME]
    try:
        yield KeptFile(file_id, target, name, stored_name, file_bytes, sha256, modified_utc)
    except BaseException:
        _remove(target)
        raise


def safe_name(name: str) -> str:
    """A file name that Windows, macOS and USB sticks accept, keeping its ending."""
    normal = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    clean = _UNSAFE.sub("_", normal).strip(" .~") or "file"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > _ENDING_CHARACTERS:
        stem, ending = clean, ""
    while len(stem.encode()) > _NAME_BYTES:
        stem = stem[:-1]
    stem = stem.rstrip(" .") or "file"
    safe = f"{stem}.{ending}" if ending else stem
    # What our own verification would not open must not go into a folder: it knows all the rules.
    return f"_{safe}" if unsafe_because(safe) else safe


def _modified_utc(source: BinaryIO) -> str | None:
    """When the file says it was last changed; None for a time that no calendar knows."""
    try:
        changed = datetime.fromtimestamp(os.fstat(source.fileno()).st_mtime, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return format_utc(changed) if changed.year >= _FIRST_YEAR else None


def _remove(target: Path) -> None:
    target.unlink(missing_ok=True)
    if target.parent.exists():
        target.parent.rmdir()


def _open_regular(path: Path) -> BinaryIO:
    # Without O_NONBLOCK a FIFO in the chosen folder would hang the program for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise WrongUse(Code.FILE_UNREADABLE, path=str(path), detail=str(error.strerror)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise WrongUse(Code.NOT_A_FILE, path=str(path))
    return os.fdopen(descriptor, "rb")


def _copy(source: BinaryIO, target: Path, path: Path, seals_to: bytes | None) -> tuple[int, str]:
    digest = hashlib.sha256()
    count = 0
    writer = create_kept(target, seals_to)
    try:
        while block := _read(source, path):
            digest.update(block)
            write_all(writer, block)
            count += len(block)
        writer.finish()
    finally:
        writer.abandon()
    return count, digest.hexdigest()


def _read(source: BinaryIO, path: Path) -> bytes:
    try:
        return source.read(_BLOCK)
    except OSError as error:
        raise WrongUse(Code.FILE_UNREADABLE, path=str(path), detail=str(error.strerror)) from error
