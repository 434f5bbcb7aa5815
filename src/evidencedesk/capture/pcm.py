"""The samples of a sound file as bytes, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

import soundfile as sf

from evidencedesk.capture.kept_sound import open_sound, open_sound_in

_FRAMES = 1 << 16
# An unfinished FLAC file has no length; libsndfile then reports 2**63 - 1 frames and fails at the end.
_NO_LENGTH = 1 << 40
_SMALL_FRAMES = 1 << 10


def read_pcm(path: Path, secret: bytes | None = None) -> Iterator[bytes]:
    """Yield interleaved little-endian int16 of a library's file, sealed or not.

    Of a FLAC file whose writer never finished it, all but the last 1,024 frames at most are given. Raises
    ValueError when it can't be decoded, and VAULT_LOCKED for a sealed one without its key or ``secret``.
    """
    return _read(open_sound(path, secret), path.name)


def read_pcm_in(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The same of an open file."""
    return _read(open_sound_in(file), name)


def read_plain_pcm(path: Path) -> Iterator[bytes]:
    """The same of a folder's file: whoever checks one must hear what everybody hears who has no key."""
    return _read(_as_it_is(path), path.name)


@contextmanager
def _as_it_is(path: Path) -> Iterator[sf.SoundFile]:
    with sf.SoundFile(path) as file:
        yield file


def _read(opening: AbstractContextManager[sf.SoundFile], name: str) -> Iterator[bytes]:
    try:
        with opening as file:
            if file.frames >= _NO_LENGTH:
                yield from _read_unfinished(file)
                return
            while pcm := bytes(file.buffer_read(_FRAMES, dtype="int16")):
                yield pcm
    except (OSError, AssertionError, sf.SoundFileError) as error:
        # soundfile asserts that the file holds as many frames as it claims.
        raise ValueError(f"{name}: {error}") from error


def _read_unfinished(file: sf.SoundFile) -> Iterator[bytes]:
    while True:
        try:
            pcm = bytes(file.buffer_read(_SMALL_FRAMES, dtype="int16"))
        except (AssertionError, sf.SoundFileError):
            return
        if not pcm:
            return
        yield pcm


def count_frames(path: Path) -> int:
    """Frames that ``read_pcm`` gives. Raises ValueError."""
    try:
        with open_sound(path) as file:
            frames, channels = int(file.frames), int(file.channels)
    except (OSError, sf.SoundFileError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    if frames < _NO_LENGTH:
        return frames
    return sum(len(pcm) for pcm in read_pcm(path)) // (2 * channels)
