"""Bring a back-up into a new folder: checked file by file before the folder gets its name."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.unpacked import bytes_of
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.custody.zip_entries import Entry, read_entries
from evidencedesk.domain.errors import Code, Unreadable, WrongUse
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.vault import VAULT_FILE
from evidencedesk.domain.zip_refusal import Refused
from evidencedesk.export.age_file import AGE_SIGN, decrypt_file
from evidencedesk.store.database import FILE_NAME
from evidencedesk.system.durable import create_folder, disk_failure, force, fsync_folder, make_read_only
from evidencedesk.system.secret_store import SystemKeyring
from evidencedesk.workflows.backup_format import (
    ABOUT,
    FORMAT,
    LIBRARY,
    MANIFEST,
    ROOT,
    TIMES,
    read_manifest_text,
    whole_files,
)
from evidencedesk.workflows.library_files import Cancelled, Progress, differing_files, require_room
from evidencedesk.workflows.library_key import open_library_at
from evidencedesk.workflows.place_beside import place_beside

_LISTED_LIMIT = 1 << 30

Unlock = Callable[[Vault], VaultKeys]


@dataclass(frozen=True, slots=True)
class Restored:
    """A library that stands in a new folder.

    ``differing`` are files that were not what their journal says when they were backed up already.
    """

    folder: Path
    cases: int
    files: int
    made_utc: str
    made_offset_minutes: int
    with_key: bool
    differing: tuple[str, ...] = ()


def restore_library(
    file: Path,
    folder: Path,
    clock: Clock,
    *,
    key_file: Path | None = None,
    unlock: Unlock | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Restored:
    """Unpack, compare each file with the list, check every journal, then give the folder its name.

    ``key_file`` (of age) opens an encrypted back-up. ``unlock`` opens the vault of a locked library, as
    ``lambda vault: vault.open(passphrase)``; it is asked before anything is unpacked. Raises
    BACKUP_UNREADABLE, BACKUP_DAMAGED, TARGET_NOT_EMPTY, ARCHIVE_REFUSED, ARCHIVE_LOCKED, LIBRARY_NEWER,
    VAULT_LOCKED for a locked library without ``unlock``, what that raises, CANCELLED, what the decryption
    and the disk say; then nothing stays.
    """
    source = file.expanduser().absolute()
    target = folder.expanduser().absolute()
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))
    try:
        create_folder(target.parent)
        with place_beside(target, "restoring") as place:
            opened = _opened(source, place, key_file, cancelled)
            with os.fdopen(open_regular(opened), "rb") as archive:
                restored = _unpack(archive, source, place / "library", clock, unlock, progress, cancelled)
            if target.exists():
                target.rmdir()  # empty: looked at before
            (place / "library").rename(target)
            fsync_folder(target.parent)
    except OSError as error:
        raise disk_failure(error, target) from error
    return Restored(target, *restored)


def _opened(source: Path, place: Path, key_file: Path | None, cancelled: Cancelled | None) -> Path:
    """The ZIP itself. Raises FILE_UNREADABLE, ARCHIVE_LOCKED and what the decryption says."""
    try:
        with os.fdopen(open_regular(source.resolve()), "rb") as file:
            sealed = file.read(len(AGE_SIGN)) == AGE_SIGN
    except OSError as error:
        detail = str(error.strerror or error)
        raise Unreadable(Code.FILE_UNREADABLE, path=str(source), detail=detail) from error
    if not sealed:
        return source.resolve()
    if key_file is None:
        raise Unreadable(Code.ARCHIVE_LOCKED, path=str(source))
    require_room(place, 2 * source.stat().st_size)
    opened = place / "back-up.zip"
    decrypt_file(source, key_file, opened, cancelled)
    return opened


def _unpack(
    archive: BinaryIO,
    source: Path,
    place: Path,
    clock: Clock,
    unlock: Unlock | None,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> tuple[int, int, str, int, bool, tuple[str, ...]]:
    try:
        entries = {entry.name.removeprefix(ROOT): entry for entry in read_entries(archive, times=TIMES)}
        if ABOUT not in entries or MANIFEST not in entries:
            raise Unreadable(Code.BACKUP_UNREADABLE, path=str(source))
        about = _about(b"".join(_limited(archive, entries[ABOUT])), source)
        hashes = read_manifest_text(b"".join(_limited(archive, entries[MANIFEST])))
        names = {
            name.removeprefix(LIBRARY): entry for name, entry in entries.items() if name.startswith(LIBRARY)
        }
        beside = entries.keys() - {ABOUT, MANIFEST} - {LIBRARY + name for name in names}
        strange = sorted({*(names.keys() ^ hashes.keys()), *beside, *({FILE_NAME} - hashes.keys())})
        if strange:
            raise _damaged(source, len(names.keys() & hashes.keys()), len(hashes), strange[0])
        total = sum(entry.file_bytes for entry in names.values())
        require_room(place.parent, total)
        keys = _keys(archive, names, place, source, unlock)
        done = 0
        for number, name in enumerate(sorted(names, key=str.encode)):
            found, done = _write(archive, names[name], place / name, name, (done, total), progress, cancelled)
            if found != hashes[name]:
                raise _damaged(source, number, len(hashes), name)
    except Refused as refused:
        raise _what_is_left(archive, source, refused) from refused
    except (ValueError, UnicodeDecodeError) as error:
        raise Unreadable(Code.BACKUP_UNREADABLE, path=str(source), detail=str(error)) from error
    with KEY_RING.holding(keys.files if keys is not None else None):
        cases, differing = _check(place, source, hashes, clock, keys)
    return cases, len(names), about[0], about[1], about[2], differing


def _keys(
    archive: BinaryIO, names: dict[str, Entry], place: Path, source: Path, unlock: Unlock | None
) -> VaultKeys | None:
    """What opens a locked library; asked before an hour of unpacking. Raises VAULT_LOCKED and the like."""
    entry = names.get(VAULT_FILE)
    if entry is None:
        return None
    if unlock is None:
        raise WrongUse(Code.VAULT_LOCKED, path=str(source))
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    looked_at = place / VAULT_FILE
    looked_at.write_bytes(b"".join(_limited(archive, entry)))
    try:
        return unlock(Vault(place, SystemKeyring()))
    finally:
        looked_at.unlink()  # it comes with the others, compared with the list


def _about(content: bytes, source: Path) -> tuple[str, int, bool]:
    try:
        told = json.loads(content)
        if told["v"] > FORMAT:
            facts = {"found": told["v"], "known": FORMAT, "made_by": str(told.get("app", ""))}
            raise Unreadable(Code.LIBRARY_NEWER, path=str(source), **facts)
        made = told["made"]
        return str(made["utc"]), int(made["offset_minutes"]), bool(told["with_key"])
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(Code.BACKUP_UNREADABLE, path=str(source), detail=str(error)) from error


def _limited(archive: BinaryIO, entry: Entry) -> Iterator[bytes]:
    if entry.is_folder or entry.file_bytes > _LISTED_LIMIT:
        raise ValueError(entry.name)
    return bytes_of(archive, entry)


def _write(
    archive: BinaryIO,
    entry: Entry,
    target: Path,
    name: str,
    counted: tuple[int, int],
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> tuple[str, int]:
    done, total = counted
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(target, flags, 0o600), "wb") as file:
        for block in bytes_of(archive, entry):
            if cancelled is not None and cancelled():
                raise WrongUse(Code.CANCELLED)
            digest.update(block)
            file.write(block)
            done += len(block)
            if progress is not None:
                progress(done, total, name)
        file.flush()
        force(file.fileno())
    if name.startswith("cases/"):
        make_read_only(target)
    return digest.hexdigest(), done


def _check(
    place: Path, source: Path, hashes: dict[str, str], clock: Clock, keys: VaultKeys | None
) -> tuple[int, tuple[str, ...]]:
    """Every journal from its first entry on. Tables of an older version are brought up to date here."""
    for folder, folders, _ in os.walk(place):
        for name in folders:
            fsync_folder(Path(folder) / name)
    fsync_folder(place)
    store = open_library_at(place, clock, keys)
    try:
        findings = store.check()
        if findings:
            item = f"{findings[0].subject} ({findings[0].code})"
            raise _damaged(source, len(hashes) - 1, len(hashes), item)
        return len(store.cases()), differing_files(place, store.file_hashes(), hashes)
    finally:
        store.close()


def _what_is_left(archive: BinaryIO, source: Path, refused: Refused) -> Unreadable:
    """How much of a damaged file is whole, and what is the first that is not."""
    whole: set[str] = set()
    listed: dict[str, str] = {}
    with suppress(ValueError, OSError):
        for name, manifest in whole_files(archive):
            if manifest is not None:
                listed = read_manifest_text(manifest)
            whole.add(name.removeprefix(LIBRARY))
    if not listed:
        facts = {"reason": refused.refusal.value, "item": refused.item}
        return Unreadable(Code.ARCHIVE_REFUSED, path=str(source), **facts)
    missing = [name for name in sorted(listed, key=str.encode) if name not in whole]
    return _damaged(source, len(listed) - len(missing), len(listed), (missing or [refused.item])[0])


def _damaged(source: Path, count: int, total: int, item: str) -> Unreadable:
    return Unreadable(Code.BACKUP_DAMAGED, path=str(source), count=count, total=total, item=item)
