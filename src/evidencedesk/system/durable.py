"""Writing so that it is still there after a power cut."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from evidencedesk.domain.errors import Code, MachineFailure

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_atomic(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file as a whole: after a crash there is the old one or the new one, never half.

    Raises OSError; then the old file is untouched and nothing is left beside it.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            fsync_file(file)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    fsync_folder(path.parent)


def fsync_file(file: int | IO[Any]) -> None:
    """Wait until what was written to a file or descriptor is on the disk."""
    if isinstance(file, int):
        os.fsync(file)
        return
    file.flush()
    os.fsync(file.fileno())


def fsync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_cached(descriptor: int) -> bool:
    """Have the system forget what it remembers of a file on the disk, so that it must ask the drive again.

    False where it can't be asked to.
    """
    if not hasattr(os, "posix_fadvise"):
        return False
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    except OSError:  # some file systems know nothing of it
        return False
    return True


def make_read_only(path: Path) -> None:
    """Take away the right to write, for everybody."""
    path.chmod(path.stat().st_mode & ~0o222)


def create_folder(path: Path) -> None:
    """Make a folder, and those above it, for this user alone; durable when this returns.

    A folder that is there already stays as it is. Raises OSError.
    """
    missing = []
    place = path
    while not place.exists():
        missing.append(place)
        place = place.parent
    if not missing and not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
        fsync_folder(folder.parent)


def disk_failure(error: OSError, path: Path) -> MachineFailure:
    """The known error for what the disk said."""
    if error.errno in _FULL:
        code = Code.DISK_FULL
    elif error.errno in _REFUSED:
        code = Code.NOT_WRITABLE
    else:
        code = Code.INPUT_OUTPUT
    return MachineFailure(code, path=str(path), detail=error.strerror or str(error))
