"""One stored zip of a finished case folder: the same folder gives the same bytes.

The form is that of the standard library, but the bytes come as a stream, so that they can be hashed and
encrypted on the way.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.custody.hashing import OnBytes
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.export.whole_file import Sink, write_whole

Cancelled = Callable[[], bool]

_BLOCK = 1 << 20
LARGE = (1 << 31) - 1  # beyond it, as in the standard library, the form for 64 bits
MANY = (1 << 16) - 1
_DATE = (2020 - 1980) << 9 | 1 << 5 | 1  # fixed: the times of the case stand inside
_UTF8 = 0x800
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3 << 8
_SMALL_VERSION, _LARGE_VERSION = 20, 45
_MISSING, _MISSING_16 = 0xFFFFFFFF, 0xFFFF


def zip_folder(
    folder: Path, target: Path, cancelled: Cancelled | None = None, reading_back: OnBytes | None = None
) -> bool:
    """Write ``target`` (stored, not compressed: sound does not shrink); True when read back from the drive.

    Raises TARGET_NOT_EMPTY when it exists, CANCELLED, and what the disk says; then nothing stays.
    """

    def fill(sink: Sink) -> None:
        for chunk in zip_chunks(folder, cancelled):
            sink.write(chunk)

    return write_whole(target, fill, reading_back)


def zip_chunks(folder: Path, cancelled: Cancelled | None = None) -> Iterator[bytes]:
    """The bytes of the zip from its first to its last. Raises CANCELLED, ORIGINAL_CHANGED, OSError."""
    files = ((f"{folder.name}/{path.relative_to(folder).as_posix()}", path) for path in _files(folder))
    return zip_files(files, cancelled)


def zip_files(files: Iterable[tuple[str, Path]], cancelled: Cancelled | None = None) -> Iterator[bytes]:
    """The same for any files, each with its name in the zip, in this order."""
    at = 0
    entries: list[_Entry] = []
    for name, path in files:
        size, crc = _measure(path, cancelled)
        entry = _Entry(name, size, crc, at)
        entries.append(entry)
        header = entry.local_header()
        yield header
        again = 0
        for block in _blocks(path, cancelled):
            again = zlib.crc32(block, again)
            yield block
        if again != crc:
            raise MachineFailure(Code.ORIGINAL_CHANGED, path=entry.name)
        at += len(header) + size
    listing = b"".join(entry.listed() for entry in entries)
    yield listing
    yield _end(len(entries), len(listing), at)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file: its name, size, CRC-32, and where its header stands."""

    name: str
    size: int
    crc: int
    at: int

    @property
    def _is_large(self) -> bool:
        return self.size > LARGE

    def _common(self, *, large: bool) -> bytes:
        raw = self.name.encode()
        flags = 0 if raw.isascii() else _UTF8
        version = _LARGE_VERSION if large else _SMALL_VERSION
        size = _MISSING if self._is_large else self.size
        return struct.pack("<5H3LH", version, flags, 0, 0, _DATE, self.crc, size, size, len(raw))

    def local_header(self) -> bytes:
        """What stands before the content."""
        extra = struct.pack("<2H2Q", 1, 16, self.size, self.size) if self._is_large else b""
        length = struct.pack("<H", len(extra))
        return b"PK\3\4" + self._common(large=self._is_large) + length + self.name.encode() + extra

    def listed(self) -> bytes:
        """What stands in the list at the end."""
        large = [self.size] * 2 if self._is_large else []
        far = self.at > LARGE
        large += [self.at] if far else []
        extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
        made_by = _UNIX | (_LARGE_VERSION if large else _SMALL_VERSION)
        rest = struct.pack("<4H2L", len(extra), 0, 0, 0, _PLAIN_FILE, _MISSING if far else self.at)
        common = self._common(large=bool(large))
        return b"PK\1\2" + struct.pack("<H", made_by) + common + rest + self.name.encode() + extra


def _end(count: int, length: int, at: int) -> bytes:
    small = struct.pack(
        "<4s4H2LH",
        b"PK\5\6",
        0,
        0,
        min(count, _MISSING_16),
        min(count, _MISSING_16),
        min(length, _MISSING),
        min(at, _MISSING),
        0,
    )
    if count <= MANY and at <= LARGE and length <= LARGE:
        return small
    version = _LARGE_VERSION
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, version, version, 0, 0, count, count, length, at)
    return large + struct.pack("<4sLQL", b"PK\6\7", 0, at + length, 1) + small


def _files(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(files, key=lambda path: path.relative_to(folder).as_posix().encode())


def _measure(path: Path, cancelled: Cancelled | None) -> tuple[int, int]:
    """Size and CRC-32; both stand before the content."""
    size = crc = 0
    for block in _blocks(path, cancelled):
        size += len(block)
        crc = zlib.crc32(block, crc)
    return size, crc


def _blocks(path: Path, cancelled: Cancelled | None) -> Iterator[bytes]:
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            if cancelled is not None and cancelled():
                raise WrongUse(Code.CANCELLED)
            yield block
