"""Make a FLAC file that lost its writer complete again, without touching one stored frame.

Frames are found by their headers (RFC 9639 section 9.1: sync code, CRC-8, frame number), the last one is
kept only if its CRC-16 is right, and STREAMINFO (section 8.2) gets the number of samples, the frame sizes and
the MD5 that the encoder could not write any more.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from evidencedesk.capture.file_bytes import FileBytes
from evidencedesk.custody.kept import open_kept

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAGIC = b"fLaC"
_STREAMINFO_AT = 8
_STREAMINFO_BYTES = 34
_SYNC = b"\xff\xf8"  # fixed block size, as libFLAC writes it
_HEAD_BYTES = _STREAMINFO_AT + _STREAMINFO_BYTES
_MD5_BYTES = 16
_HEADER_BYTES = 17
_BUFFER_BYTES = 1 << 18
_CRC_BYTES = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame's header: where it starts, its number and its samples per channel."""

    start: int
    number: int
    samples: int


@dataclass(frozen=True, slots=True)
class Walk:
    """What is whole in a file: frames up to ``end``; ``end`` to the end of the file was cut."""

    frames: int
    samples: int
    end: int
    smallest: int
    largest: int
    block_samples: int


def walk(path: Path, check_from: int = 0, *, drop_last: bool = False) -> Walk | None:
    """Find the whole frames of a file; None when there is none. ``drop_last`` gives one frame up.

    CRC-16 is checked for frames that start at or behind ``check_from`` (it costs a second for 5 MB; what
    stands before the last pulse is proved by the pulse's SHA-256 instead).
    """
    with open_kept(path, to_damage=True) as file:
        data = FileBytes(file)
        if len(data) < _HEAD_BYTES:
            return None
        return _walk(data, check_from, drop_last=drop_last)


def _walk(data: FileBytes, check_from: int, *, drop_last: bool) -> Walk | None:
    first = _first_frame_at(data)
    current = None if first is None else _header_at(data, first)
    if current is None or current.number != 0:
        return None
    frames = samples = 0
    end = current.start
    smallest, largest, block_samples = 1 << 24, 0, current.samples
    while current is not None:
        following = _next_frame(data, current)
        if following is not None:
            stop: int | None = following.start
        else:
            stop = None if drop_last else _whole_end(data, current.start)
        if stop is None:
            break
        if following is not None and current.start >= check_from and crc16(data.part(current.start, stop)):
            break
        frames += 1
        samples += current.samples
        end = stop
        smallest, largest = min(smallest, stop - current.start), max(largest, stop - current.start)
        current = following
    if not frames:
        return None
    return Walk(frames, samples, end, smallest, largest, block_samples)


@contextmanager
def repaired(found: Path, walked: Walk, md5: bytes = bytes(_MD5_BYTES)) -> Iterator[BinaryIO]:
    """The whole frames of a file as a complete one, with what is known in STREAMINFO: only to be read."""
    with open_kept(found, to_damage=True) as source, _Repaired(source, walked, md5) as raw:
        yield cast("BinaryIO", io.BufferedReader(raw, _BUFFER_BYTES))


class _Repaired(io.RawIOBase):
    """The file as found, up to the end of its last whole frame, behind another head."""

    def __init__(self, source: BinaryIO, walked: Walk, md5: bytes) -> None:
        self._source = source
        self._end = walked.end
        self._at = 0
        source.seek(0)
        head = source.read(_HEAD_BYTES)
        packed = int.from_bytes(head[_STREAMINFO_AT + 10 : _STREAMINFO_AT + 18], "big")
        packed = packed >> 36 << 36 | walked.samples
        self._head = b"".join(
            (
                head[:_STREAMINFO_AT],
                walked.block_samples.to_bytes(2, "big") * 2,
                walked.smallest.to_bytes(3, "big"),
                walked.largest.to_bytes(3, "big"),
                packed.to_bytes(8, "big"),
                md5,
            )
        )

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._end}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        if self._at < len(self._head):
            piece = self._head[self._at : self._at + len(view)]
        else:
            self._source.seek(self._at)
            piece = self._source.read(max(0, min(len(view), self._end - self._at)))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _header_at(data: FileBytes, start: int) -> Frame | None:
    frame = read_header(data.part(start, start + _HEADER_BYTES), 0)
    return None if frame is None else replace(frame, start=start)


def read_header(data: bytes, start: int) -> Frame | None:
    """The frame header at ``start``, or None when what stands there is none."""
    head = data[start : start + _HEADER_BYTES]
    if len(head) < 6 or head[:2] != _SYNC:
        return None
    size_code, rate_code = head[2] >> 4, head[2] & 15
    if not size_code or rate_code == 15 or head[3] & 1:
        return None
    number, at = _coded_number(head, 4)
    if number is None:
        return None
    if size_code == 6:
        samples = int.from_bytes(head[at : at + 1], "big") + 1
        at += 1
    elif size_code == 7:
        samples = int.from_bytes(head[at : at + 2], "big") + 1
        at += 2
    elif size_code == 1:
        samples = 192
    elif size_code < 6:
        samples = 576 << (size_code - 2)
    else:
        samples = 256 << (size_code - 8)
    at += {12: 1, 13: 2, 14: 2}.get(rate_code, 0)
    if at >= len(head) or crc8(head[:at]) != head[at]:
        return None
    return Frame(start, number, samples)


def _coded_number(head: bytes, at: int) -> tuple[int | None, int]:
    """The frame number, coded like a long UTF-8 character."""
    lead = head[at]
    if lead < 0x80:
        return lead, at + 1
    extra = 0
    while lead & (0x40 >> extra):
        extra += 1
    if not 1 <= extra <= 6 or at + extra >= len(head):
        return None, at
    value = lead & (0x3F >> extra)
    for byte in head[at + 1 : at + 1 + extra]:
        if byte >> 6 != 2:
            return None, at
        value = value << 6 | byte & 0x3F
    return value, at + 1 + extra


def _first_frame_at(data: FileBytes) -> int | None:
    """Behind the last metadata block."""
    if data.part(0, 4) != _MAGIC:
        return None
    at = 4
    while at + 4 <= len(data):
        block = data.part(at, at + 4)
        last, length = block[0] & 0x80, int.from_bytes(block[1:], "big")
        at += 4 + length
        if last:
            return at
    return None


def _next_frame(data: FileBytes, current: Frame) -> Frame | None:
    at = current.start + 2
    while (at := data.find(_SYNC, at)) >= 0:
        header = _header_at(data, at)
        if header is not None and header.number == current.number + 1:
            return header
        at += 1
    return None


def _whole_end(data: FileBytes, start: int) -> int | None:
    """Where the last frame ends: at the end of the file, or where only zeros follow (a power cut).

    Zeros behind a frame leave its CRC-16 at 0, so they must be told from a CRC that ends in zeros
    itself: one or two belong to the frame, more do not (wrong once in 256 times; ``drop_last`` then).
    """
    rest = data.part(start, len(data))
    kept = rest.rstrip(b"\0")
    end = len(rest) if len(rest) - len(kept) <= _CRC_BYTES else len(kept)
    return start + end if end > _CRC_BYTES and not crc16(rest[:end]) else None


def _table(polynomial: int, bits: int) -> tuple[int, ...]:
    top, mask = 1 << (bits - 1), (1 << bits) - 1
    table = []
    for value in range(256):
        register = value << (bits - 8)
        for _ in range(8):
            register = (register << 1 ^ polynomial) & mask if register & top else register << 1 & mask
        table.append(register)
    return tuple(table)


_CRC8 = _table(0x07, 8)
_CRC16 = _table(0x8005, 16)


def crc8(data: bytes) -> int:
    """CRC-8 of a frame header (polynomial x^8 + x^2 + x + 1)."""
    register = 0
    for byte in data:
        register = _CRC8[register ^ byte]
    return register


def crc16(data: bytes) -> int:
    """CRC-16 of a frame (polynomial x^16 + x^15 + x^2 + 1); 0 over a frame with its own CRC."""
    register = 0
    for byte in data:
        register = (register << 8 & 0xFFFF) ^ _CRC16[register >> 8 ^ byte]
    return register
