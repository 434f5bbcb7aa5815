"""One file that is there as a whole or not at all, and was read back before it got its name."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from evidencedesk.custody.hashing import OnBytes
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.export.read_back import read_back
from evidencedesk.export.target_failure import target_failure
from evidencedesk.system.durable import force, fsync_folder


class Sink(io.RawIOBase):
    """Takes bytes in order, hashes and writes them; remembers why it could not."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._digest = hashlib.sha256()
        self.failure: OSError | None = None

    @property
    def sha256(self) -> str:
        """Of all bytes so far."""
        return self._digest.hexdigest()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, content: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]
        """All of it. Raises OSError."""
        try:
            self._file.write(content)
        except OSError as error:
            # Through a library of another language it comes back as a text only.
            self.failure = error
            raise
        self._digest.update(content)
        return len(content)


def write_whole(target: Path, fill: Callable[[Sink], None], reading_back: OnBytes | None = None) -> bool:
    """Let ``fill`` write a file; True when it was read back from the drive itself.

    Raises TARGET_NOT_EMPTY when it exists, READ_BACK_DIFFERS, what ``fill`` raises, and what the disk says;
    then nothing stays.
    """
    if os.path.lexists(target):  # a link to nowhere would be replaced
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))
    partial = target.with_name(target.name + ".partial")
    finished = False
    try:
        partial.unlink(missing_ok=True)  # ours, from a run that was killed
        descriptor = os.open(
            partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(descriptor, "wb") as file:
            sink = Sink(file)
            try:
                fill(sink)
            except Exception as error:
                raise sink.failure or error from error
            file.flush()
            force(file.fileno())
        from_drive = read_back(partial, sink.sha256, target.name, reading_back)
        if os.path.lexists(target):
            raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))
        partial.rename(target)
        finished = True
        fsync_folder(target.parent)
    except OSError as error:
        raise target_failure(error, target, partial) from error
    finally:
        if not finished:
            with contextlib.suppress(OSError):  # what went wrong before is the cause
                partial.unlink(missing_ok=True)
    return from_drive
