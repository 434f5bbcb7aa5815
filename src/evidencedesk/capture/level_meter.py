"""The live level before a recording, measured in a process of its own."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from dataclasses import dataclass

from evidencedesk.capture.children import child_command


@dataclass(frozen=True, slots=True)
class Level:
    """The last block's level, 0..1000 of full scale; ``error`` is a code when there is none."""

    peak: int = 0
    rms: int = 0
    error: str = ""


class LevelMeter:
    """Listens to one source without keeping anything."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._process: subprocess.Popen[str] | None = None
        self._level: Level | None = None
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._process = subprocess.Popen(
            child_command("meter", self._source),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, name="level-meter", daemon=True)
        self._reader.start()

    def latest(self) -> Level | None:
        """The last level, or None before the first."""
        return self._level

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
        if process.stdout is not None:
            process.stdout.close()

    def _read(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        for line in process.stdout:
            try:
                self._level = Level(**json.loads(line))
            except (ValueError, TypeError):
                continue
