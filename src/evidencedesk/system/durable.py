"""Writing so that it is still there after a power cut.

Linux: man 2 fsync, for a file and for the folder that has its name. Windows: ``os.fsync`` calls _commit and
that FlushFileBuffers (docs.python.org/3/library/os.html#os.fsync); a folder can't be opened for it, and
NTFS keeps a journal of names. macOS: fsync hands the data to the drive, and only F_FULLFSYNC has the drive
write it (its man 2 fcntl). The last two were never tried.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.read_only import (
    make_read_only as make_read_only,  # noqa: PLC0414 - a part of making a file last
)

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
        force(file)
        return
    file.flush()
    force(file.fileno())


def force(descriptor: int) -> None:
    """Wait until what the system was given of a file is on the disk. Raises OSError."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not there on Windows

        # A network drive or a stick may know nothing of it; then the plain one has to do.
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def fsync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        force(descriptor)
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
