"""The bytes of an open file, to be looked at as if they all were in memory."""

from __future__ import annotations

import os
from typing import BinaryIO

_BLOCK = 1 << 20
_KEPT_BLOCKS = 4


class FileBytes:
    """Length, slices and ``find`` of a file that nobody writes to, a few megabytes in memory at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, os.SEEK_END)
        self._blocks: dict[int, bytes] = {}

    def __len__(self) -> int:
        return self._length

    def part(self, start: int, stop: int) -> bytes:
        """Bytes from one place to before another, as far as there are any."""
        stop = min(stop, self._length)
        found = b""
        while start < stop:
            number, inside = divmod(start, _BLOCK)
            piece = self._block(number)[inside : inside + stop - start]
            found += piece
            start += len(piece)
        return found

    def find(self, wanted: bytes, start: int) -> int:
        """Where bytes stand first from a place on; -1 when nowhere."""
        over = len(wanted) - 1
        while start < self._length:
            number, inside = divmod(start, _BLOCK)
            block = self._block(number)
            # What begins in this block may end in the next.
            following = (number + 1) * _BLOCK
            at = (block + self.part(following, following + over)).find(wanted, inside)
            if at >= 0:
                return number * _BLOCK + at
            start = following
        return -1

    def _block(self, number: int) -> bytes:
        block = self._blocks.get(number)
        if block is None:
            self._file.seek(number * _BLOCK)
            block = self._file.read(min(_BLOCK, self._length - number * _BLOCK))
            if len(self._blocks) >= _KEPT_BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            self._blocks[number] = block
        return block
