"""The player: an encounter or a file heard from any place, in a process of its own (``play_process``)."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evidencedesk.capture.children import child_command
from evidencedesk.capture.play_engine import PlayPlan
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.sound_line import PlayOptions, PlayStatus

# A player that says nothing for so long while it plays hangs in a sound server that is gone.
_SILENT_S = 4.0
# Until its first word: a slow disk reads its libraries first.
_START_S = 20.0
_END_S = 1.0


class Player:
    """Every method returns at once; threads start the process, speak to it and listen to it."""

    def __init__(self, silent_s: float = _SILENT_S) -> None:
        self._silent_s = silent_s
        self._plan = PlayPlan((), (), 0)
        self._options = PlayOptions()
        self._number = 0
        self._status = PlayStatus()
        self._said_s = 0.0
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def load(self, plan: PlayPlan) -> None:
        """Take up another line, from its beginning; what plays ends."""
        self._plan = plan
        # Before anybody wants to hear something there is no need for a process.
        if self._child is not None:
            self._order(PlayStatus(), do="load", **asdict(plan))
        self._status = PlayStatus()

    def play(self) -> None:
        """Go on, or begin anew at the end."""
        at_ms = 0 if self._status.ended else self._status.at_ms
        self._order(PlayStatus(at_ms, playing=True), do="play")

    def pause(self) -> None:
        """Stop where it is."""
        status = PlayStatus(self._status.at_ms)
        if self._child is None:
            self._status = status
        else:
            self._order(status, do="pause")

    def seek(self, at_ms: int) -> None:
        """Go elsewhere, playing or not."""
        status = PlayStatus(at_ms, playing=self._status.playing)
        if self._child is None:
            self._status = status
        else:
            self._order(status, do="seek", at_ms=at_ms)

    def set_options(self, options: PlayOptions) -> None:
        """Hear it otherwise from now on."""
        self._options = options
        if self._child is not None:
            self._order(self._status, do="set", **asdict(options))

    def status(self) -> PlayStatus:
        """How it stands, by what was said last."""
        with self._lock:
            child = self._child
            if child is not None and (child.over or (self._status.playing and self._hangs(child))):
                if self._status.playing:
                    self._status = PlayStatus(self._status.at_ms, error=Code.LOUDSPEAKER_LOST.value)
                child.kill()
                self._child = None
            return self._status

    def close(self) -> None:
        """Fall silent and end the process at once; the next ``play`` starts another one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
        self._status = PlayStatus(self._status.at_ms)

    def _order(self, status: PlayStatus, **command: Any) -> None:
        with self._lock:
            self._number += 1
            before_ms = self._status.at_ms
            self._status = status
            self._said_s = time.monotonic()
        if self._child is None:
            self._child = _Child(self._heard)
            self._child.tell({"n": 0, "do": "set", **asdict(self._options)})
            self._child.tell({"n": 0, "do": "load", **asdict(self._plan)})
            self._child.tell({"n": 0, "do": "seek", "at_ms": before_ms})
        self._child.tell({"n": self._number, **command})

    def _hangs(self, child: _Child) -> bool:
        patience_s = self._silent_s if child.spoke else _START_S
        return time.monotonic() - self._said_s > patience_s

    def _heard(self, number: int, status: PlayStatus) -> None:
        with self._lock:
            # What was said before the last command was taken is no news any more.
            if number == self._number:
                self._status = status
            self._said_s = time.monotonic()


class _Child:
    """One process with the two threads that speak to it."""

    def __init__(self, heard: Callable[[int, PlayStatus], None]) -> None:
        self._heard = heard
        self._commands: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[str] | None = None
        self.spoke = False
        self.over = False
        threading.Thread(target=self._write, name="player", daemon=True).start()

    def tell(self, command: dict[str, Any]) -> None:
        """Hand over a command."""
        self._commands.put(command)

    def kill(self) -> None:
        """End it, also when it hangs."""
        if self._process is not None:
            self._process.kill()
        self._commands.put(None)

    def _write(self) -> None:
        with subprocess.Popen(
            child_command("play"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        ) as process:
            self._process = process
            reader = threading.Thread(target=self._read, args=(process,), name="player-status", daemon=True)
            reader.start()
            # One that has ended has said why.
            with contextlib.suppress(OSError):
                while process.stdin is not None and (command := self._commands.get()) is not None:
                    process.stdin.write(json.dumps(_with_secrets(command)) + "\n")
                    process.stdin.flush()
            with contextlib.suppress(OSError):
                if process.stdin is not None:
                    process.stdin.close()
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
            reader.join()

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            try:
                said = json.loads(line)
                number = said.pop("n")
                status = PlayStatus(**said)
            except (ValueError, TypeError, KeyError):
                continue
            self.spoke = True
            self._heard(number, status)
        self.over = True
        self._commands.put(None)


def _with_secrets(command: dict[str, Any]) -> dict[str, Any]:
    """A new line comes with what opens its files, and no others; without a key the child says that."""
    if command["do"] != "load":
        return command
    paths = {Path(piece["path"]) for side in ("near", "far") for piece in command[side]}
    secrets: dict[str, str] = {}
    with contextlib.suppress(OSError, Known):
        secrets = KEY_RING.secrets_of(paths)
    return {**command, "secrets": secrets}
