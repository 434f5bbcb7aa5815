"""Room on a disk, and which disk it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def free_bytes(path: Path) -> int:
    """Bytes this user may still write where ``path`` is. Raises OSError."""
    return shutil.disk_usage(path).free


def free_bytes_of(descriptor: int, path: Path) -> int:
    """The same for the disk of an open file, which has no name any more when its drive was unmounted.

    ``path`` is asked about where the system knows nothing of open files. Raises OSError.
    """
    if not hasattr(os, "fstatvfs"):
        return free_bytes(path)
    room = os.fstatvfs(descriptor)
    return room.f_bavail * room.f_frsize


def same_drive(a: Path, b: Path) -> bool:
    """Whether two folders are on one drive, or would be if they were made; True where nobody can tell.

    Two partitions of one disk count as two drives: the system gives them different numbers.
    """
    first, second = _drive(a), _drive(b)
    return first is None or second is None or first == second


def _drive(path: Path) -> int | None:
    """The number of the drive of ``path``, or of the nearest folder above it that is there."""
    for place in (path.absolute(), *path.absolute().parents):
        try:
            return place.stat().st_dev
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return None
    return None
