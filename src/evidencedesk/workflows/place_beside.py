"""A folder for what is not whole yet, on the drive where it will stand."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evidencedesk.system.lock import FolderLock


@contextmanager
def place_beside(target: Path, doing: str) -> Iterator[Path]:
    """A folder beside ``target`` that is removed in the end; so is what a killed run left.

    ``doing`` tells the runs of one kind from others. Raises OSError.
    """
    prefix = f".{target.name}.{doing}-"
    for left in target.parent.glob(f"{prefix}*"):
        lock = FolderLock(left / "lock")
        with suppress(OSError):
            if (left / "lock").exists() and lock.acquire():
                lock.release()
                shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    lock = FolderLock(place / "lock")
    try:
        lock.acquire()
        yield place
    finally:
        lock.release()
        shutil.rmtree(place, ignore_errors=True)
