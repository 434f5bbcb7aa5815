"""What a screen reader gets from outside: names and roles of every page, and what is announced."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from fakes.all_pages import ONE_OF_EACH

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
INTERACTIVE = {
    "push button",
    "button",
    "toggle button",
    "check box",
    "radio button",
    "combo box",
    "text",
    "entry",
    "password text",
    "slider",
    "table",
    "list",
    "tree",
}
HIDDEN, HIDDEN_SAYS = "lock/hidden", {"zh": "笔记", "en": "Notes"}
EXPECTED = {
    "zh": ("正在录音", "磁盘快满了", "正在保存", "正在录音。"),
    "en": ("Recording", "The disk is nearly full", "Saving", "A recording is running."),
}


def _can_listen() -> bool:
    if not all(map(shutil.which, ("dbus-daemon", "Xvfb", SYSTEM_PYTHON))):
        return False
    asked = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    return subprocess.run([SYSTEM_PYTHON, "-c", asked], capture_output=True, check=False).returncode == 0


class Talk:
    """A process that answers a line with a line."""

    def __init__(self, command: list[str], env: dict[str, str], stack: ExitStack) -> None:
        self._process = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        stack.callback(self._end)
        assert self.read() == "ready"

    def read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def ask(self) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self.read()

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()


class Session:
    """A private bus, the program on it, and the reader that listens."""

    def __init__(self, language: str, screen: str, place: Path, stack: ExitStack) -> None:
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "DISPLAY": screen},
        )
        stack.callback(bus.communicate)
        stack.callback(bus.kill)
        assert bus.stdout is not None
        env = {
            **os.environ,
            "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        plain = {key: value for key, value in env.items() if key != "PYTHONPATH"}
        self.reader = Talk([SYSTEM_PYTHON, str(HERE / "atspi_reader.py")], plain, stack)
        stage = [sys.executable, str(HERE / "atspi_stage.py"), language, str(place), *ONE_OF_EACH]
        self.stage = Talk(stage, env, stack)

    def hear(self) -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(self.reader.ask())
        return heard


@pytest.fixture(params=["zh", "en"])
def session(request: pytest.FixtureRequest, screen: str, tmp_path: Path) -> Iterator[tuple[str, Session]]:
    if not _can_listen():
        pytest.skip("at-spi2-core and python3-gi with Atspi are not installed")
    with ExitStack() as stack:
        yield request.param, Session(request.param, screen, tmp_path, stack)


@pytest.mark.timeout(400)
def test_every_page_can_be_read_and_what_happens_is_announced(session: tuple[str, Session]) -> None:
    language, talk = session
    nameless: dict[str, list[str]] = {}
    for name in ONE_OF_EACH:
        assert talk.stage.ask() == name
        tree = talk.hear()["tree"]
        usable = [(role, said) for role, said, _ in tree if role in INTERACTIVE]
        if name == HIDDEN:
            assert {said for _, said, _ in tree} - {""} == {HIDDEN_SAYS[language]}, (
                "nothing tells of this program"
            )
        else:
            assert len(usable) >= 3, (name, tree)
        without = [role for role, said in usable if not said.strip()]
        if without:
            nameless[name] = without
    assert nameless == {}

    announced: list[str] = []
    for _ in range(4):
        talk.stage.ask()
        announced += talk.hear()["announced"]
    for wanted in EXPECTED[language]:
        assert any(said.startswith(wanted) for said in announced), (wanted, announced)
