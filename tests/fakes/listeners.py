"""Listens to what a loudspeaker of the tests' own sound server plays."""

from __future__ import annotations

import os
import subprocess
import threading
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from fakes.sound_server import PrivateSoundServer

RATE_HZ = 48_000


class Listener:
    """Hears the monitor of ``spk``; the end of what it has heard is now, but for its short latency."""

    def __init__(self, server: PrivateSoundServer) -> None:
        self._server = server
        self._heard = bytearray()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [
                *("parec", "--device=spk.monitor", "--format=float32le", "--channels=1"),
                *(f"--rate={RATE_HZ}", "--latency-msec=20"),
            ],
            env=self._server.env,
            stdout=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._read, name="listener")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()

    @property
    def heard(self) -> npt.NDArray[np.float32]:
        """Everything so far."""
        whole = bytes(self._heard)
        return np.frombuffer(whole[: len(whole) // 4 * 4], dtype="<f4")

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        with stdout:
            while block := os.read(stdout.fileno(), 4096):
                self._heard += block
