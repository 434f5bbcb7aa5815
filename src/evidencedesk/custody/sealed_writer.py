"""Write a sealed file as its bytes come: what was synced is on the disk and opens, whatever happens then."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from evidencedesk.custody.sealed_format import HEAD_BYTES, MOST_PLAIN, Sealer, new_file_key, pack_end
from evidencedesk.system.durable import force, fsync_folder

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class SealedWriter(io.RawIOBase):
    """A new sealed file. Its beginning (``HEAD_BYTES``) can be changed until the end, the rest only grows.

    Raises OSError from every method that writes; a chunk that a full disk took only half of is finished by
    the next call. Without ``finish`` the file stays one whose writer was killed.
    """

    def __init__(self, path: Path, vault_public: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path, flags, 0o600)
        self.header, self.secret = new_file_key(vault_public)
        self._sealer = Sealer(self.header, self.secret)
        self._number = 0
        self._waiting = bytearray()  # plain bytes that are in no chunk yet
        self._torn = self.header.packed()  # sealed bytes that are not in the file yet
        self._head = bytearray()
        self._head_changed = False
        self._at = 0
        self._length = 0
        try:
            self._push()
            fsync_folder(path.parent)
        except BaseException:
            self.abandon()
            raise

    @property
    def plain_bytes(self) -> int:
        """How long the plain file is so far."""
        return self._length

    def fileno(self) -> int:
        """The open file, to ask the disk about; never to write to."""
        return self._descriptor

    def writable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """Within limits: see ``write``."""
        return True

    def tell(self) -> int:
        """Where the next byte goes."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go elsewhere."""
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        return self._at

    def write(self, content: ReadableBuffer) -> int:
        """Append, or change what stands in the first ``HEAD_BYTES``. Raises OSError for any other place."""
        plain = bytes(content)
        if self._at < self._length:
            self._change_head(plain)
        elif self._at > self._length:
            raise io.UnsupportedOperation("a sealed file has no holes")
        else:
            self._append(plain)
        self._at += len(plain)
        return len(plain)

    def push(self) -> None:
        """Seal what is waiting and give it to the system."""
        while self._waiting:
            self._seal_some()
        self._push()

    def sync(self) -> None:
        """Seal what is waiting, and wait until it is on the disk."""
        self.push()
        force(self._descriptor)

    def finish(self) -> None:
        """End the file properly, durably, and close it."""
        self.push()
        end = pack_end(self._length, bytes(self._head) if self._head_changed else b"")
        self._torn += self._sealer.seal(self._number, end, last=True)
        self._number += 1
        self._push()
        force(self._descriptor)
        self.abandon()

    def abandon(self) -> None:
        """Let go of the file as it is. May be called twice."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def close(self) -> None:
        """For a writer that nobody finished: what was taken stays, the end is missing."""
        self.abandon()
        super().close()

    def _append(self, plain: bytes) -> None:
        if len(self._head) < HEAD_BYTES:
            self._head += plain[: HEAD_BYTES - len(self._head)]
        self._waiting += plain
        self._length += len(plain)
        while len(self._waiting) >= MOST_PLAIN:
            self._seal_some()
            self._push()

    def _change_head(self, plain: bytes) -> None:
        end = self._at + len(plain)
        if end > len(self._head):
            raise io.UnsupportedOperation("only the beginning of a sealed file can be changed")
        if self._head[self._at : end] != plain:
            self._head[self._at : end] = plain
            self._head_changed = True

    def _seal_some(self) -> None:
        plain = bytes(self._waiting[:MOST_PLAIN])
        self._torn += self._sealer.seal(self._number, plain)
        self._number += 1
        del self._waiting[:MOST_PLAIN]

    def _push(self) -> None:
        while self._torn:
            self._torn = self._torn[os.write(self._descriptor, self._torn) :]
