"""A sound file played in real time as if it were the microphone. What it gives is *simulated*."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import soundfile as sf

from evidencedesk.capture.source import BLOCK_S, Block, OnBlock, OnEnd, SourceFacts
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.pulse import StopReason


class FileSource:
    """Delivers a file's samples at the pace of its own rate.

    ``speed`` is for tests: 8.0 plays eight times as fast. Raises SOUND_FILE_UNREADABLE.
    """

    def __init__(self, path: Path, speed: float = 1.0) -> None:
        self._path = path
        self._speed = speed
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        if not path.is_file():  # a pipe would let the opening wait for ever
            raise Unreadable(Code.SOUND_FILE_UNREADABLE, path=str(path), detail="no regular file")
        try:
            with sf.SoundFile(path) as file:
                rate_hz, channels, frames = file.samplerate, file.channels, file.frames
        except (OSError, sf.SoundFileError) as error:
            raise Unreadable(Code.SOUND_FILE_UNREADABLE, path=str(path), detail=str(error)) from error
        if frames <= 0:
            raise Unreadable(Code.SOUND_FILE_UNREADABLE, path=str(path), detail="0 frames")
        self.facts = SourceFacts(path.name, f"file:{path}", rate_hz, channels, simulated=True, finite=True)

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Begin to play on a thread of its own."""
        self._thread = threading.Thread(
            target=self._play, args=(on_block, on_end), name="file-source", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End and wait for the thread."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _play(self, on_block: OnBlock, on_end: OnEnd) -> None:
        rate = self.facts.rate_hz
        block_frames = max(1, int(rate * BLOCK_S))
        began = time.monotonic()
        played = 0
        try:
            with sf.SoundFile(self._path) as file:
                while not self._stopping.is_set():
                    pcm = bytes(file.buffer_read(block_frames, dtype="int16"))
                    if not pcm:
                        break
                    frames = len(pcm) // (2 * self.facts.channels)
                    played += frames
                    due = began + played / rate / self._speed
                    if self._stopping.wait(max(0.0, due - time.monotonic())):
                        break
                    on_block(Block(pcm, frames, time.monotonic_ns()))
        except (OSError, AssertionError, sf.SoundFileError):
            on_end(StopReason.DEVICE_LOST)
            return
        if not self._stopping.is_set():
            on_end(StopReason.SOURCE_ENDED)
