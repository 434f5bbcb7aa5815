"""Files of a library for programs that know nothing of seals: plain bytes at a path, for a moment only.

A file that is not sealed is read where it is. Of a sealed one our own child processes get the plain bytes
in memory, through a descriptor they inherit (Linux); everybody else gets a file in a private folder of this
session, which is deleted at the end, when the library is locked, when the program ends, and, after a crash,
at the next start (``remove_left_folders``).
"""

from __future__ import annotations

import atexit
import errno
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from evidencedesk.custody.hashing import BUFFER_BYTES
from evidencedesk.custody.kept import is_sealed, open_kept
from evidencedesk.system.kind import SYSTEM
from evidencedesk.system.private_temp import private_folder

# A film as large as the memory must not push everything else out of it.
_SHARE_OF_MEMORY = 4


@dataclass(frozen=True, slots=True)
class ForChild:
    """Where a child process finds the plain bytes, and the descriptors that it must inherit for that."""

    path: Path
    pass_fds: tuple[int, ...] = ()


@contextmanager
def plain_copy(path: Path, name: str = "") -> Iterator[Path]:
    """A path at which any program can read a file's plain bytes, for the length of a ``with`` block.

    It is the file itself when that is not sealed. ``name`` is what a copy is called; its ending tells other
    programs what it is. Raises OSError, and VAULT_LOCKED.
    """
    if not is_sealed(path):
        yield path
        return
    with private_folder() as folder:
        copy = folder / (Path(name).name or path.name)
        descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as target:
            _copy(path, target)
        yield copy


@contextmanager
def plain_for_child(path: Path) -> Iterator[ForChild]:
    """The same for a child process of our own (``pass_fds`` of ``subprocess``); never on a disk on Linux."""
    if SYSTEM != "linux":
        with plain_copy(path) as copy:
            yield ForChild(copy)
        return
    if not is_sealed(path):
        yield ForChild(path)
        return
    if path.stat().st_size > os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // _SHARE_OF_MEMORY:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM), str(path))
    with os.fdopen(os.memfd_create("plain", os.MFD_CLOEXEC), "wb") as memory:
        _copy(path, memory)
        memory.flush()
        yield ForChild(Path(f"/dev/fd/{memory.fileno()}"), (memory.fileno(),))


class PlainCopies:
    """Copies that other programs have open: they stay until ``drop``. May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = ExitStack()

    def open(self, path: Path, name: str = "") -> Path:
        """As ``plain_copy``, until ``drop``."""
        with self._lock:
            return self._open.enter_context(plain_copy(path, name))

    def drop(self) -> None:
        """Take all of them away: the library is being locked, or the program ends."""
        with self._lock:
            self._open.close()


PLAIN_COPIES = PlainCopies()
atexit.register(PLAIN_COPIES.drop)


def _copy(path: Path, target: IO[bytes]) -> None:
    with open_kept(path) as source:
        while piece := source.read(BUFFER_BYTES):
            target.write(piece)
