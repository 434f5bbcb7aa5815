"""A sound server of the tests' own: real PulseAudio, no sound card, nobody else's sound."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

SPEECH = Path(__file__).parents[2] / "resources" / "demo" / "visit.flac"
MICROPHONE = "source_properties=device.description=USB_Microphone"
_PATIENCE_S = 10.0
_SCRIPT = """.fail
load-module module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0 socket={socket}
load-module module-null-sink sink_name=spk rate=48000 channels=2 format=s16le norewinds=1 {speakers}
load-module module-null-sink sink_name=micbus rate=48000 channels=1 format=s16le norewinds=1 {bus}
load-module module-remap-source source_name=mic master=micbus.monitor channels=1 rate=48000 {microphone}
set-default-sink spk
set-default-source mic
"""


class PrivateSoundServer:
    """PulseAudio with a loudspeaker ``spk`` and a microphone ``mic`` that hears what ``micbus`` plays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # A UNIX socket's path must stay short, and pytest's folders are long.
        self._run = Path(tempfile.mkdtemp(prefix="ed-pa-"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        """The environment in which programs find this server and no other."""
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "PULSE_SOURCE")
        }
        return {
            **clean,
            "XDG_RUNTIME_DIR": str(self._run),
            "PULSE_RUNTIME_PATH": str(self._run / "pulse"),
            "PULSE_STATE_PATH": str(self._run / "state"),
            "PULSE_CONFIG_PATH": str(self._run / "config"),
            "PULSE_SERVER": f"unix:{self._run / 'pulse' / 'native'}",
        }

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until it answers."""
        for name in ("pulse", "state", "config"):
            (self._run / name).mkdir(exist_ok=True, mode=0o700)
        script = self._folder / "script.pa"
        script.write_text(
            _SCRIPT.format(
                socket=self._run / "pulse" / "native",
                speakers="sink_properties=device.description=Speakers",
                bus="sink_properties=device.description=MicBus",
                microphone=MICROPHONE,
            ),
            encoding="utf-8",
        )
        self._process = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=1"),
                *("--use-pid-file=no", "--realtime=no", "--high-priority=no"),
                *(f"--log-target=file:{self._folder / 'server.log'}", "-F", str(script)),
            ],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _PATIENCE_S
        while self.ask("info").returncode != 0:
            if time.monotonic() > deadline:
                raise AssertionError((self._folder / "server.log").read_text("utf-8"))
            time.sleep(0.05)

    def crash(self) -> None:
        """Die at once; ``start`` may bring it back to the same place."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None

    def unplug(self) -> None:
        """Take the microphone ``mic`` away; its streams are moved elsewhere by the server."""
        modules = self.ask("list", "short", "modules").stdout.decode().splitlines()
        (index,) = [line.split()[0] for line in modules if "source_name=mic" in line]
        self.ask("unload-module", index)

    def plug_in(self) -> None:
        """Bring the microphone ``mic`` back."""
        what = ("source_name=mic", "master=micbus.monitor", "channels=1", "rate=48000", MICROPHONE)
        self.ask("load-module", "module-remap-source", *what)

    def stop(self) -> None:
        """End it, also when it is frozen; may be called twice."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        shutil.rmtree(self._run, ignore_errors=True)

    def ask(self, *question: str) -> subprocess.CompletedProcess[bytes]:
        """One ``pactl`` call."""
        return subprocess.run(
            ["pactl", *question], env=self.env, capture_output=True, check=False, timeout=_PATIENCE_S
        )

    def play(self, sound: Path, sink: str = "micbus") -> None:
        """Play a file to its end."""
        subprocess.run(["paplay", f"--device={sink}", str(sound)], env=self.env, check=True)

    @contextlib.contextmanager
    def playing(self, sound: Path = SPEECH, sink: str = "micbus") -> Iterator[None]:
        """Play a file again and again for the length of a ``with`` block."""
        over = threading.Event()
        current: list[subprocess.Popen[bytes]] = []

        def loop() -> None:
            while not over.is_set():
                with subprocess.Popen(["paplay", f"--device={sink}", str(sound)], env=self.env) as player:
                    current[:] = [player]

        player_thread = threading.Thread(target=loop, name="player")
        player_thread.start()
        try:
            yield
        finally:
            over.set()
            for player in current:
                player.terminate()
            player_thread.join()
