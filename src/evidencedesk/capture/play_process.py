"""Child process: plays what it is told, a line of JSON for each command, and tells where it is.

Its standard input takes ``{"do": "load", …plan, "secrets": …}`` (what opens its sealed files), ``{"do":
"play"}``, ``{"do": "pause"}``, ``{"do": "seek", "at_ms": …}`` and ``{"do": "set", …options}``, each with
its number in ``n``. It answers each, and tells every hop while it plays: ``{"n", "at_ms", "playing",
"ended"}`` and, when something went wrong, ``error`` and ``detail``. The end of its standard input ends
it.

A process of its own: the list of devices is fixed when PortAudio is loaded, a frozen sound server must not
freeze the window, and what the window does must not make the sound stutter.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Sequence
from typing import Any

from evidencedesk.capture.placed_sound import LINE_RATE_HZ, Piece
from evidencedesk.capture.play_engine import PlayEngine, PlayPlan
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.sound_line import Hear, PlayOptions


class _Playing:
    """The state of the process; only its main thread touches it."""

    def __init__(self) -> None:
        self._engine = PlayEngine(PlayPlan((), (), 0))
        self._speaker: Any = None
        self._number = 0
        self._heard: deque[int] = deque()

    @property
    def playing(self) -> bool:
        return self._speaker is not None

    def obey(self, command: dict[str, Any]) -> None:
        """Do what a line says."""
        self._number = command["n"]
        match command["do"]:
            case "load":
                self._stop()
                options = self._engine.options
                self._engine.close()
                KEY_RING.forget()
                KEY_RING.hold_files(command["secrets"])
                self._engine = PlayEngine(_plan(command))
                self._engine.options = options
            case "play" if not self.playing:
                if self._engine.ended:
                    self._engine.seek(0)
                self._speaker = _open_speaker()
                # What was written last is heard only after all that waits in the device.
                hops = round(self._speaker.latency_s * LINE_RATE_HZ / self._engine.hop)
                self._heard = deque([self._engine.at], maxlen=max(1, hops))
            case "pause":
                self._stop()
            case "seek":
                self._engine.seek(command["at_ms"] * LINE_RATE_HZ // 1000)
                self._heard.clear()
            case "set":
                self._engine.options = _options(command)
        self.tell()

    def go_on(self) -> None:
        """Play one hop, or come to the end."""
        if self._engine.ended and self._engine.options.repeat is None:
            self._speaker.write(self._engine.fade_out())
            speaker, self._speaker = self._speaker, None
            speaker.drain()
            self.tell()
            return
        self._heard.append(self._engine.at)
        self._speaker.write(self._engine.next())
        self.tell()

    def fail(self, error: Known) -> None:
        """Fall silent and say why."""
        speaker, self._speaker = self._speaker, None
        self.tell(error=error.code.value, detail=str(error.facts.get("detail", "")))
        if speaker is not None:
            speaker.drop()

    def tell(self, **more: object) -> None:
        """Say where it is."""
        at = self._heard[0] if self.playing and self._heard else self._engine.at
        said = {
            "n": self._number,
            "at_ms": at * 1000 // LINE_RATE_HZ,
            "playing": self.playing,
            "ended": self._engine.ended and not self.playing,
            **more,
        }
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    def _stop(self) -> None:
        """Let what waits in the device be heard, and fade out: cut off, it would crack."""
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.write(self._engine.fade_out())
            speaker.drain()


def main(_arguments: Sequence[str]) -> int:
    """Play until the standard input ends."""
    commands: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            commands.put(line)
        # A frozen sound server could make an orderly end hang; there is nothing to save here.
        os._exit(0)

    threading.Thread(target=read, name="play-commands", daemon=True).start()
    playing = _Playing()
    while True:
        try:
            while not playing.playing or not commands.empty():
                playing.obey(json.loads(commands.get()))
            playing.go_on()
        except Known as error:
            playing.fail(error)
        except ValueError as error:
            playing.fail(MachineFailure(Code.SOUND_NOT_PLAYABLE, detail=str(error)))


def _plan(command: dict[str, Any]) -> PlayPlan:
    near, far = (tuple(Piece(**piece) for piece in command[side]) for side in ("near", "far"))
    return PlayPlan(near, far, command["length"])


def _options(command: dict[str, Any]) -> PlayOptions:
    repeat = command["repeat"]
    return PlayOptions(
        float(command["speed"]),
        float(command["volume"]),
        Hear(command["hear"]),
        tuple((begin, end) for begin, end in command["silences"]),
        None if repeat is None else (repeat[0], repeat[1]),
    )


def _open_speaker() -> Any:
    try:
        module = importlib.import_module("evidencedesk.capture.portaudio_output")
        return module.Loudspeaker(LINE_RATE_HZ)
    except OSError as error:
        raise MachineFailure(Code.NO_LOUDSPEAKER, detail=str(error)) from error


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
