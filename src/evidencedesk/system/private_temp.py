"""Folders for what is there for a moment only: for this user alone, and gone in the end.

They lie where the session keeps its sockets: on Linux with a session that is memory, not a disk. A folder
that a killed run left has a lock that nobody holds; ``remove_left_folders`` takes it away at the next start.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evidencedesk.system.lock import FolderLock
from evidencedesk.system.places import runtime_dir

_PREFIX = "moment-"
_LOCK = "lock"
_CONTENT = "content"


@contextmanager
def private_folder() -> Iterator[Path]:
    """An empty folder (0700) for the length of a ``with`` block. Raises OSError."""
    home = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=runtime_dir()))  # 0700
    lock = FolderLock(home / _LOCK)
    try:
        lock.acquire()
        content = home / _CONTENT
        content.mkdir(mode=0o700)
        yield content
    finally:
        lock.release()
        shutil.rmtree(home, ignore_errors=True)


def remove_left_folders() -> None:
    """What killed runs left of ``private_folder``; one that is in use stays."""
    with suppress(OSError):
        remove_unlocked(runtime_dir(), _PREFIX)


def remove_unlocked(place: Path, prefix: str) -> None:
    """Take away this user's folders of that name whose lock nobody holds. Raises OSError."""
    for home in place.glob(f"{prefix}*"):
        if home.is_symlink() or (hasattr(os, "getuid") and home.lstat().st_uid != os.getuid()):
            continue
        lock = FolderLock(home / _LOCK)
        with suppress(OSError):
            # One without a lock is just being made, or was left between two steps of that.
            if (home / _LOCK).exists() and lock.acquire():
                lock.release()
                shutil.rmtree(home, ignore_errors=True)
