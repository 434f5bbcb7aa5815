"""A screen with a window manager, a sound server and a hand, for a program that runs in a clean root."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import soundfile as sf
from PIL import Image, ImageGrab

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from fakes.sound_server import PrivateSoundServer
from walk.screen import private_screen

TONE_HZ = 1000
RATE_HZ = 48_000
PATIENCE_S = 120.0
_SCREENS = Path("/tmp/.X11-unix")  # noqa: S108 - where every X server has its sockets
# Every window takes the whole screen, without a frame: pictures show the program and nothing else.
_WHOLE_SCREEN = """<openbox_config xmlns="http://openbox.org/3.4/rc"><applications>
<application class="*"><decor>no</decor><maximized>yes</maximized></application>
</applications></openbox_config>"""
Seen = TypeVar("Seen")


def until(what: str, look: Callable[[], Seen | None], patience_s: float = PATIENCE_S) -> Seen:
    """Look again and again until there is something."""
    deadline = time.monotonic() + patience_s
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen: {what}")
        time.sleep(0.01)
    return found


@contextlib.contextmanager
def desk() -> Iterator[Desk]:
    """Everything a session needs that is not in the root."""
    with (
        tempfile.TemporaryDirectory(prefix="evidencedesk-desk-") as folder,
        private_screen() as display,
        PrivateSoundServer(Path(folder)) as server,
    ):
        place = Path(server.env["XDG_RUNTIME_DIR"])
        for one in (place, place / "pulse"):
            one.chmod(0o755)  # the user in the root is another one
        settings = Path(folder) / "openbox.xml"
        settings.write_text(_WHOLE_SCREEN, encoding="utf-8")
        manager = ["openbox", "--sm-disable", "--config-file", str(settings)]
        with subprocess.Popen(
            manager, env={**server.env, "DISPLAY": display}, stderr=subprocess.DEVNULL
        ) as managing:
            try:
                yield Desk(display, server, place, Path(folder))
            finally:
                managing.terminate()


class Desk:
    """What a person sees, hears and touches."""

    def __init__(self, display: str, server: PrivateSoundServer, sounds: Path, folder: Path) -> None:
        self._display = display
        self.server = server
        self.environment = {"DISPLAY": display, "PULSE_SERVER": server.env["PULSE_SERVER"]}
        self.shared = (_SCREENS, sounds)
        self.tone = folder / "tone.wav"
        time_s = np.arange(5 * RATE_HZ) / RATE_HZ
        sf.write(self.tone, 0.3 * np.sin(2 * np.pi * TONE_HZ * time_s), RATE_HZ)

    def windows(self) -> list[str]:
        """The program's windows that can be seen, by their numbers."""
        name = "EvidenceDesk|取证台"
        return self._xdotool("search", "--onlyvisible", "--name", name, may_fail=True).split()

    def window(self) -> str:
        """Wait for the program's window."""
        return until("a window of the program", self.windows)[0]

    def key(self, name: str) -> None:
        """Press and release."""
        self._xdotool("key", name)

    def key_until(self, name: str, what: str, look: Callable[[], Seen | None]) -> Seen:
        """Press, and again each second: a page that is not there yet hears nothing."""
        pressed_s = -1.0

        def press_and_look() -> Seen | None:
            nonlocal pressed_s
            if not (found := look()) and time.monotonic() - pressed_s > 1:
                self.key(name)
                pressed_s = time.monotonic()
            return found

        return until(what, press_and_look)

    def click(self, x: int, y: int) -> None:
        """Go there and press once."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def turn_up(self) -> None:
        """Turn the wheel in the middle until the page is at its top."""
        self._xdotool("mousemove", "640", "300", "click", "--repeat", "20", "4")

    def facts(self, window: str) -> str:
        """What the window says of itself to the desktop."""
        ask = [
            "xprop",
            "-display",
            self._display,
            "-id",
            window,
            "WM_CLASS",
            "_GTK_APPLICATION_ID",
            "_NET_WM_ICON",
        ]
        return subprocess.run(ask, capture_output=True, text=True, check=True).stdout

    def picture(self, window: str | None = None) -> Image.Image:
        """The screen, or what of it a window takes."""
        whole = ImageGrab.grab(xdisplay=self._display)
        if window is None:
            return whole
        told = self._xdotool("getwindowgeometry", "--shell", window)
        facts = dict(line.split("=") for line in told.split())
        x, y = int(facts["X"]), int(facts["Y"])
        return whole.crop((x, y, x + int(facts["WIDTH"]), y + int(facts["HEIGHT"])))

    def _xdotool(self, *what: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            ["xdotool", *what],
            env={"DISPLAY": self._display, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=not may_fail,
        )
        return done.stdout
