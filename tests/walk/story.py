"""The visit in as few touches as it takes, timed from the touch to the disk."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from fakes.sound_server import PrivateSoundServer
from walk.journal import Disk, Event
from walk.screen import Look, Window, private_screen, until

NOTE = "Two men at the door"
LATER = "they say they come from the bank"
MARKER = "refused-documents"
MARKED_RULE = "shows-work-id"
MARKER_KEY = "F3"
KEYS = {
    "breach by a marker's key, while writing": MARKER_KEY,
    "breach by Ctrl+5, while writing": "ctrl+5",
    "rule kept by Ctrl+Shift+2, while writing": "ctrl+shift+2",
    "breach by Ctrl+1, while writing": "ctrl+1",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done. ``seconds`` from the first touch until it is on the disk."""

    name: str
    touches: int
    seconds: float


@dataclass(slots=True)
class Told:
    """What the walk-through found. ``pressed`` is when a touch was made, by the name of its step."""

    steps: list[Step] = field(default_factory=list)
    opened: dict[str, tuple[float, float]] = field(default_factory=dict)
    pressed: dict[str, dt.datetime] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    case_file: dict[str, Any] = field(default_factory=dict)
    focus_after_marks: str = ""
    codes: list[int] = field(default_factory=list)

    def step(self, name: str) -> Step:
        """The step of this name."""
        return next(one for one in self.steps if one.name == name)


def walk_through(folder: Path) -> Told:
    """A first start, a second and a third, on a screen and with a sound server of their own."""
    with private_screen() as display, PrivateSoundServer(folder) as server, server.playing():
        environment = {
            **server.env,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CONFIG_HOME": str(folder / "config"),
            "LANG": "en_US.UTF-8",
        }
        (folder / "config").mkdir()
        return Walk(environment, folder / "library").all()


class Walk:
    """Somebody's hand through three starts."""

    def __init__(self, env: Mapping[str, str], library: Path) -> None:
        self._env = env
        self._library = library
        self._disk = Disk(library)
        self._told = Told()

    def all(self) -> Told:
        """From the very first start on."""
        with self._start("first start, one click", _click_red) as window:
            self._marks(window)
            self._call(window)
            self._stop(window)
            self._contact_by_mouse(window)
            self._contact_by_keyboard(window)
        with self._start("second start, one click", _click_red) as window:
            self._stop(window)
        with self._start("third start, one key", _press_space) as window:
            self._stop(window)
        self._told.case_file = self._case_file()
        return self._told

    @contextlib.contextmanager
    def _start(self, name: str, touch: Callable[[Window, Look], None]) -> Iterator[Window]:
        """Open the program, touch as soon as there is a red button, and wait for sound on the disk."""
        before = self._disk.sounds()
        with Window(self._env, self._library) as window:
            look = window.first_paint()
            begun = time.monotonic()
            touch(window, look)

            def sounds() -> bool:
                return any(size for path, size in self._disk.sounds().items() if path not in before)

            until(f"sound on the disk after {name}", sounds)
            self._told.steps.append(Step(name, window.hand.touches, time.monotonic() - begun))
            painted_s = (look.at_ns - window.started_ns) / 1e9
            self._told.opened[name] = painted_s, (time.monotonic_ns() - look.at_ns) / 1e9
            window.hand.take_keyboard(window.pid)
            window.has_keyboard("note-input")
            yield window
            self._told.codes.append(window.close())

    def _marks(self, window: Window) -> None:
        """Breaches ticked while writing, in one key each, and taken back."""
        hand = window.hand
        # Somebody knocks meanwhile: a mark at the very first second would prove little.
        until("two seconds are recorded", lambda: recorded(window.look()) >= "00:00:02")
        hand.write(NOTE)
        for name, key in KEYS.items():
            self._touch(name, window, partial(hand.key, key), "tick.set")
            if key == MARKER_KEY:
                hand.write(LATER)
        self._told.focus_after_marks = window.look().focus
        self._touch("note by Enter", window, lambda: hand.key("Return"), "note.taken")
        self._touch("undo by Ctrl+Z", window, lambda: hand.key("ctrl+z"), "tick.withdrawn")
        undo = window.find("Undo: ")
        self._touch("undo by one click", window, lambda: hand.click(undo), "tick.withdrawn")

    def _call(self, window: Window) -> None:
        """A number called, in two touches; and back to the notes."""

        def two() -> None:
            window.hand.click(police)
            window.hand.click(window.find("I called now"))

        police = window.find("110 ")
        self._touch("number called", window, two, "follow_up.logged")
        window.hand.key("Escape")
        window.has_keyboard("note-input")

    def _stop(self, window: Window) -> None:
        """And the case is shown."""
        self._touch(
            "stop by Ctrl+Shift+S", window, lambda: window.hand.key("ctrl+shift+s"), "recording.stopped"
        )
        window.find("Contacts")

    def _contact_by_mouse(self, window: Window) -> None:
        """From the page that shows the case."""

        def two() -> None:
            window.hand.click(rail)
            window.hand.click(window.find("Log an SMS now"))

        rail = window.find("Contacts")
        self._touch("contact from the cases page", window, two, "contact.logged")

    def _contact_by_keyboard(self, window: Window) -> None:
        """The same without a mouse."""

        def two() -> None:
            window.hand.key("alt+3")
            window.find("Log a missed call now")
            window.hand.key("3")

        window.hand.click(window.find("Cases"))
        until("the case is shown again", lambda: window.look().find("Log an SMS now") is None)
        self._touch("contact by keyboard", window, two, "contact.logged")

    def _touch(self, name: str, window: Window, touch: Callable[[], None], kind: str) -> None:
        past = len(self._disk.by_hand(kind))
        self._told.pressed[name] = dt.datetime.now(dt.UTC)  # noqa: TID251 - no clock of ours
        before, begun = window.hand.touches, time.monotonic()
        touch()
        self._told.events[name] = self._disk.wait(kind, past)
        taken_s = time.monotonic() - begun
        self._told.steps.append(Step(name, window.hand.touches - before, taken_s))

    def _case_file(self) -> dict[str, Any]:
        case = self._told.events["number called"]["case"]
        program = [sys.executable, "-m", "evidencedesk", "--library", str(self._library)]
        done = subprocess.run(
            [*program, "show", case, "--json"],
            env=dict(self._env),
            capture_output=True,
            text=True,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
        return told


def recorded(look: Look) -> str:
    """The time on the red bar."""
    shown = look.find("Recorded time ")
    return "" if shown is None else shown.name.removeprefix("Recorded time ")


def _click_red(window: Window, look: Look) -> None:
    button = next((one for one in look.things if one.text == "Start recording"), None)
    assert button is not None, [one.name for one in look.things]
    window.hand.click(button)


def _press_space(window: Window, _look: Look) -> None:
    window.hand.take_keyboard(window.pid)
    window.hand.key("space")
