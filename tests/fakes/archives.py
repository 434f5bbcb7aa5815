"""ZIPs made byte by byte: only so can one say one thing here and another there."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

UTF8 = 0x0800


@dataclass(frozen=True)
class Member:
    """One entry; what is None is as it should be. ``local_`` facts stand in the entry's own header only."""

    name: bytes
    content: bytes = b""
    deflated: bool = False
    flags: int = UTF8
    method: int | None = None
    mode: int = 0o100644
    attributes: int | None = None
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    made_on: int = 3
    version: int = 20
    extra: bytes = b""
    comment: bytes = b""
    local_name: bytes | None = None
    local_crc: int | None = None
    local_size: int | None = None
    local_extra: bytes | None = None
    descriptor: bytes = b""
    header_at: int | None = None

    @property
    def packed(self) -> bytes:
        """The content as it stands in the archive."""
        if not self.deflated:
            return self.content
        deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return deflater.compress(self.content) + deflater.flush()


def given(value: int | None, otherwise: int) -> int:
    """The first that is there."""
    return otherwise if value is None else value


def archive(
    members: Sequence[Member],
    *,
    before: bytes = b"",
    between: bytes = b"",
    gap: bytes = b"",
    after: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    disk: int = 0,
    begin: int | None = None,
) -> bytes:
    """A ZIP of these entries, with strange bytes where they are asked for."""
    body, listing = bytearray(before), bytearray()
    for member in members:
        at, packed = len(body), member.packed
        method = given(member.method, 8 if member.deflated else 0)
        crc = given(member.crc, zlib.crc32(member.content))
        size = given(member.size, len(member.content))
        packed_size = given(member.packed_size, len(packed))
        name = member.name if member.local_name is None else member.local_name
        extra = member.extra if member.local_extra is None else member.local_extra
        told = (given(member.local_crc, crc), packed_size, given(member.local_size, size))
        if member.flags & 8:
            told = (0, 0, 0)
        body += struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, member.flags, method, 0, 0x5021, *told, len(name), len(extra)
        )
        body += name + extra + packed + member.descriptor + between
        attributes = given(member.attributes, member.mode << 16)
        listing += struct.pack(
            "<4s6H3L5H2L",
            b"PK\1\2",
            member.made_on << 8 | 20,
            member.version,
            member.flags,
            method,
            0,
            0x5021,
            crc,
            packed_size,
            size,
            len(member.name),
            len(member.extra),
            len(member.comment),
            0,
            0,
            attributes,
            given(member.header_at, at),
        )
        listing += member.name + member.extra + member.comment
    body += gap
    number = given(count, len(members))
    place = given(begin, len(body))
    large = b""
    if number > 0xFFFF:  # the form for 64 bits
        facts = (number, number, len(listing), place)
        large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, *facts)
        large += struct.pack("<4sLQL", b"PK\6\7", 0, place + len(listing), 1)
        number = 0xFFFF
    end = struct.pack(
        "<4s4H2LH",
        b"PK\5\6",
        disk,
        disk,
        number,
        number,
        len(listing),
        place,
        len(comment),
    )
    return bytes(body + listing + large + end + comment + after)


def members_of(folder: Path, lead: str = "", *, deflated: bool = False) -> list[Member]:
    """Every file of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        Member(f"{lead}{path.relative_to(folder).as_posix()}".encode(), path.read_bytes(), deflated)
        for path in paths
    ]
