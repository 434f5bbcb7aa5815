"""A sound or film made elsewhere: what is in it, and a small copy for listening that every browser plays."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from evidencedesk.capture.decoding import Decoding, Sound
from evidencedesk.capture.ffmpeg_decoder import decode_with_ffmpeg
from evidencedesk.capture.flac_copy import new_flac_copy
from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.capture.libsndfile_decoder import decode_with_libsndfile
from evidencedesk.domain.errors import Code, WrongUse

# An hour of a phone recording takes seconds; what takes longer than this is made to take long.
MOST_SECONDS = 600.0
COPY_RATE_HZ = 24_000
_COPY_CHANNELS = 2
_MORE_THAN_TOLD_MS = 1000

_DECODERS: tuple[Callable[[Path, float], AbstractContextManager[Decoding]], ...] = (
    decode_with_libsndfile,
    decode_with_ffmpeg,
)


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What a decoder found when it decoded a file from its beginning to its end; nothing by default."""

    format: str = ""
    decoder: str = ""
    rate_hz: int | None = None
    channels: int | None = None
    duration_ms: int | None = None


def examine(path: Path, seconds: float = MOST_SECONDS) -> SoundFacts:
    """Decode a whole file; each decoder may take so many seconds. Empty when none of them can."""
    for decode in _DECODERS:
        try:
            with decode(path, seconds) as decoding:
                frames = sum(len(block) for block in decoding.blocks)
                if not frames:
                    continue
                names = decoding.names()
        except ValueError:
            continue
        duration_ms = frames * 1000 // decoding.rate_hz
        return SoundFacts(names.format, names.decoder, decoding.rate_hz, decoding.channels, duration_ms)
    return SoundFacts()


def copy_room_bytes(duration_ms: int, rate_hz: int, channels: int) -> int:
    """The most that a copy for listening of such a sound can take."""
    return duration_ms * min(rate_hz, COPY_RATE_HZ) * min(channels, _COPY_CHANNELS) * 2 // 1000


def write_playable_copy(
    path: Path,
    target: Path,
    comment: str,
    duration_ms: int,
    cancelled: Callable[[], bool] = lambda: False,
    seconds: float = MOST_SECONDS,
    seals_to: bytes | None = None,
) -> None:
    """Write a new FLAC file of 16 bit, mono or stereo, at most 24 kHz, with ``comment`` as its tag.

    It is sealed with the public key ``seals_to``. ``duration_ms`` is what ``examine`` found. Raises
    ValueError when no decoder can, or there is more in it now; CANCELLED; and OSError from the disk. Then
    nothing is left behind. The same file and decoder give the same bytes.
    """
    reasons = []
    for decode in _DECODERS:
        try:
            with decode(path, seconds) as decoding:
                _write(decoding, target, comment, duration_ms, cancelled, seals_to)
        except ValueError as error:
            target.unlink(missing_ok=True)
            reasons.append(str(error))
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        else:
            return
    raise ValueError("; ".join(reasons))


def _write(
    decoding: Decoding,
    target: Path,
    comment: str,
    duration_ms: int,
    cancelled: Callable[[], bool],
    seals_to: bytes | None,
) -> None:
    # Two ears: what has more channels is mixed down to one.
    channels = decoding.channels if decoding.channels <= _COPY_CHANNELS else 1
    rate_hz = min(decoding.rate_hz, COPY_RATE_HZ)
    most = (duration_ms + _MORE_THAN_TOLD_MS) * rate_hz // 1000
    frames = 0
    try:
        with new_flac_copy(target, rate_hz, channels, seals_to) as file:
            file.comment = comment
            for block in _resampled(_mixed(decoding.blocks, channels), decoding.rate_hz, rate_hz, channels):
                if cancelled():
                    raise WrongUse(Code.CANCELLED)
                frames += len(block)
                if frames > most:
                    raise ValueError("more sound than when it was taken in")
                file.write(_sixteen_bit(block))
    except (sf.SoundFileError, AssertionError) as error:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(target)) from error
    if not frames:
        raise ValueError("no sound")
    _check_end(target, frames)


def _mixed(blocks: Iterator[Sound], channels: int) -> Iterator[Sound]:
    for block in blocks:
        if block.shape[1] == channels:
            yield block
        else:
            yield block.mean(axis=1, dtype=np.float32, keepdims=True)


def _resampled(blocks: Iterator[Sound], rate_hz: int, wanted_hz: int, channels: int) -> Iterator[Sound]:
    if rate_hz == wanted_hz:
        yield from blocks
        return
    stream = soxr.ResampleStream(rate_hz, wanted_hz, channels, dtype="float32")
    for block in blocks:
        yield np.asarray(stream.resample_chunk(block), dtype=np.float32).reshape(-1, channels)
    rest = stream.resample_chunk(np.zeros((0, channels), dtype=np.float32), last=True)
    yield np.asarray(rest, dtype=np.float32).reshape(-1, channels)


def _sixteen_bit(block: Sound) -> npt.NDArray[np.int16]:
    # A file may hold what is no number, or is far beyond full scale.
    whole = np.rint(np.nan_to_num(block) * np.float32(32768))
    samples: npt.NDArray[np.int16] = np.clip(whole, -32768, 32767).astype(np.int16)
    return samples


def _check_end(target: Path, frames: int) -> None:
    """Read the last sample: libsndfile does not say when a full disk took away the end."""
    try:
        with open_sound(target) as file:
            file.seek(frames - 1)
            whole = file.frames == frames and len(file.read(1, dtype="int16")) == 1
    except sf.SoundFileError:
        whole = False
    if not whole:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
