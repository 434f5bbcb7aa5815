"""The sound files of a library for libsndfile, sealed or not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import soundfile as sf

from evidencedesk.custody.kept import PlainWriter, is_sealed, open_kept
from evidencedesk.custody.sealed_writer import SealedWriter

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


@contextmanager
def open_sound(path: Path, secret: bytes | None = None) -> Iterator[sf.SoundFile]:
    """Open it for the length of a ``with`` block.

    Raises what soundfile raises (AssertionError for a file that ends too early, among others), OSError
    (SealBroken for what was damaged, at the latest at the end of the block) and VAULT_LOCKED.
    """
    if not is_sealed(path):
        with sf.SoundFile(path) as sound:
            yield sound
        return
    with open_kept(path, secret) as file, open_sound_in(file) as sound:
        yield sound


@contextmanager
def open_sound_in(file: BinaryIO) -> Iterator[sf.SoundFile]:
    """The same of a file that is open already, and stays so."""
    with _told_by(_Read(file)) as read, sf.SoundFile(read) as sound:
        yield sound


class Written:
    """What libsndfile writes: exceptions get lost in its calls, so the last one is kept here."""

    def __init__(self, kept: SealedWriter | PlainWriter) -> None:
        self._kept = kept
        self.failure: OSError | None = None

    def check(self) -> None:
        """Raises what the disk said meanwhile."""
        if self.failure is not None:
            raise self.failure

    def write(self, content: ReadableBuffer) -> int:
        """All of it, or as much as the disk took."""
        left = memoryview(content).cast("B")
        taken = 0
        try:
            while taken < len(left):
                taken += self._kept.write(left[taken:])
        except OSError as error:
            self.failure = error
        return taken

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go elsewhere: to the beginning, when the number of samples is known."""
        return self._kept.seek(offset, whence)

    def tell(self) -> int:
        """Where the next byte goes."""
        return self._kept.tell()

    def read(self, count: int = -1) -> bytes:
        """Never asked for: whoever writes FLAC reads nothing back."""
        raise OSError(f"cannot read {count} bytes of a file that is written")


class _Read:
    """What libsndfile reads: exceptions get lost in its calls, so the first one is kept here."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def readinto(self, buffer: WriteableBuffer) -> int:
        """As many of the next bytes as there are."""
        view = memoryview(buffer).cast("B")
        try:
            content = self._file.read(len(view))
        except OSError as error:
            self.failure = self.failure or error
            return 0
        view[: len(content)] = content
        return len(content)

    def read(self, count: int) -> bytes:
        """The next bytes; soundfile looks for this name, and calls ``readinto``."""
        content = bytearray(count)
        return bytes(content[: self.readinto(content)])

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go elsewhere; a place before the beginning, which a damaged file may name, is none."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError):
            return self._file.tell()

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._file.tell()


@contextmanager
def _told_by(read: _Read) -> Iterator[_Read]:
    """Raise what the disk or the seal said, rather than what libsndfile makes of it."""
    try:
        yield read
    except (sf.SoundFileError, AssertionError):
        if read.failure is None:
            raise
    if read.failure is not None:
        raise read.failure
