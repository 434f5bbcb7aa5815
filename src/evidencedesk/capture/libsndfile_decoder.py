"""Decode a sound file with the library that is always there: WAV, FLAC, MP3, Ogg, AIFF and others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import soundfile as sf

from evidencedesk.capture.decoding import Decoding, Names, Sound, require_possible
from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.custody.sealed_format import SealBroken

_BLOCK_SAMPLES = 1 << 17


@contextmanager
def decode_with_libsndfile(path: Path, seconds: float) -> Iterator[Decoding]:
    """Open a file; reading it may take so many seconds. Raises ValueError."""
    with ExitStack() as stack:
        stack.enter_context(_no_seal_broken())
        try:
            file = stack.enter_context(open_sound(path))
        except (OSError, TypeError, sf.SoundFileError) as error:
            # TypeError: a name that ends in .raw tells nothing about what is inside.
            raise ValueError(str(error)) from error
        require_possible(file.samplerate, file.channels)
        names = Names(f"{file.format} / {file.subtype}", f"libsndfile {sf.__libsndfile_version__}")
        until = time.monotonic() + seconds
        yield Decoding(file.samplerate, file.channels, _blocks(file, until), lambda: names)


@contextmanager
def _no_seal_broken() -> Iterator[None]:
    """What was damaged can't be decoded, as any other damaged sound."""
    try:
        yield
    except SealBroken as error:
        raise ValueError(str(error)) from error


def _blocks(file: sf.SoundFile, until: float) -> Iterator[Sound]:
    frames = _BLOCK_SAMPLES // file.channels
    while True:
        try:
            block: Sound = file.read(frames, dtype="float32", always_2d=True)
        except (sf.SoundFileError, AssertionError, MemoryError) as error:
            raise ValueError(str(error)) from error
        if not len(block):
            return
        if time.monotonic() > until:
            raise ValueError("took too long")
        yield block
