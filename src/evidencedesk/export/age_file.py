"""Encrypt for a receiver, and decrypt, in the format of the ``age`` tool (age-encryption.org/v1)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyrage

from evidencedesk.custody.hashing import OnBytes, open_regular
from evidencedesk.custody.shown_text import shown_text
from evidencedesk.domain.errors import Code, Unreadable, WrongUse
from evidencedesk.export.whole_file import Sink, write_whole

AGE_SIGN = b"age-encryption.org/v1\n"
_KEY_FILE_LIMIT = 64 * 1024
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how each key begins

Recipient = Any  # pyrage has no types


def read_recipients(texts: Sequence[str]) -> list[Recipient]:
    """Public keys as the receivers gave them. Raises BAD_RECIPIENT."""
    recipients = []
    for text in texts:
        try:
            recipients.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError as error:
            raise WrongUse(Code.BAD_RECIPIENT, item=shown_text(text.strip(), 80)) from error
    return recipients


def write_encrypted(
    chunks: Iterator[bytes],
    target: Path,
    recipients: Sequence[Recipient],
    reading_back: OnBytes | None = None,
) -> bool:
    """Encrypt a stream into ``target``; True when it was read back from the drive itself.

    Raises what ``chunks`` raises and what ``write_whole`` raises.
    """
    source = _Source(chunks)

    def fill(sink: Sink) -> None:
        try:
            pyrage.encrypt_io(source, sink, recipients)
        except pyrage.EncryptError as error:
            raise source.failure or error from error

    return write_whole(target, fill, reading_back)


def decrypt_file(
    path: Path, key_file: Path, target: Path, cancelled: Callable[[], bool] | None = None
) -> None:
    """Decrypt ``path`` into ``target``, which is there only when all of it could be.

    Raises AGE_KEY_UNREADABLE, FILE_UNREADABLE, NOT_ENCRYPTED, DECRYPTION_FAILED, TARGET_NOT_EMPTY and what
    the disk says.
    """
    identities = _identities(key_file)
    try:
        file = io.FileIO(open_regular(path.resolve()), "rb")
    except OSError as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error.strerror or error)) from error
    with file:
        if file.read(len(AGE_SIGN)) != AGE_SIGN:
            raise Unreadable(Code.NOT_ENCRYPTED, path=str(path))
        file.seek(0)
        source = _Source(_blocks(file, cancelled or (lambda: False)))

        def fill(sink: Sink) -> None:
            try:
                pyrage.decrypt_io(source, sink, identities)
            except (pyrage.DecryptError, OSError) as error:
                cause = source.failure or sink.failure
                if cause is not None:
                    raise cause from error
                # The wrong key, a changed byte and a missing end look alike from outside.
                raise Unreadable(Code.DECRYPTION_FAILED, path=str(path), detail=str(error)) from error

        write_whole(target, fill)


def _identities(key_file: Path) -> list[Any]:
    """The keys of a file as ``age-keygen`` writes it. Raises AGE_KEY_UNREADABLE."""
    try:
        with io.FileIO(open_regular(key_file.resolve()), "rb") as file:
            content = file.read(_KEY_FILE_LIMIT).decode("utf-8")
        lines = [line.strip() for line in content.splitlines()]
        keys = [line for line in lines if line.upper().startswith(_SECRET)]
        identities = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise Unreadable(Code.AGE_KEY_UNREADABLE, path=str(key_file)) from error
    if not identities:
        raise Unreadable(Code.AGE_KEY_UNREADABLE, path=str(key_file))
    return identities


def _blocks(file: io.FileIO, cancelled: Callable[[], bool]) -> Iterator[bytes]:
    while block := file.read(1 << 18):
        if cancelled():
            raise WrongUse(Code.CANCELLED)
        yield block


class _Source(io.RawIOBase):
    """A stream of chunks as a file; remembers why it ended early."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = memoryview(b"")
        self.failure: Exception | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """As much as there is. Raises what the chunks raise."""
        try:
            while not self._rest:
                self._rest = memoryview(next(self._chunks))
        except StopIteration:
            return 0
        except Exception as error:
            self.failure = error
            raise
        taken = min(len(buffer), len(self._rest))
        buffer[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken
