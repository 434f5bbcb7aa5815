"""Read a sealed file from any place, whole or cut off."""

from __future__ import annotations

import io
import os
from bisect import bisect_right
from typing import TYPE_CHECKING, BinaryIO

from evidencedesk.custody.sealed_format import (
    HEADER_BYTES,
    LENGTH_BYTES,
    TAG_BYTES,
    Header,
    SealBroken,
    Sealer,
    unpack_end,
    unpack_length,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_LAST_OPENED = 4
# Chunks that a writer gives to the system before it waits for the disk: a handful, and then some.
_MOST_UNSYNCED = 64


class SealedReader(io.RawIOBase):
    """The plain bytes of a sealed file, as they were when it was opened. Owns ``file``.

    ``complete`` tells whether its writer ended it. Of one that was cut off there is the exact prefix that can
    be opened. Raises SealBroken, here and from ``read``, for what was damaged or changed; with ``to_damage``
    the file ends before that instead.
    """

    def __init__(self, file: BinaryIO, header: Header, secret: bytes, *, to_damage: bool = False) -> None:
        self._file = file
        self._sealer = Sealer(header, secret)
        self._starts: list[int] = []  # where each chunk's sealed bytes begin in the file
        self._begins: list[int] = []  # and its plain bytes in the plain file
        self._lengths: list[int] = []
        self._opened: dict[int, bytes] = {}
        self._head = b""
        self._at = 0
        self.complete = False
        self._length = 0
        try:
            self._find_chunks()
        except SealBroken:
            if not to_damage:
                raise
        if to_damage:
            self._end_before_damage()

    @property
    def plain_bytes(self) -> int:
        """How long the plain file is."""
        return self._length

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go elsewhere, also behind the end."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        if base + offset < 0:
            raise OSError(22, os.strerror(22))
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """The next bytes, as many as the chunk at this place has."""
        view = memoryview(buffer).cast("B")
        if self._at >= self._length or not view:
            return 0
        number = bisect_right(self._begins, self._at) - 1
        plain = self._chunk(number)
        inside = self._at - self._begins[number]
        piece = plain[inside : inside + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file, too."""
        self._file.close()
        self._opened.clear()
        super().close()

    def _find_chunks(self) -> None:
        size = self._file.seek(0, os.SEEK_END)
        at, begins = HEADER_BYTES, 0
        while at + LENGTH_BYTES <= size:
            self._file.seek(at)
            told = unpack_length(self._file.read(LENGTH_BYTES))
            if told is None or at + LENGTH_BYTES + told[0] > size:
                break
            length, last = told
            at += LENGTH_BYTES
            if last:
                self._end(at, length, size)
                return
            self._starts.append(at)
            self._begins.append(begins)
            self._lengths.append(length)
            begins += length - TAG_BYTES
            at += length
        self._length = begins
        self._drop_what_does_not_open()

    def _end(self, at: int, length: int, size: int) -> None:
        self._file.seek(at)
        plain_bytes, self._head = unpack_end(
            self._sealer.open(len(self._starts), self._file.read(length), last=True)
        )
        self._length = (self._begins[-1] + self._lengths[-1] - TAG_BYTES) if self._starts else 0
        if at + length != size or plain_bytes != self._length:
            raise SealBroken("there is more or less than was sealed")
        self.complete = True

    def _drop_what_does_not_open(self) -> None:
        """After a power cut the last chunks may hold what the disk never got; before them all is whole."""
        self._end_before_damage(max(0, len(self._starts) - _MOST_UNSYNCED))

    def _end_before_damage(self, first: int = 0) -> None:
        """Open every chunk from one on: what stands behind one that does not open is given up."""
        if self._starts:
            self._length = self._begins[-1] + self._lengths[-1] - TAG_BYTES
        for number in range(first, len(self._starts)):
            try:
                self._chunk(number)
            except SealBroken:
                self._length = self._begins[number]
                del self._starts[number:], self._begins[number:], self._lengths[number:]
                self.complete = False
                return

    def _chunk(self, number: int) -> bytes:
        plain = self._opened.get(number)
        if plain is None:
            self._file.seek(self._starts[number])
            plain = self._sealer.open(number, self._file.read(self._lengths[number]))
            begins = self._begins[number]
            if begins < len(self._head):
                over = self._head[begins : begins + len(plain)]
                plain = over + plain[len(over) :]
            if len(self._opened) >= _LAST_OPENED:
                del self._opened[next(iter(self._opened))]
            self._opened[number] = plain
        return plain
