"""Take a file into a case, bit for bit."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import BinaryIO

from evidencedesk.custody.names import unsafe_because
from evidencedesk.domain.case import Attachment
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.system.durable import create_folder, disk_failure, fsync_folder, make_read_only
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import one_line

_BLOCK = 1 << 18
# Beside what systems refuse: "%", which BagIt would have to escape and `sha256sum -c` does not read back.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f%<>:"/\\|?*\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]'
)
_ENDING_CHARACTERS = 10
_NAME_BYTES = 120


def attach_file(desk: Desk, case_id: str, path: Path, encounter: str | None = None) -> Attachment:
    """Copy a file into the library, hash it on the way and note it in the journal.

    Raises NOT_A_FILE, FILE_UNREADABLE, and what the disk says. Nothing half-written stays.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    attachment_id = new_id(Kind.ATTACHMENT)
    folder = desk.case_folder(case.id) / "attachments" / attachment_id
    stored_name = safe_name(path.name)
    with _open_regular(path) as source:
        try:
            create_folder(folder)
            file_bytes, sha256 = _copy(source, folder / stored_name, path)
            make_read_only(folder / stored_name)
            fsync_folder(folder)
        except OSError as error:
            (folder / stored_name).unlink(missing_ok=True)
            if folder.exists():
                folder.rmdir()
            raise disk_failure(error, folder) from error
    attachment = Attachment(
        id=attachment_id,
        case=case.id,
        encounter=encounter,
        name=one_line(path.name)[:255],
        stored_name=stored_name,
        file_bytes=file_bytes,
        sha256=sha256,
        moment=desk.clock.now(),
    )
    facts = {
        "attachment": attachment.id,
        "encounter": encounter,
        "name": attachment.name,
        "stored_name": stored_name,
        "file_bytes": file_bytes,
        "sha256": sha256,
    }
    desk.store.append(case.id, [(EventType.ATTACHMENT_ADDED, facts)], attachment.moment)
    return attachment


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


def _copy(source: BinaryIO, target: Path, path: Path) -> tuple[int, str]:
    digest = hashlib.sha256()
    count = 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while block := _read(source, path):
            digest.update(block)
            file.write(block)
            count += len(block)
        file.flush()
        os.fsync(file.fileno())
    return count, digest.hexdigest()


def _read(source: BinaryIO, path: Path) -> bytes:
    try:
        return source.read(_BLOCK)
    except OSError as error:
        raise WrongUse(Code.FILE_UNREADABLE, path=str(path), detail=str(error.strerror)) from error
