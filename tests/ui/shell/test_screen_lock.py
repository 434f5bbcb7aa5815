"""The lock of the screen is heard on the desktop's bus, whoever says it there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from evidencedesk.app.screen_lock_linux import BusScreenLock

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None, reason="no bus here"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A bus of our own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "HOME": "/"}
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


class Screen(QObject):
    """A desktop that speaks, and a program that listens."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.speaker = QDBusConnection.connectToBus(address, "speaks")
        listener = QDBusConnection.connectToBus(address, "listens")
        self.lock = BusScreenLock(self, listener, listener)
        self.heard: list[bool] = []
        self.lock.locked.connect(lambda: self.heard.append(True))

    def say(self, path: str, interface: str, name: str, *arguments: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(arguments))
        assert self.speaker.send(message)


@pytest.fixture
def screen_lock(qtbot: QtBot, address: str) -> Iterator[Screen]:
    yield Screen(address)
    for name in ("speaks", "listens"):
        QDBusConnection.disconnectFromBus(name)


@pytest.mark.parametrize("interface", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_a_screen_saver_that_comes_locks_and_one_that_goes_does_not(
    screen_lock: Screen, qtbot: QtBot, interface: str
) -> None:
    screen_lock.say("/ScreenSaver", interface, "ActiveChanged", False)
    screen_lock.say("/ScreenSaver", interface, "ActiveChanged", True)
    qtbot.waitUntil(lambda: len(screen_lock.heard) == 1)


def test_logind_locks_a_session_and_says_when_the_computer_goes_to_sleep(
    screen_lock: Screen, qtbot: QtBot
) -> None:
    assert screen_lock.speaker.registerService("org.freedesktop.login1")
    qtbot.waitUntil(lambda: bool(screen_lock.speaker.isConnected()))
    screen_lock.say("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock")
    qtbot.waitUntil(lambda: len(screen_lock.heard) == 1)
    screen_lock.say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: len(screen_lock.heard) == 2)
