"""Write a BagIt folder (RFC 8493) in one pass: copy, hash and compare at once.

Everything goes into ``NAME.partial`` beside the target, is forced to the disk, and gets its name last: there
is a whole folder or none.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from threading import Event, Lock
from typing import BinaryIO, cast

from evidencedesk.custody.bag import DECLARATION
from evidencedesk.custody.hashing import BUFFER_BYTES
from evidencedesk.custody.kept import open_kept
from evidencedesk.custody.manifests import MANIFEST, TAG_MANIFEST, manifest_line
from evidencedesk.custody.sealed_format import SealBroken
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.export.read_back import read_back
from evidencedesk.export.target_failure import target_failure
from evidencedesk.system.durable import disk_failure, force, fsync_folder

COPY_THREADS = 2
# Stands in NAME.partial until the folder is whole: only what has it is ours to remove.
UNFINISHED = ".evidencedesk-unfinished"

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Original:
    """A file to copy: from where, to which place in the folder, and the SHA-256 it must have."""

    source: Path
    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A text made for this folder."""

    name: str
    content: bytes


After = Callable[[bytes], Sequence[Written]]


@dataclass(frozen=True, slots=True)
class BagFacts:
    """How much a finished bag holds; ``from_drive``: all of it was read back from the drive itself."""

    files: int
    payload_bytes: int
    from_drive: bool = False


class BagWriter:
    """Builds one bag. Use ``write`` once."""

    def __init__(
        self,
        target: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        reading_back: Progress | None = None,
    ) -> None:
        self._target = target
        self._partial = target.with_name(target.name + ".partial")
        self._progress = progress
        self._reading_back = reading_back
        self._cancelled = cancelled or (lambda: False)
        self._lock = Lock()
        self._failed = Event()
        self._done = 0
        self._total = 0

    def write(
        self,
        originals: Sequence[Original],
        written: Sequence[Written],
        info: Sequence[tuple[str, str]],
        after: After | None = None,
    ) -> BagFacts:
        """Write payload (``data/…``) and tag files, manifests, and give the folder its name.

        ``after`` gets the tag manifest's content and tells what no manifest can name: its signature.
        Raises ORIGINAL_CHANGED, READ_BACK_DIFFERS, TARGET_FULL, TARGET_LOST, CANCELLED, TARGET_NOT_EMPTY
        and what else the disk says; then nothing stays, as far as the drive is still there.
        """
        self._require_free()
        try:
            self._partial.mkdir(parents=True, mode=0o700)
        except OSError as error:  # if somebody else has just made it, it is not ours to remove
            raise disk_failure(error, self._target) from error
        finished = False
        try:
            facts = self._write(originals, written, info, after)
            finished = True
        except OSError as error:
            raise target_failure(error, self._target, self._partial) from error
        finally:
            if not finished:
                shutil.rmtree(self._partial, ignore_errors=True)
        return facts

    def _require_free(self) -> None:
        target, partial = self._target, self._partial
        try:
            if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
                raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))
            if partial.is_symlink() or partial.exists():
                if partial.is_symlink() or not _left_by_an_export(partial):
                    raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(partial))
                shutil.rmtree(partial)
        except OSError as error:
            raise disk_failure(error, target) from error

    def _write(
        self,
        originals: Sequence[Original],
        written: Sequence[Written],
        info: Sequence[tuple[str, str]],
        after: After | None,
    ) -> BagFacts:
        (self._partial / UNFINISHED).touch(mode=0o600)
        names = [item.name for item in originals] + [item.name for item in written]
        for folder in sorted({Path(name).parent for name in names}):
            (self._partial / folder).mkdir(parents=True, exist_ok=True)
        hashes = self._copy_all(originals)
        for item in written:
            hashes[item.name] = self._put(item)
        payload = {name: sha256 for name, sha256 in hashes.items() if name.startswith("data/")}
        payload_bytes = sum((self._partial / name).stat().st_size for name in payload)
        lines = [*info, ("Payload-Oxum", f"{payload_bytes}.{len(payload)}")]
        tags = {name: sha256 for name, sha256 in hashes.items() if name not in payload}
        for item in (
            Written("bagit.txt", DECLARATION),
            Written("bag-info.txt", "".join(f"{key}: {value}\n" for key, value in lines).encode()),
            Written(MANIFEST, _manifest(payload)),
        ):
            tags[item.name] = self._put(item)
        tag_manifest = Written(TAG_MANIFEST, _manifest(tags))
        tags[TAG_MANIFEST] = self._put(tag_manifest)
        for item in after(tag_manifest.content) if after is not None else ():
            (self._partial / item.name).parent.mkdir(parents=True, exist_ok=True)
            tags[item.name] = self._put(item)
        from_drive = self._read_back({**payload, **tags})
        self._name_it()
        return BagFacts(len(hashes), payload_bytes, from_drive)

    def _copy_all(self, originals: Sequence[Original]) -> dict[str, str]:
        sizes = {item.name: _size(item) for item in originals}
        self._total = sum(sizes.values())
        # The largest first, so that one thread does not end with it alone.
        largest_first = sorted(originals, key=lambda item: (-sizes[item.name], item.name))
        with ThreadPoolExecutor(COPY_THREADS, thread_name_prefix="export") as pool:
            futures = {pool.submit(self._copy, item): item.name for item in largest_first}
            done, waiting = wait(futures, return_when=FIRST_EXCEPTION)
            for future in waiting:
                future.cancel()
            if any(future.exception() is not None for future in done):
                self._failed.set()
        # The first failure is the cause; what the other thread says then is only its end.
        for future in done:
            future.result()
        return {name: future.result() for future, name in futures.items()}

    def _copy(self, original: Original) -> str:
        digest = hashlib.sha256()
        buffer = bytearray(BUFFER_BYTES)
        view = memoryview(buffer)
        with _opened(original) as source, self._new(original.name) as target:
            while taken := _taken(source, buffer, original):
                if self._failed.is_set() or self._cancelled():
                    raise WrongUse(Code.CANCELLED)
                digest.update(view[:taken])
                target.write(view[:taken])
                self._tell(taken, original.name)
            target.flush()
            force(target.fileno())
        found = digest.hexdigest()
        if original.sha256 is not None and found != original.sha256:
            raise MachineFailure(
                Code.ORIGINAL_CHANGED, path=original.name, expected=original.sha256, found=found
            )
        return found

    def _read_back(self, hashes: dict[str, str]) -> bool:
        """Compare every file on the drive with what was written; before that, nothing gets its name."""
        self._progress = self._reading_back
        self._done = 0
        self._total = sum((self._partial / name).stat().st_size for name in hashes)

        def one(name: str) -> bool:
            def took(count: int) -> None:
                if self._cancelled():
                    raise WrongUse(Code.CANCELLED)
                self._tell(count, name)

            return read_back(self._partial / name, hashes[name], name, took)

        with ThreadPoolExecutor(COPY_THREADS, thread_name_prefix="read-back") as pool:
            return all(list(pool.map(one, sorted(hashes))))

    def _put(self, item: Written) -> str:
        if self._cancelled():
            raise WrongUse(Code.CANCELLED)
        with self._new(item.name) as file:
            file.write(item.content)
            file.flush()
            force(file.fileno())
        return hashlib.sha256(item.content).hexdigest()

    def _new(self, name: str) -> BinaryIO:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(self._partial / name, flags, 0o600), "wb")

    def _tell(self, count: int, name: str) -> None:
        if self._progress is None:
            return
        with self._lock:
            self._done += count
            self._progress(self._done, self._total, name)

    def _name_it(self) -> None:
        for folder, _, _ in os.walk(self._partial, topdown=False):
            fsync_folder(Path(folder))
        if self._cancelled():
            raise WrongUse(Code.CANCELLED)
        if self._target.is_dir():
            try:
                self._target.rmdir()  # an empty folder may be there already
            except OSError as error:
                raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(self._target)) from error
        (self._partial / UNFINISHED).unlink()
        self._partial.rename(self._target)
        fsync_folder(self._target.parent)


def _left_by_an_export(partial: Path) -> bool:
    """Whether a killed export left it: marked as unfinished, or still without any file."""
    return partial.is_dir() and ((partial / UNFINISHED).is_file() or not any(partial.iterdir()))


def _size(original: Original) -> int:
    try:
        return original.source.stat().st_size
    except OSError as error:
        raise _lost(original, error) from error


def _opened(original: Original) -> BinaryIO:
    try:
        return open_kept(original.source)
    except OSError as error:
        if error.errno == errno.EIO:  # it is there, and its first bytes can't be read
            raise disk_failure(error, original.source) from error
        raise _lost(original, error) from error


def _taken(source: BinaryIO, buffer: bytearray, original: Original) -> int:
    """Read on; what the disk of the library says is told of the original, not of the target."""
    try:
        return cast("BufferedReader", source).readinto(buffer)
    except SealBroken as error:
        raise _lost(original, error) from error
    except OSError as error:
        raise disk_failure(error, original.source) from error


def _lost(original: Original, error: OSError) -> MachineFailure:
    return MachineFailure(Code.ORIGINAL_CHANGED, path=original.name, detail=error.strerror or str(error))


def _manifest(hashes: dict[str, str]) -> bytes:
    return b"".join(manifest_line(hashes[name], name) for name in sorted(hashes, key=str.encode))
