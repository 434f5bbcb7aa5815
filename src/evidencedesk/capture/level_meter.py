"""The live level before a recording, measured in a process of its own."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.capture.children import child_command


@dataclass(frozen=True, slots=True)
class Level:
    """The last block's level, 0..1000 of full scale; ``error`` is a code when there is none."""

    peak: int = 0
    rms: int = 0
    error: str = ""


class LevelMeter:
    """Listens to one source, in a process that can be handed over to become the recorder.

    ``earlier_s`` seconds are kept in the memory of that process; without them nothing is kept.
    """

    def __init__(self, source: str, earlier_s: float = 0.0) -> None:
        self.source = source
        self._earlier_s = earlier_s
        self._process: subprocess.Popen[str] | None = None
        self._level: Level | None = None
        self._reader: threading.Thread | None = None
        self._keeps_all = False
        self._said = threading.Event()

    def start(self) -> None:
        """Begin; returns at once."""
        self._process = subprocess.Popen(
            child_command("meter", self.source, f"{self._earlier_s:g}"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            # It may become the recorder, which must outlive this process and its terminal.
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="level-meter", daemon=True)
        self._reader.start()

    def speaks(self, within_s: float) -> bool:
        """Whether the process says something from now on: a frozen one does not."""
        self._said.clear()
        return self._said.wait(within_s)

    def latest(self) -> Level | None:
        """The last level, or None before the first."""
        return self._level

    def keep_all(self) -> None:
        """Somebody wants to record: from this moment on nothing is let go.

        Only writes a few bytes to a pipe, so the window may do it at the click; the first time counts.
        """
        process = self._process
        if process is not None and process.stdin is not None and not self._keeps_all:
            self._keeps_all = True
            # One that has ended is seen when it is handed over.
            with contextlib.suppress(OSError):
                process.stdin.write("keep\n")
                process.stdin.flush()

    def hand_over(self, folder: Path) -> subprocess.Popen[str]:
        """Let the process record into a folder with its plan; it is the caller's from now on.

        ``keep_all`` comes before. Raises OSError when it has ended; it is still this meter's then.
        """
        process = self._process
        if process is None or process.stdin is None:
            raise BrokenPipeError
        try:
            process.stdin.write(f"{folder}\n")
            process.stdin.flush()
        finally:
            with contextlib.suppress(OSError):
                process.stdin.close()
        self._process = None
        return process

    def stop(self) -> None:
        """End the process and its reader; may be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        try:
            process.wait(1.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join()

    def _read(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        with process.stdout:
            for line in process.stdout:
                self._said.set()
                try:
                    self._level = Level(**json.loads(line))
                except (ValueError, TypeError):
                    continue
