"""SHA-256 of files with constant memory."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

BUFFER_BYTES = 256 * 1024  # fits the processor's cache; larger ones measured slower

OnBytes = Callable[[int], None]


def hash_file(path: Path, on_bytes: OnBytes | None = None) -> tuple[str, int]:
    """SHA-256 (hex) and size of a regular file.

    Raises OSError, also for links, pipes and devices: a pipe would hang a careless reader for ever.
    """
    digest = hashlib.sha256()
    buffer = bytearray(BUFFER_BYTES)
    view = memoryview(buffer)
    count = 0
    descriptor = open_regular(path)
    try:
        while (
            taken := os.readv(descriptor, [buffer]) if hasattr(os, "readv") else _read_into(descriptor, view)
        ):
            digest.update(view[:taken])
            count += taken
            if on_bytes is not None:
                on_bytes(taken)
    finally:
        os.close(descriptor)
    return digest.hexdigest(), count


def open_regular(path: Path) -> int:
    """A descriptor of a regular file, never of a link, pipe or device. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"not a regular file: {path}")
    return descriptor


def _read_into(descriptor: int, view: memoryview) -> int:
    """What ``readv`` does, for Windows."""
    data = os.read(descriptor, len(view))
    view[: len(data)] = data
    return len(data)
