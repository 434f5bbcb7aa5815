"""What stands in a back-up: one stored ZIP with a list of all files and what each must hash to."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from evidencedesk.custody.manifests import manifest_line
from evidencedesk.custody.names import unsafe_because

ROOT = "EvidenceDesk-backup/"
ABOUT = "back-up.json"
MANIFEST = "manifest-sha256.txt"
LIBRARY = "library/"
FORMAT = 1
TIMES = 20  # as many files as twenty of the largest case folders
_LOCAL = struct.Struct("<4s5H3L2H")
_LARGE = struct.Struct("<2H2Q")
_UNKNOWN = 0xFFFFFFFF
_BLOCK = 1 << 20
_MANIFEST_LIMIT = 1 << 30
_NAME_LIMIT = 4096


def manifest_text(hashes: dict[str, str]) -> bytes:
    """One line for each file of the library."""
    return b"".join(manifest_line(hashes[name], name) for name in sorted(hashes, key=str.encode))


def read_manifest_text(content: bytes) -> dict[str, str]:
    """Names with what they must hash to. Raises ValueError for what this program never writes."""
    hashes: dict[str, str] = {}
    for line in content.decode("utf-8").splitlines():
        sha256, gap, name = line[:64], line[64:66], line[66:].replace("%0A", "\n").replace("%0D", "\r")
        name = name.replace("%25", "%")
        if gap != "  " or name in hashes or unsafe_because(name) or not _is_sha256(sha256):
            raise ValueError(line[:80])
        hashes[name] = sha256
    return hashes


def whole_files(file: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
    """Go through a back-up from its beginning, as far as it is whole: each file's name.

    The list of files comes with its content. For a file whose end is cut off: what can be read is told even
    where the ZIP's own list, at the end, is gone.
    """
    file.seek(0)
    while len(header := file.read(_LOCAL.size)) == _LOCAL.size and header[:4] == b"PK\x03\x04":
        _, _, _, _, _, _, crc, size, _, name_length, extra_length = _LOCAL.unpack(header)
        if name_length > _NAME_LIMIT:
            return
        name = file.read(name_length).decode("utf-8", "replace").removeprefix(ROOT)
        extra = file.read(extra_length)
        if size == _UNKNOWN and len(extra) >= _LARGE.size:
            size = _LARGE.unpack_from(extra)[2]
        kept: list[bytes] = []
        left, found = size, 0
        while left and (block := file.read(min(left, _BLOCK))):
            left -= len(block)
            found = zlib.crc32(block, found)
            if name == MANIFEST and size <= _MANIFEST_LIMIT:
                kept.append(block)
        if left or found != crc:
            return
        yield name, b"".join(kept) if name == MANIFEST else None


def _is_sha256(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")
