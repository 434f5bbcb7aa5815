"""A FLAC file that is written straight to its final place and survives the end of its writer.

libFLAC keeps up to one block and one sample back, so after ``flush`` exactly
``(frames - 1) // 4096 * 4096`` frames stand whole on the disk (checked by a test at all rates).
In a locked library the bytes of the encoder are sealed on their way; they are the same bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import soundfile as sf

from evidencedesk.capture.kept_sound import Written
from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.kept import create_kept, hash_kept
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.disk import free_bytes, free_bytes_of
from evidencedesk.system.durable import disk_failure, make_read_only

FLAC_BLOCK = 4096
# 0.5 is libFLAC's level 4: 31 % of the size of PCM at 1,200 times real time.
_COMPRESSION = 0.5
_NO_ROOM_BYTES = 1_000_000


class SoundFile:
    """One new FLAC file with the running SHA-256 of its samples."""

    def __init__(self, path: Path, rate_hz: int, channels: int, sealed_to: bytes | None = None) -> None:
        self._path = path
        self._frame_bytes = 2 * channels
        # Made first, for its owner only and never over another file.
        self._kept = create_kept(path, sealed_to)
        self._given = Written(self._kept)
        try:
            self._file = sf.SoundFile(
                self._given,
                "w",
                samplerate=rate_hz,
                channels=channels,
                format="FLAC",
                subtype="PCM_16",
                compression_level=_COMPRESSION,
            )
            self._given.check()
        except (OSError, sf.SoundFileError) as error:
            self._kept.abandon()
            raise self._failure(error) from error
        self.frames = 0
        self._digest = hashlib.sha256()
        self._digested = 0
        self._tail = b""

    @property
    def durable_frames(self) -> int:
        """Frames that are on the disk after ``flush``."""
        return max(0, self.frames - 1) // FLAC_BLOCK * FLAC_BLOCK

    def write(self, pcm: bytes) -> None:
        """Append a block. Raises MachineFailure when the disk does not take it."""
        try:
            self._file.buffer_write(pcm, dtype="int16")
            self._given.check()
            # What the system has outlives this process, sealed or not; what the disk has outlives the system.
            self._kept.push()
        except (OSError, sf.SoundFileError, AssertionError) as error:
            # soundfile asserts that all frames were taken; a full disk takes fewer.
            raise self._failure(error) from error
        self.frames += len(pcm) // self._frame_bytes
        self._tail += pcm
        self._digest_to(self.durable_frames)

    def flush(self) -> None:
        """Force to the disk what the encoder has given away."""
        try:
            self._kept.sync()
        except OSError as error:
            raise self._failure(error) from error

    def durable_sha256(self) -> str:
        """SHA-256 of exactly the first ``durable_frames`` frames' PCM."""
        return self._digest.hexdigest()

    def size(self) -> int:
        """Bytes of the FLAC file so far. Raises MachineFailure.

        Asked of the open file: its name is gone when a drive is unmounted or a folder renamed, and the file
        still takes sound.
        """
        try:
            return self._kept.plain_bytes
        except OSError as error:
            raise self._failure(error) from error

    def room(self) -> int:
        """Bytes that may still be written where the open file is. Raises OSError."""
        return free_bytes_of(self._kept.fileno(), self._path.parent)

    def close(self) -> str:
        """End the file properly; SHA-256 of all samples given to it."""
        self._digest_to(self.frames)
        try:
            self._file.close()
            self._given.check()
            self._kept.finish()
        except (OSError, sf.SoundFileError) as error:
            raise self._failure(error) from error
        return self._digest.hexdigest()

    def abandon(self) -> None:
        """Close after a failure, keeping what is there; a further failure changes nothing."""
        with contextlib.suppress(OSError, sf.SoundFileError):
            self._file.close()
        with contextlib.suppress(OSError):
            self._kept.push()
        with contextlib.suppress(OSError):
            self._kept.abandon()

    def reread(self) -> tuple[str, str, int]:
        """Read the finished file back: SHA-256 of its samples, of the file, and its size; then lock it.

        Raises ValueError when it can't be decoded and OSError.
        """
        samples = hashlib.sha256()
        for pcm in read_pcm(self._path, self._kept.secret):
            samples.update(pcm)
        return (samples.hexdigest(), *self.hash_and_lock())

    def hash_and_lock(self) -> tuple[str, int]:
        """SHA-256 of the finished file and its size; nobody may write to it any more. Raises OSError."""
        found = hash_kept(self._path, secret=self._kept.secret)
        make_read_only(self._path)
        return found

    def _digest_to(self, frames: int) -> None:
        count = (frames - self._digested) * self._frame_bytes
        if count > 0:
            self._digest.update(self._tail[:count])
            self._tail = self._tail[count:]
            self._digested = frames

    def _failure(self, error: Exception) -> MachineFailure:
        if isinstance(error, OSError) and error.errno:
            return disk_failure(error, self._path)
        said = self._given.failure
        if said is not None and said.errno:
            return disk_failure(said, self._path)
        code = Code.DISK_FULL if self._is_full() else Code.INPUT_OUTPUT
        return MachineFailure(code, path=str(self._path), detail=str(error) or type(error).__name__)

    def _is_full(self) -> bool:
        """Whether there is no room, which libsndfile does not say, and maybe the disk neither."""
        try:
            room = self.room()
        except (OSError, ValueError):  # the file is closed
            try:
                room = free_bytes(self._path.parent)
            except OSError:
                return False
        return room < _NO_ROOM_BYTES
