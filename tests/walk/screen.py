"""A screen nobody else uses, a window on it, and a hand: real mouse and real keys, by xdotool."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

PROGRAM = Path(__file__).with_name("watched_window.py")
PATIENCE_S = 40.0
Seen = TypeVar("Seen")


def missing_tools() -> tuple[str, ...]:
    """What has to be installed first."""
    return tuple(name for name in ("Xvfb", "xdotool", "pulseaudio") if shutil.which(name) is None)


@contextlib.contextmanager
def private_screen() -> Iterator[str]:
    """A virtual X screen; gives its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as number:
                yield f":{number.readline().strip()}"
        finally:
            server.terminate()


def until(what: str, look: Callable[[], Seen | None]) -> Seen:
    """Look again and again until there is something."""
    deadline = time.monotonic() + PATIENCE_S
    while (found := look()) is None or found is False:
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen: {what}")
        time.sleep(0.005)
    return found


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the screen, by the name a screen reader says; ``x`` and ``y`` are its middle."""

    name: str
    text: str
    x: int
    y: int
    enabled: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What can be seen at one moment; ``focus`` is where typing lands."""

    at_ns: int
    active: bool
    focus: str
    things: tuple[Thing, ...]

    def find(self, name: str) -> Thing | None:
        """The first thing whose name begins so."""
        return next((one for one in self.things if one.name.startswith(name)), None)


class Hand:
    """One hand with a mouse and a keyboard. ``touches`` counts clicks and keys; typing is not counted."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = dict(env)
        self.touches = 0

    def click(self, thing: Thing) -> None:
        """Go there and press once."""
        self.touches += 1
        self._do("mousemove", str(thing.x), str(thing.y), "click", "1")

    def key(self, name: str) -> None:
        """Press and release."""
        self.touches += 1
        self._do("key", name)

    def write(self, text: str) -> None:
        """Type."""
        self._do("type", "--delay", "15", text)

    def take_keyboard(self, pid: int) -> None:
        """Give the window the keyboard. A desktop does that for a new window; this screen has none."""
        window = self._do("search", "--sync", "--onlyvisible", "--pid", str(pid), "--name", "EvidenceDesk")
        self._do("windowfocus", window.split()[0])

    def _do(self, *what: str) -> str:
        done = subprocess.run(
            ["xdotool", *what], env=self._env, capture_output=True, text=True, check=True, timeout=PATIENCE_S
        )
        return done.stdout


class Window:
    """The program in its own process, seen through its observer."""

    def __init__(self, env: Mapping[str, str], library: Path) -> None:
        self.started_ns = time.monotonic_ns()
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAM), "--library", str(library)],
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.hand = Hand(env)

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()

    def first_paint(self) -> Look:
        """Wait for the red button to be painted."""
        return self._read()

    def look(self) -> Look:
        """What there is to be seen now."""
        assert self._process.stdin is not None
        self._process.stdin.write("?\n")
        self._process.stdin.flush()
        return self._read()

    def find(self, name: str) -> Thing:
        """Wait until something can be seen and used."""

        def usable() -> Thing | None:
            found = self.look().find(name)
            return found if found is not None and found.enabled else None

        return until(f"{name!r} is on the screen", usable)

    def has_keyboard(self, focus: str) -> None:
        """Wait until typing lands in this line."""
        seen = self.look()
        deadline = time.monotonic() + PATIENCE_S
        while not (seen.active and focus == seen.focus):
            if time.monotonic() > deadline:
                raise AssertionError(f"typing lands in {seen.focus!r}, not in {focus!r}")
            seen = self.look()

    def close(self) -> int:
        """End it as a desktop does; the exit code."""
        self._process.terminate()
        return self._process.wait(PATIENCE_S)

    def _read(self) -> Look:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the window ended by itself ({self._process.wait(PATIENCE_S)})")
        told: dict[str, Any] = json.loads(line)
        return Look(**{**told, "things": tuple(Thing(**one) for one in told["things"])})
