"""The files of a library, sealed or not: the one way to read and to write them.

Whether a file is sealed stands in its first bytes, so a library that is being locked or unlocked, with files
of both kinds, can be used at any moment.
"""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import BinaryIO, cast

from evidencedesk.custody.hashing import BUFFER_BYTES, OnBytes, open_regular
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.sealed_format import HEADER_BYTES, MOST_PLAIN, read_header
from evidencedesk.custody.sealed_reader import SealedReader
from evidencedesk.custody.sealed_writer import SealedWriter
from evidencedesk.system.durable import force, fsync_folder, write_atomic


def open_kept(path: Path, secret: bytes | None = None, *, to_damage: bool = False) -> BinaryIO:
    """The plain bytes of a regular file, from any place.

    Whoever wrote a sealed file can open it by its ``secret``, whatever the ring holds. Raises OSError
    (SealBroken for what was damaged), and VAULT_LOCKED for a sealed one without its key. With ``to_damage``
    a sealed file ends before what was damaged: for whoever saves what can be saved.
    """
    file = os.fdopen(open_regular(path), "rb")
    try:
        header = read_header(file.read(HEADER_BYTES))
        if header is None:
            file.seek(0)
            return file
        secret = secret or KEY_RING.secret(header, path)
        reader = SealedReader(file, header, secret, to_damage=to_damage)
    except BaseException:
        file.close()
        raise
    return cast("BinaryIO", io.BufferedReader(reader, BUFFER_BYTES))


def read_kept(path: Path) -> bytes:
    """All of a file's plain bytes. Raises what ``open_kept`` raises."""
    with open_kept(path) as file:
        return file.read()


def is_sealed(path: Path) -> bool:
    """Whether a file looks like a sealed one. Raises OSError."""
    with path.open("rb") as file:
        return read_header(file.read(HEADER_BYTES)) is not None


def size_kept(path: Path) -> int:
    """How many plain bytes a file has. Raises what ``open_kept`` raises."""
    with open_kept(path) as file:
        return file.seek(0, os.SEEK_END)


def hash_kept(path: Path, on_bytes: OnBytes | None = None, secret: bytes | None = None) -> tuple[str, int]:
    """SHA-256 (hex) and size of a file's plain bytes. Raises what ``open_kept`` raises."""
    digest = hashlib.sha256()
    count = 0
    with open_kept(path, secret) as file:
        while piece := file.read(BUFFER_BYTES):
            digest.update(piece)
            count += len(piece)
            if on_bytes is not None:
                on_bytes(len(piece))
    return digest.hexdigest(), count


class PlainWriter(io.FileIO):
    """A new file that is not sealed, with the methods of a ``SealedWriter``."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "x", opener=_private)
        fsync_folder(path.parent)

    # Whoever may read the file needs no more.
    secret: bytes | None = None

    @property
    def plain_bytes(self) -> int:
        """How long the file is so far."""
        return os.fstat(self.fileno()).st_size

    def push(self) -> None:
        """Nothing waits: each call of ``write`` goes to the system."""

    def sync(self) -> None:
        """Wait until what was written is on the disk."""
        force(self.fileno())

    def finish(self) -> None:
        """Wait for the disk, and close."""
        self.sync()
        self.close()

    def abandon(self) -> None:
        """Let go of the file as it is."""
        self.close()


def create_kept(path: Path, vault_public: bytes | None) -> SealedWriter | PlainWriter:
    """A new file for its owner only, never over another one; sealed with a public key. Raises OSError.

    ``finish`` ends it, durably; without that a sealed file is one that was cut off.
    """
    return PlainWriter(path) if vault_public is None else SealedWriter(path, vault_public)


def write_all(writer: SealedWriter | PlainWriter, content: bytes) -> None:
    """Write all of it: a disk that is nearly full may take only half at once. Raises OSError."""
    rest = memoryview(content)
    while rest:
        rest = rest[writer.write(rest) :]


def write_kept(path: Path, content: bytes, vault_public: bytes | None) -> None:
    """Replace a small file as a whole, as ``write_atomic`` does. Raises OSError."""
    if vault_public is None:
        write_atomic(path, content)
        return
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        writer = SealedWriter(partial, vault_public)
        try:
            for at in range(0, len(content), MOST_PLAIN):
                writer.write(content[at : at + MOST_PLAIN])
            writer.finish()
        finally:
            writer.abandon()
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    fsync_folder(path.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)
