"""Nothing leaves this computer: whole cases in a network that leads nowhere, every call to a socket read.

Each place that may be reached is named here with its reason; anything else is a fault.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from fakes.foreign_sounds import tone_file
from fakes.sound_server import PrivateSoundServer
from fakes.traced import Reached, Traced, cannot_trace, read_line, traced

WINDOW = Path(__file__).with_name("window_story.py")
COMMANDS = Path(__file__).with_name("command_story.py")
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
# Sockets of the file system, on this computer; `{run}` is the session's folder, `{number}` the screen.
CONNECTED = {
    r"@?/tmp/\.X11-unix/X{number}": "the screen",
    r"{run}/pulse/native": "the sound server",
    r"{run}/bus": "the session bus",
    r"(/var)?/run/dbus/system_bus_socket": "the system bus: is the screen locked, does the computer sleep",
    r"{run}/at-spi/bus\w*": "the accessibility bus, for screen readers",
    r"{run}/EvidenceDesk/w-[0-9a-f]{12}": "our own window, if it is open already",
    r"{run}/EvidenceDesk/[0-9a-f]{16}\.sock": "our own recorder",
    r"/dev/shm/jack_default_\d+_\d+": "PortAudio looks for JACK, another sound server",
}
BOUND = {
    r"{run}/EvidenceDesk/\.[A-Za-z0-9]+/s": "our window listens for a second start (renamed to w-…)",
    r"{run}/EvidenceDesk/[0-9a-f]{16}\.sock": "our recorder listens for its window",
}
# What is asked on the session bus, and why.
BUS_NAMES = {
    "org.freedesktop.DBus": "the bus itself",
    "org.a11y.Bus": "Qt asks for the accessibility bus",
    "org.gnome.SessionManager": "not to fall asleep while recording",
    "org.freedesktop.PowerManagement": "the same",
    "org.freedesktop.portal.Desktop": "the desktop's wishes: size of text, less movement",
    "org.freedesktop.ScreenSaver": "whether the screen is locked",
    "org.gnome.ScreenSaver": "the same",
    "org.kde.StatusNotifierWatcher": "whether the desktop has a tray",
    "org.freedesktop.secrets": "the desktop's keyring, for the key that signs",
}
# Which processes must have been followed, or the traces would show too little.
STARTED_BY_THE_WINDOW = ("evidencedesk.capture.process", '"pactl", "subscribe"')
STARTED_BY_COMMANDS = tuple(
    f'"evidencedesk", "{name}"'
    for name in ("record", "note", "import", "claim", "transcribe", "letter", "export", "verify", "backup")
)
CONTROL = """
import socket
for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 9)),
    (socket.AF_INET6, socket.SOCK_STREAM, ("2001:db8::1", 443)),
):
    with socket.socket(family, kind) as made:
        try:
            made.connect(address)
        except OSError as error:
            print(error.errno)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
    try:
        made.sendto(b"name?", ("192.0.2.1", 53))
    except OSError as error:
        print(error.errno)
with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0):
    pass
with socket.socket(socket.AF_UNIX) as made:
    try:
        made.connect("/run/somebody-else")
    except OSError:
        pass
"""
_PATIENCE_S = 10.0
# Two whole stories, each call to the kernel looked at: slow where the machine is busy.
pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Told:
    """Both stories, what was said on the session bus meanwhile, and the places' names."""

    window: Traced
    commands: Traced
    said: str
    run: Path
    screen: str
    home: Path

    def unexpected(self, story: Traced) -> list[Reached]:
        """Whom it wanted to reach although no reason is named."""
        return [one for one in story.reached if not self._named(one)]

    def _named(self, one: Reached) -> bool:
        if one.call in ("connect", "bind"):
            places = CONNECTED if one.call == "connect" else BOUND
            fill = {"run": re.escape(str(self.run)), "number": self.screen}
            patterns = (re.sub(r"{(run|number)}", lambda m: fill[m[1]], place) for place in places)
            return one.family == "AF_UNIX" and any(re.fullmatch(pattern, one.where) for pattern in patterns)
        return one.family == "AF_UNIX"


@contextmanager
def session_bus(run: Path) -> Iterator[Path]:
    """A session bus with an accessibility bus, of the test's own; what is called on it is written down."""
    address = f"unix:path={run / 'bus'}"
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(run), "HOME": str(run)}
    environment["DBUS_SESSION_BUS_ADDRESS"] = address
    log = run / "bus.log"
    with ExitStack() as started, log.open("wb") as file:

        def start(*command: str, out: IO[bytes] | int = subprocess.DEVNULL) -> None:
            process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.DEVNULL)
            started.callback(process.wait)
            started.callback(process.terminate)

        start("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}")
        wait_for("the session bus", (run / "bus").exists)
        start("dbus-monitor", "--address", address, "type=method_call", out=file)
        wait_for("somebody listening", lambda: log.stat().st_size > 0)
        if LAUNCHER.exists():
            start(str(LAUNCHER), "--launch-immediately")
            wait_for("the accessibility bus", lambda: any((run / "at-spi").glob("bus*")))
        yield log


def wait_for(what: str, so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not so():
        assert time.monotonic() < deadline, f"did not come: {what}"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def told(screen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    if why := cannot_trace():
        pytest.skip(why)
    place = tmp_path_factory.mktemp("nothing-leaves")
    for name in ("place", "pictures", "config", "home", "sound"):
        (place / name).mkdir()
    with PrivateSoundServer(place / "sound") as server, server.playing():
        run = Path(server.env["XDG_RUNTIME_DIR"])
        with session_bus(run) as log:
            environment = {
                **server.env,
                "DISPLAY": screen,
                "QT_QPA_PLATFORM": "xcb",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                "DBUS_SESSION_BUS_ADDRESS": f"unix:path={run / 'bus'}",
                "HOME": str(place / "home"),
                "XDG_CONFIG_HOME": str(place / "config"),
                "LANG": "en_US.UTF-8",
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            }
            environment.pop("PYTHON_KEYRING_BACKEND", None)  # the desktop's keyring is asked, on this bus
            names = [str(place / name) for name in ("library", "place", "pictures")]
            window = traced([sys.executable, str(WINDOW), *names], environment, place / "window.txt", 140)
            names = [str(place / "second"), str(place / "place"), str(tone_file(place))]
            commands = traced([sys.executable, str(COMMANDS), *names], environment, place / "lines.txt", 140)
            said = log.read_text("utf-8", errors="replace")
        yield Told(window, commands, said, run, screen.lstrip(":"), place)


def test_both_stories_came_to_their_end(told: Told) -> None:
    for story in (told.window, told.commands):
        assert story.done.returncode == 0, story.done.stdout + story.done.stderr


def test_every_process_was_followed(told: Told) -> None:
    for story, wanted in ((told.window, STARTED_BY_THE_WINDOW), (told.commands, STARTED_BY_COMMANDS)):
        for name in wanted:
            assert any(name in program for program in story.programs), (name, sorted(story.programs))


def test_the_window_reaches_nobody_but_those_named(told: Told) -> None:
    assert told.unexpected(told.window) == []


def test_the_commands_reach_nobody_but_those_named(told: Told) -> None:
    assert told.unexpected(told.commands) == []


def test_what_has_to_be_reached_was_seen(told: Told) -> None:
    seen = {one.where for one in told.window.reached if one.call == "connect"}
    for path in (told.run / "pulse" / "native", told.run / "bus", f"/tmp/.X11-unix/X{told.screen}"):
        assert str(path) in seen
    if LAUNCHER.exists():
        assert any("/at-spi/bus" in path for path in seen)
    assert any(path.endswith(".sock") for path in seen), "our own recorder"


def test_on_the_session_bus_only_those_named_are_asked(told: Told) -> None:
    asked = set(re.findall(r"^method call .* destination=([A-Za-z_][\w.-]*)", told.said, re.MULTILINE))
    looked_for = r"member=(?:GetNameOwner|NameHasOwner|StartServiceByName)\n +string \"([A-Za-z_][\w.]*)"
    asked |= set(re.findall(looked_for, told.said))
    assert "org.gnome.SessionManager" in asked
    assert asked - set(BUS_NAMES) == set()


def test_beside_library_and_exports_only_settings_are_left(told: Told) -> None:
    left = {
        path.relative_to(told.home).as_posix()
        for name in ("config", "home")
        for path in (told.home / name).rglob("*")
        if path.is_file()
    }
    # The cookie is the sound server's, the caches are those of fonts.
    assert {name for name in left if "fontconfig" not in name} <= {
        "config/EvidenceDesk/settings.json",
        "config/pulse/cookie",
    }
    ours = told.run / "EvidenceDesk"
    assert ours.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in ours.rglob("*") if path.is_file()} <= {"QtProject.conf"}


def test_the_same_reader_catches_whoever_really_connects(tmp_path: Path) -> None:
    if why := cannot_trace():
        pytest.skip(why)
    caught = traced([sys.executable, "-c", CONTROL], os.environ, tmp_path / "control.txt", 30)
    assert caught.done.returncode == 0, caught.done.stderr
    found = Told(caught, caught, "", tmp_path, "0", tmp_path).unexpected(caught)
    calls = {(one.call, one.family) for one in found}
    assert {("connect", "AF_INET"), ("connect", "AF_INET6"), ("sendto", "AF_INET")} <= calls
    assert {("socket", "AF_INET"), ("socket", "AF_INET6"), ("socket", "AF_NETLINK")} <= calls
    assert any(one.where == "/run/somebody-else" for one in found)
    no_way = {str(errno.ENETUNREACH), str(errno.EADDRNOTAVAIL)}
    assert set(caught.done.stdout.split()) <= no_way, "there is a way out of this network"


@pytest.mark.parametrize(
    "line",
    [
        "7 connect(3<TCP:[9]>, {sa_family=AF_INET, sin_port=htons(80)}, 16 <unfinished ...>",
        '7 sendto(3<UDP:[127.0.0.1:5->192.0.2.1:53]>, "x", 1, 0, NULL, 0) = 1',
        "7 sendmsg(4<TCPv6:[[2001:db8::1]:443]>, {msg_name=NULL, msg_namelen=0}, 0) = 5",
        "7 sendmmsg(4<NETLINK:[9]>, [{msg_hdr={msg_name=NULL}}], 1, 0) = 1",
        "7 io_uring_setup(8, {flags=0}) = 3",
        "7 connect(3<UNIX-STREAM:[9]>, 0x7ffd, 16) = -1 EFAULT (Bad address)",
    ],
)
def test_each_way_out_is_read(line: str, tmp_path: Path) -> None:
    read = read_line(line)
    assert read is not None
    nobody = Traced(subprocess.CompletedProcess([], 0, "", ""), (read,), frozenset())
    assert Told(nobody, nobody, "", tmp_path, "0", tmp_path).unexpected(nobody) == [read]
