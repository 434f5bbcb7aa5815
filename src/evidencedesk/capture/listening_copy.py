"""A small file for listening: all tracks of one encounter on one time line.

It is derived and never evidence: resampled, mixed down, silence where nothing was recorded. The same
tracks give the same bytes on the same computer with the same libraries.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from evidencedesk.capture.flac_copy import new_flac_copy
from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.capture.listening_plan import Run, Side, Stretch, Track, runs_of
from evidencedesk.capture.pcm import read_pcm
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.durable import fsync_folder

RATE_HZ = 24_000
_FULL_SCALE = 32768
_NO_ROOM_BYTES = 1_000_000

_Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ListeningCopy:
    """What was written. ``start_mono_ns`` is the steady clock at its first sample."""

    samples: int
    rate_hz: int
    channels: int
    start_mono_ns: int


def write_listening_copy(
    tracks: Sequence[Track], target: Path, rate_hz: int = RATE_HZ, seals_to: bytes | None = None
) -> ListeningCopy:
    """Write a new FLAC file of 16 bit: two legs left and right, or mono when all tracks are for both ears.

    It is sealed with the public key ``seals_to``. All pieces must belong to one boot. Works second by
    second: a whole day needs no more memory than a minute. Raises ValueError when there is nothing to
    hear or a track can't be decoded as it says, and OSError from the disk, also when ``target`` is there
    already; then nothing is left behind.
    """
    starts_ns = (piece.mono_ns for track in tracks for piece in track.pieces if piece.samples > 0)
    origin_ns = min(starts_ns, default=0)
    lanes = {
        side: runs
        for side in Side
        if (runs := runs_of((track for track in tracks if track.side is side), rate_hz, origin_ns))
    }
    if not lanes:
        raise ValueError("no sound to listen to")
    for track in tracks:
        _check(track)
    end = max(runs[-1].end for runs in lanes.values())
    ears = [(Side.BOTH,)] if set(lanes) == {Side.BOTH} else [(Side.LEFT, Side.BOTH), (Side.RIGHT, Side.BOTH)]
    sounds = {side: _Lane(runs, rate_hz) for side, runs in lanes.items()}
    seconds = (_second(sounds, ears, min(rate_hz, end - at)) for at in range(0, end, rate_hz))
    _write(seconds, end, target, rate_hz, len(ears), seals_to)
    return ListeningCopy(end, rate_hz, len(ears), origin_ns)


def _check(track: Track) -> None:
    try:
        with open_sound(track.path) as file:
            found = (int(file.samplerate), int(file.channels))
    except (OSError, sf.SoundFileError) as error:
        raise ValueError(f"{track.path.name}: {error}") from error
    if found != (track.rate_hz, track.channels):
        raise ValueError(f"{track.path.name}: {found} instead of {(track.rate_hz, track.channels)}")


def _second(
    sounds: dict[Side, _Lane], ears: Sequence[tuple[Side, ...]], frames: int
) -> npt.NDArray[np.int16]:
    heard = {side: sound.read(frames) for side, sound in sounds.items()}
    silence = np.zeros(frames, dtype=np.float32)
    mixed = np.stack([sum((heard[side] for side in ear if side in heard), silence) for ear in ears], axis=1)
    return np.clip(np.rint(mixed * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16)


class _Lane:
    """The sound of one side, to be read from its beginning in portions of any length."""

    def __init__(self, runs: Sequence[Run], rate_hz: int) -> None:
        self._blocks = _lane_blocks(runs, rate_hz)
        self._rest = np.zeros(0, dtype=np.float32)

    def read(self, frames: int) -> _Sound:
        """The next frames; silence after the end."""
        blocks = [self._rest]
        count = len(self._rest)
        while count < frames:
            block = next(self._blocks, None)
            if block is None:
                block = np.zeros(frames - count, dtype=np.float32)
            blocks.append(block)
            count += len(block)
        sound = np.concatenate(blocks)
        self._rest = sound[frames:]
        return sound[:frames]


def _lane_blocks(runs: Sequence[Run], rate_hz: int) -> Iterator[_Sound]:
    at = 0
    reader: _Reader | None = None
    for run in runs:
        yield from _silence(run.start - at, rate_hz)
        resampler = soxr.ResampleStream(run.stretches[0].track.true_rate_hz, rate_hz, 1, dtype="float32")
        owed = run.end - run.start
        for stretch in run.stretches:
            if reader is None or not reader.can_read(stretch):
                reader = _Reader(stretch.track)
            for block in reader.read(stretch):
                sound = resampler.resample_chunk(block)[:owed]
                owed -= len(sound)
                yield sound
        tail = resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True)[:owed]
        yield tail
        # The clocks agree with the count of samples to a millisecond: no more than that is left.
        yield from _silence(owed - len(tail), rate_hz)
        at = run.end


def _silence(frames: int, rate_hz: int) -> Iterator[_Sound]:
    for at in range(0, frames, rate_hz):
        yield np.zeros(min(rate_hz, frames - at), dtype=np.float32)


class _Reader:
    """Decodes one track forwards, mixed down to mono."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self._blocks = read_pcm(track.path)
        self._at = 0
        self._rest = np.zeros(0, dtype=np.float32)

    def can_read(self, stretch: Stretch) -> bool:
        """Whether a stretch lies ahead in this track."""
        return stretch.track is self._track and stretch.first_sample >= self._at

    def read(self, stretch: Stretch) -> Iterator[_Sound]:
        """Yield the samples of a stretch. Raises ValueError when the file ends before."""
        end = stretch.first_sample + stretch.samples
        while self._at < end:
            block = self._rest if len(self._rest) else self._decode(end)
            skipped = min(len(block), max(0, stretch.first_sample - self._at))
            taken = min(len(block), end - self._at)
            self._rest = block[taken:]
            self._at += taken
            if skipped < taken:
                yield block[skipped:taken]

    def _decode(self, wanted: int) -> _Sound:
        pcm = next(self._blocks, None)
        if pcm is None:
            raise ValueError(f"{self._track.path.name}: ends at sample {self._at} of {wanted}")
        frames = np.frombuffer(pcm, dtype="<i2").reshape(-1, self._track.channels)
        mono: _Sound = frames.mean(axis=1, dtype=np.float32) / np.float32(_FULL_SCALE)
        return mono


def _write(
    seconds: Iterator[npt.NDArray[np.int16]],
    samples: int,
    target: Path,
    rate_hz: int,
    channels: int,
    seals_to: bytes | None,
) -> None:
    if target.exists():
        # What stands there may be an original.
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    try:
        _encode(seconds, partial, rate_hz, channels, seals_to)
        _check_end(partial, samples)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    fsync_folder(target.parent)


def _encode(
    seconds: Iterator[npt.NDArray[np.int16]], path: Path, rate_hz: int, channels: int, seals_to: bytes | None
) -> None:
    try:
        with new_flac_copy(path, rate_hz, channels, seals_to) as file:
            for second in seconds:
                file.buffer_write(second.tobytes(), dtype="int16")
    except (sf.SoundFileError, AssertionError) as error:
        # soundfile asserts that all frames were taken; a full disk takes fewer.
        raise _disk_error(path) from error


def _check_end(path: Path, samples: int) -> None:
    """Read the last sample: libsndfile does not say when a full disk took away the end."""
    try:
        with open_sound(path) as file:
            file.seek(samples - 1)
            whole = file.frames == samples and len(file.buffer_read(1, dtype="int16")) > 0
    except (sf.SoundFileError, AssertionError) as error:
        raise _disk_error(path) from error
    if not whole:
        raise _disk_error(path)


def _disk_error(path: Path) -> OSError:
    # libsndfile says only "System error": the free space tells which.
    code = errno.ENOSPC if free_bytes(path.parent) < _NO_ROOM_BYTES else errno.EIO
    return OSError(code, os.strerror(code), str(path))
