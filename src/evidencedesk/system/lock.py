"""One process at a time: a lock file that the system itself lets go when its owner dies."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout


class FolderLock:
    """A lock file in a folder. Never waits."""

    def __init__(self, path: Path) -> None:
        # One thread may take it and another give it back: the window closes from its job thread.
        self._lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)

    def acquire(self) -> bool:
        """Take the lock; False when somebody else has it. Raises OSError."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Give the lock back. May be called twice."""
        self._lock.release()

    @property
    def held(self) -> bool:
        """Whether this object has the lock."""
        return self._lock.is_locked

    def __enter__(self) -> Self:
        if not self.acquire():
            raise BlockingIOError(str(self._lock.lock_file))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def is_held(path: Path) -> bool:
    """Whether anybody has this lock; looks without leaving a file behind. Raises OSError."""
    if not path.exists():
        return False
    lock = FolderLock(path)
    if not lock.acquire():
        return True
    lock.release()
    return False
