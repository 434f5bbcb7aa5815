"""A second live copy of a recording on another drive, written on a thread of its own.

A slow drive must not hold up the first copy: blocks and lines wait in a queue. When the first copy's
disk fails, the recorder takes this copy over and goes on with it alone.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from pathlib import Path

from evidencedesk.capture.pulse_writer import PulseFile
from evidencedesk.capture.sound_file import SoundFile
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.pulse import SOUND_FILE
from evidencedesk.system.durable import create_folder, disk_failure

_MOST_WAITING = 3600  # six minutes of blocks: a drive this far behind is not coming back
_FLUSH_S = 0.2
_PATIENCE_S = 20.0

_Work = tuple[bytes, bool] | None


class SecondCopy:
    """One recording's second folder. Raises OSError and what the disk says when it can't be made."""

    def __init__(self, folder: Path, rate_hz: int, channels: int, sealed_to: bytes | None = None) -> None:
        self.folder = folder
        self.failure: Known | None = None
        self._queue: queue.SimpleQueue[_Work] = queue.SimpleQueue()
        create_folder(folder)
        self._lines = PulseFile(folder, sealed_to)
        try:
            self._sound = SoundFile(folder / SOUND_FILE, rate_hz, channels, sealed_to)
        except Known:
            self._lines.close(read_only=False)
            raise
        self._thread = threading.Thread(target=self._run, name="second-copy", daemon=True)
        self._thread.start()

    def sound(self, pcm: bytes) -> None:
        """Hand over a block; returns at once."""
        self._put(pcm, is_sound=True)

    def line(self, text: bytes) -> None:
        """Hand over a line of the pulse journal; returns at once."""
        self._put(text, is_sound=False)

    def take_over(self) -> tuple[SoundFile, PulseFile] | None:
        """Both files, with everything written; None when this copy has failed too."""
        self._drain()
        return None if self.failure is not None else (self._sound, self._lines)

    def compare(self, file_sha256: str) -> bool:
        """End the sound and read it back: is it the same file? Raises what the disk says."""
        self._drain()
        if self.failure is not None:
            raise self.failure
        self._sound.close()
        try:
            _, found, _ = self._sound.reread()
        except ValueError:
            return False
        return found == file_sha256

    def close(self, last_line: bytes) -> None:
        """The last line, after ``compare``. Raises OSError."""
        self._lines.append(last_line)
        self._lines.close(read_only=True)

    def abandon(self) -> None:
        """Leave what is there."""
        self._queue.put(None)
        self._thread.join(_PATIENCE_S)
        self._sound.abandon()
        with contextlib.suppress(OSError):
            self._lines.close(read_only=False)

    def _put(self, content: bytes, *, is_sound: bool) -> None:
        if self.failure is not None:
            return
        if self._queue.qsize() > _MOST_WAITING:
            self.failure = MachineFailure(Code.INPUT_OUTPUT, path=str(self.folder), detail="too slow")
            return
        self._queue.put((content, is_sound))

    def _drain(self) -> None:
        self._queue.put(None)
        self._thread.join(_PATIENCE_S)
        if self._thread.is_alive() and self.failure is None:
            self.failure = MachineFailure(Code.INPUT_OUTPUT, path=str(self.folder), detail="too slow")

    def _run(self) -> None:
        next_flush = time.monotonic() + _FLUSH_S
        try:
            while (work := self._queue.get()) is not None:
                content, is_sound = work
                if is_sound:
                    self._sound.write(content)
                else:
                    self._sound.flush()
                    self._lines.append(content)
                if time.monotonic() >= next_flush:
                    next_flush = time.monotonic() + _FLUSH_S
                    self._sound.flush()
        except Known as error:
            self.failure = error
        except OSError as error:
            self.failure = disk_failure(error, self.folder)
