"""A file that takes up room so that, on a full disk, there is room for the last words."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from evidencedesk.system.disk import free_bytes

BALLAST_FILE = "ballast"
_BYTES = 1_000_000
# On a disk this small the ballast itself would be what is missing.
_LEAST_FREE = 32 * _BYTES


def take_ballast(folder: Path) -> None:
    """Reserve a megabyte in a recording's folder, if there is plenty; a disk without room goes without."""
    path = folder / BALLAST_FILE
    try:
        if free_bytes(folder) < _LEAST_FREE:
            return
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(descriptor, 0, _BYTES)
            else:
                os.write(descriptor, bytes(_BYTES))
        finally:
            os.close(descriptor)
    except OSError:
        drop_ballast(folder)


def drop_ballast(folder: Path) -> None:
    """Give the room back; may be called twice."""
    with contextlib.suppress(OSError):
        (folder / BALLAST_FILE).unlink(missing_ok=True)
