"""A private sound server with a microphone that hears exactly what the benchmark plays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.common import ROOT, NotPossibleError, need

from fakes.sound_server import PrivateSoundServer

RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class Microphone:
    """A source of the sound server, and since when it has been playing."""

    name: str
    channels: int
    began_ns: int

    def frames_at(self, mono_ns: int) -> int:
        """The number of the frame that is due at a moment of the steady clock."""
        return (mono_ns - self.began_ns) * RATE_HZ // 1_000_000_000


class SoundStage:
    """The server and its players, for the length of a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        need("pulseaudio", "pactl", "parec")
        self._folder = folder
        self._server = PrivateSoundServer(folder)
        self._running: list[subprocess.Popen[str]] = []
        # The settings of whoever runs this must not change what is measured.
        own = {name: str(folder / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
        self.env = {**self._server.env, **own, "LC_ALL": "C.UTF-8"}

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for program in self._running:
            program.kill()
            program.communicate()
        self._server.stop()

    def microphone(self, name: str, channels: int = 1, sound: Path | None = None) -> Microphone:
        """Plug in a microphone that hears the frame counter, or ``sound`` again and again."""
        pipe = self._folder / f"{name}.pipe"
        loaded = self._server.ask(
            *("load-module", "module-pipe-source", f"source_name={name}", f"file={pipe}"),
            *("format=s16le", f"rate={RATE_HZ}", f"channels={channels}"),
            f"source_properties=device.description={name}",
        )
        if loaded.returncode != 0:
            raise NotPossibleError(f"no pipe source: {loaded.stderr.decode(errors='replace')}")
        # A source without a listener is not read: its pipe would fill and give old sound to whoever comes.
        self._run(["parec", f"--device={name}", "--latency-msec=200", "/dev/null"], self.env)
        player = self._run(
            [
                *(sys.executable, str(ROOT / "benchmarks" / "player.py")),
                *(str(pipe), str(RATE_HZ), str(channels), *([] if sound is None else [str(sound)])),
            ],
            {**os.environ, "PYTHONPATH": str(ROOT)},
        )
        began_ns = player.stdout.readline() if player.stdout is not None else ""
        return Microphone(name, channels, int(began_ns))

    def _run(self, command: list[str], env: Mapping[str, str]) -> subprocess.Popen[str]:
        program = subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE, text=True)
        self._running.append(program)
        return program
