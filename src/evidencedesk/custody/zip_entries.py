"""Read the lists of a ZIP that a stranger made: everything is checked before anything is unpacked.

The format keeps each fact twice, and readers differ in which copy they believe (APPNOTE 6.3.10 sections
4.3 to 4.5). So this reader takes an archive only when both copies agree, when its entries lie one after
the other without a byte between them, and when every name is safe on every system. The standard
library's reader is lenient on all three.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from evidencedesk.custody.names import look_alike_key, unsafe_because
from evidencedesk.domain.zip_refusal import Refusal, Refused

ENTRY_LIMIT = 200_000
FOLDER_LIMIT = 50_000  # beside the entries: a name of 1,024 letters can be a file in 32 folders of its own
DIRECTORY_LIMIT = 64 * 1024 * 1024
RATIO_LIMIT = 200  # sound is stored, or shrinks little; text shrinks to a tenth
_SMALL = 64 * 1024  # a short text of one letter shrinks further than that, and does no harm

STORED, DEFLATED = 0, 8
_END = struct.Struct("<4s4H2LH")
_LARGE_PLACE = struct.Struct("<4sLQL")
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_LISTED = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_COMMENT_LIMIT = 0xFFFF
_UNKNOWN_16, _UNKNOWN_32 = 0xFFFF, 0xFFFFFFFF
_VERSION_LIMIT = 63  # the newest in the standard
_ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000
_DESCRIPTOR_FLAG = 0x0008
_UTF8_FLAG = 0x0800
_LARGE_EXTRA, _UNICODE_EXTRA = 0x0001, 0x7075
_UTF8_MAKERS = (3, 19)
_REPARSE_POINT = 0x0400


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder of an archive; ``data_at`` is where its bytes begin."""

    name: str
    is_folder: bool
    deflated: bool
    crc: int
    packed_bytes: int
    file_bytes: int
    data_at: int = 0


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry as the list at the end tells it, with what its own header must repeat."""

    entry: Entry
    raw_name: bytes
    flags: int
    method: int
    header_at: int


def read_entries(file: BinaryIO, names: str = "utf-8", times: int = 1) -> tuple[Entry, ...]:
    """All entries, none of them unpacked yet.

    ``times`` as many as a case folder may have are taken: a library holds many cases. ``names`` is the
    encoding of names that nothing marks as UTF-8: it must be said, it is never guessed. Raises Refused,
    OSError.
    """
    size = file.seek(0, os.SEEK_END)
    directory_at, directory, count = _directory(file, size, times)
    listed = list(_listed(directory, count, names))
    _check_names([item.entry for item in listed], times)
    _check_sizes([item.entry for item in listed])
    return tuple(_with_places(file, listed, directory_at))


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    content = file.read(count)
    if len(content) != count:
        raise Refused(Refusal.DAMAGED)
    return content


def _directory(file: BinaryIO, size: int, times: int) -> tuple[int, bytes, int]:
    """Where the list of entries begins, its bytes, and how many entries it has."""
    tail_at = max(0, size - _END.size - _COMMENT_LIMIT)
    tail = _read(file, tail_at, size - tail_at)
    at = tail.rfind(b"PK\x05\x06")
    # Its comment must reach exactly to the end; a second record in the comment could fool another reader.
    if at < 0 or len(tail) - at < _END.size:
        raise Refused(Refusal.DAMAGED)
    _, disk, first_disk, here, count, length, begin, comment = _END.unpack_from(tail, at)
    if at + _END.size + comment != len(tail):
        raise Refused(Refusal.DAMAGED)
    end = tail_at + at
    if _LARGE_PLACE.size <= end and _read(file, end - _LARGE_PLACE.size, 4) == b"PK\x06\x07":
        end -= _LARGE_PLACE.size
        large = _large_end(file, end)
        small = (disk, first_disk, here, count, length, begin)
        limits = (_UNKNOWN_16,) * 4 + (_UNKNOWN_32,) * 2
        if any(one not in (limit, other) for one, other, limit in zip(small, large[1:], limits, strict=True)):
            raise Refused(Refusal.HEADERS_DIFFER)
        end, disk, first_disk, here, count, length, begin = large
    if disk or first_disk or here != count:
        raise Refused(Refusal.SPLIT)
    if begin + length != end:
        raise Refused(Refusal.UNLISTED)
    if count > ENTRY_LIMIT * times or length > DIRECTORY_LIMIT * times:
        raise Refused(Refusal.TOO_MANY)
    return begin, _read(file, begin, length), count


def _large_end(file: BinaryIO, locator_at: int) -> tuple[int, ...]:
    """The end record of an archive over 4 GiB: its place and its numbers."""
    _, disk, at, disks = _LARGE_PLACE.unpack(_read(file, locator_at, _LARGE_PLACE.size))
    if disk or disks != 1:
        raise Refused(Refusal.SPLIT)
    if at + _LARGE_END.size != locator_at:
        raise Refused(Refusal.DAMAGED)
    sign, length, _, _, disk, first_disk, here, count, size, begin = _LARGE_END.unpack(
        _read(file, at, _LARGE_END.size)
    )
    if sign != b"PK\x06\x06" or length != _LARGE_END.size - 12:
        raise Refused(Refusal.DAMAGED)
    return at, disk, first_disk, here, count, size, begin


def _listed(directory: bytes, count: int, names: str) -> Iterator[_Listed]:
    at = 0
    for _ in range(count):
        if len(directory) - at < _LISTED.size:
            raise Refused(Refusal.DAMAGED)
        facts = _LISTED.unpack_from(directory, at)
        sign, maker, version, flags, method, _, _, crc, packed, size = facts[:10]
        name_length, extra_length, comment_length, disk, _, attributes, header_at = facts[10:]
        at += _LISTED.size
        end = at + name_length + extra_length + comment_length
        if sign != b"PK\x01\x02" or end > len(directory):
            raise Refused(Refusal.DAMAGED)
        raw_name = directory[at : at + name_length]
        extras = _extras(directory[at + name_length : at + name_length + extra_length])
        at = end
        # What Unix and macOS pack is UTF-8, though neither marks it.
        if names == "utf-8" and maker >> 8 not in _UTF8_MAKERS:
            name = _name(raw_name, flags, extras, "")
        else:
            name = _name(raw_name, flags, extras, names)
        size, packed, header_at, disk = _large(
            extras,
            (size, _UNKNOWN_32, 8),
            (packed, _UNKNOWN_32, 8),
            (header_at, _UNKNOWN_32, 8),
            (disk, _UNKNOWN_16, 4),
        )
        is_folder = name.endswith("/")
        if flags & _ENCRYPTED_FLAGS:
            raise Refused(Refusal.ENCRYPTED, name)
        if method not in (STORED, DEFLATED) or version & 0xFF > _VERSION_LIMIT:
            raise Refused(Refusal.METHOD, name)
        if disk:
            raise Refused(Refusal.SPLIT, name)
        if not _is_plain(attributes, is_folder=is_folder):
            raise Refused(Refusal.NOT_PLAIN, name)
        if (is_folder and size) or (method == STORED and size != packed):
            raise Refused(Refusal.CONTENT_DIFFERS, name)
        entry = Entry(name.removesuffix("/"), is_folder, method == DEFLATED, crc, packed, size)
        yield _Listed(entry, raw_name, flags, method, header_at)
    if at != len(directory):
        raise Refused(Refusal.UNLISTED)


def _extras(raw: bytes) -> dict[int, bytes]:
    fields: dict[int, bytes] = {}
    at = 0
    while len(raw) - at >= 4:
        kind, length = struct.unpack_from("<2H", raw, at)
        at += 4
        if at + length > len(raw) or (kind in fields and kind in (_LARGE_EXTRA, _UNICODE_EXTRA)):
            raise Refused(Refusal.DAMAGED)
        fields[kind] = raw[at : at + length]
        at += length
    return fields


def _large(extras: dict[int, bytes], *fields: tuple[int, int, int]) -> tuple[int, ...]:
    """The values of the large form for all that did not fit: (value, sign for that, bytes)."""
    rest = extras.get(_LARGE_EXTRA, b"")
    values = []
    for value, missing, width in fields:
        if value == missing:
            if len(rest) < width:
                raise Refused(Refusal.DAMAGED)
            values.append(int.from_bytes(rest[:width], "little"))
            rest = rest[width:]
        else:
            values.append(value)
    return tuple(values)


def _name(raw: bytes, flags: int, extras: dict[int, bytes], names: str) -> str:
    """The name in letters. Only what is marked as UTF-8, or plain ASCII, reads the same everywhere."""
    marked = extras.get(_UNICODE_EXTRA, b"")
    try:
        if marked:
            # Version 1, the CRC-32 of the name it stands for, the name (APPNOTE 4.6.9).
            if len(marked) < 5 or marked[0] != 1 or int.from_bytes(marked[1:5], "little") != zlib.crc32(raw):
                raise Refused(Refusal.HEADERS_DIFFER, raw.decode("utf-8", "replace"))
            name = marked[5:].decode("utf-8")
            if flags & _UTF8_FLAG and name.encode() != raw:
                raise Refused(Refusal.HEADERS_DIFFER, name)
            return name
        if flags & _UTF8_FLAG:
            return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(Refusal.NAME_UNSAFE, raw.decode("utf-8", "replace")) from error
    if raw.isascii():
        return raw.decode("ascii")
    try:
        return raw.decode(names or "ascii")
    except UnicodeDecodeError as error:
        raise Refused(Refusal.NAME_UNMARKED, raw.decode("gbk", "replace")) from error


def _is_plain(attributes: int, *, is_folder: bool) -> bool:
    """Whether an entry is a file or a folder and nothing else, by what any system would read in it."""
    kind = stat.S_IFMT(attributes >> 16)
    return kind in (0, stat.S_IFDIR if is_folder else stat.S_IFREG) and not attributes & _REPARSE_POINT


def _check_names(entries: Iterable[Entry], times: int) -> None:
    known: dict[str, tuple[str, bool]] = {}
    listed: set[str] = set()
    folders = 0
    for entry in entries:
        if unsafe_because(entry.name):
            raise Refused(Refusal.NAME_UNSAFE, entry.name)
        if entry.name in listed:
            raise Refused(Refusal.NAME_TWICE, entry.name)
        listed.add(entry.name)
        parts = entry.name.split("/")
        for depth in range(1, len(parts) + 1):
            place = "/".join(parts[:depth])
            as_folder = depth < len(parts) or entry.is_folder
            key = look_alike_key(place)
            folders += as_folder and key not in known
            if folders > FOLDER_LIMIT * times:
                raise Refused(Refusal.TOO_MANY)
            other, was_folder = known.setdefault(key, (place, as_folder))
            if as_folder is not was_folder:
                raise Refused(Refusal.FILE_AS_FOLDER, place)
            if other != place:
                raise Refused(Refusal.NAME_TWINS, entry.name)


def _check_sizes(entries: Iterable[Entry]) -> None:
    for entry in entries:
        if entry.file_bytes > max(_SMALL, entry.packed_bytes * RATIO_LIMIT):
            raise Refused(Refusal.BOMB, entry.name)


def _with_places(file: BinaryIO, listed: Iterable[_Listed], end: int) -> Iterator[Entry]:
    """Entries with the place of their data, each compared with its own header, without a gap or overlap."""
    at = 0
    in_order = sorted(listed, key=lambda item: item.header_at)
    nexts = [*(item.header_at for item in in_order[1:]), end][: len(in_order)]
    for item, following in zip(in_order, nexts, strict=True):
        entry = item.entry
        if item.header_at != at:
            raise Refused(Refusal.OVERLAP if item.header_at < at else Refusal.UNLISTED, entry.name)
        data_at = _local_header(file, item)
        at = data_at + entry.packed_bytes
        if at > following:
            raise Refused(Refusal.OVERLAP, entry.name)
        if item.flags & _DESCRIPTOR_FLAG and at < following:
            at += _descriptor(file, at, following - at, entry)
        yield Entry(
            entry.name,
            entry.is_folder,
            entry.deflated,
            entry.crc,
            entry.packed_bytes,
            entry.file_bytes,
            data_at,
        )
    if at != end:
        raise Refused(Refusal.UNLISTED)


def _local_header(file: BinaryIO, item: _Listed) -> int:
    """Where the data begins. The header must say what the list says."""
    entry = item.entry
    sign, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(
        _read(file, item.header_at, _LOCAL.size)
    )
    if sign != b"PK\x03\x04":
        raise Refused(Refusal.DAMAGED, entry.name)
    rest = _read(file, item.header_at + _LOCAL.size, name_length + extra_length)
    extras = _extras(rest[name_length:])
    same = rest[:name_length] == item.raw_name and flags == item.flags and method == item.method
    if not same:
        raise Refused(Refusal.HEADERS_DIFFER, entry.name)
    if _UNICODE_EXTRA in extras and _name(item.raw_name, flags, extras, "").removesuffix("/") != entry.name:
        raise Refused(Refusal.HEADERS_DIFFER, entry.name)
    if _LARGE_EXTRA in extras or not flags & _DESCRIPTOR_FLAG:
        size, packed = _large(extras, (size, _UNKNOWN_32, 8), (packed, _UNKNOWN_32, 8))
    # With the flag, what was not known yet is 0 and stands after the data.
    allowed = {0} if flags & _DESCRIPTOR_FLAG else set()
    facts = ((crc, entry.crc), (packed, entry.packed_bytes), (size, entry.file_bytes))
    if not all(told in allowed | {listed} for told, listed in facts):
        raise Refused(Refusal.HEADERS_DIFFER, entry.name)
    return item.header_at + _LOCAL.size + len(rest)


def _descriptor(file: BinaryIO, at: int, room: int, entry: Entry) -> int:
    """How long the facts after the data are (APPNOTE 4.3.9); they must be those of the list."""
    for form in ("<3L", "<L2Q"):
        facts = struct.pack(form, entry.crc, *_fitting(form, entry))
        for told in (b"PK\x07\x08" + facts, facts):
            if len(told) == room and _read(file, at, room) == told:
                return room
    raise Refused(Refusal.HEADERS_DIFFER, entry.name)


def _fitting(form: str, entry: Entry) -> tuple[int, int]:
    if form == "<3L":
        return entry.packed_bytes & _UNKNOWN_32, entry.file_bytes & _UNKNOWN_32
    return entry.packed_bytes, entry.file_bytes
