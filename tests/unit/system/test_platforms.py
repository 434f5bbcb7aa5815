"""Where the systems differ, the difference lies in one place; and what those places do here."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import sys
from pathlib import Path

import pytest

from evidencedesk.system.apart import start_apart
from evidencedesk.system.display import no_display
from evidencedesk.system.durable import force
from evidencedesk.system.limits import restrain_process
from evidencedesk.system.local_address import library_address
from evidencedesk.system.read_only import make_read_only, make_removable
from fakes.recordings import until

SOURCE = Path(__file__).parents[3] / "src" / "evidencedesk"
# Sound differs in more than a line; it stays with the trade that knows it.
FOR_SOUND = {"capture/devices.py", "capture/far_side.py"}
# In these the type checker must see which half of the file is for another system.
FOR_ONE_SYSTEM = {"ui/theme/desktop_wishes.py", "app/screen_lock_windows.py"}
ASKS = re.compile(
    r"(?<!``)\bsys\.platform|\bos\.name\b|\bplatform\.(?:system|release|mac_ver|win32_ver)\b"
    r"|sys\.getwindowsversion",
    re.MULTILINE,
)


def asking() -> set[str]:
    files = [(path.relative_to(SOURCE).as_posix(), path.read_text("utf-8")) for path in SOURCE.rglob("*.py")]
    return {name for name, text in files if ASKS.search(text)}


def test_no_other_file_asks_which_system_this_is() -> None:
    assert {name for name in asking() if not name.startswith("system/")} == FOR_SOUND | FOR_ONE_SYSTEM


def test_each_of_them_names_the_documentation_it_follows() -> None:
    for name in asking() - FOR_SOUND:
        words = (SOURCE / name).read_text("utf-8")
        assert re.search(r"man \d|\w+\.(?:org|com|io)/|documentation of|platformdirs|freedesktop", words), (
            name
        )


def test_no_file_waits_for_the_disk_past_the_one_that_knows_how_each_system_does_it() -> None:
    passing = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if re.search(r"\bos\.(fsync|fdatasync)\(", path.read_text("utf-8"))
    ]
    assert passing == ["system/durable.py"]


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What a Mac is asked for, in order; its drive knows F_FULLFSYNC unless a test takes that away."""
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _descriptor, what: asked.append(("fcntl", what)))
    monkeypatch.setattr(os, "fsync", lambda descriptor: asked.append(("fsync", descriptor)))
    return asked


def test_on_a_mac_the_drive_itself_is_told_to_write(mac: list[tuple[str, int]]) -> None:
    force(7)
    assert mac == [("fcntl", 51)]


def test_where_its_drive_knows_nothing_of_that_the_plain_way_is_taken(
    mac: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _what: int) -> None:
        raise OSError(25, "Inappropriate ioctl for device")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    force(7)
    assert mac == [("fsync", 7)]


def test_a_process_started_apart_is_in_a_session_of_its_own() -> None:
    with start_apart([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        try:
            assert os.getsid(process.pid) == process.pid
        finally:
            process.kill()


def test_a_child_that_takes_too_much_processor_time_is_ended() -> None:
    with start_apart([sys.executable, "-c", "while True: pass"]) as process:
        try:
            restrain_process(process.pid, 1)
            until(lambda: process.poll() is not None, "it is ended")
        finally:
            process.kill()
    assert process.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_a_child_that_has_ended_already_is_no_fault() -> None:
    with start_apart([sys.executable, "-c", ""]) as process:
        process.wait()
    restrain_process(process.pid, 1)


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {}, True),
        ("linux", {"DISPLAY": ":0"}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, False),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("darwin", {}, False),
        ("win32", {}, False),
    ],
)
def test_only_linux_may_have_no_screen(
    system: str, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)
    assert no_display() is expected


def test_windows_takes_the_mark_off_before_it_deletes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = tmp_path / "sealed"
    sealed.write_bytes(b"")
    make_read_only(sealed)
    make_removable(sealed)
    assert not sealed.stat().st_mode & 0o222  # nothing to do for this system
    monkeypatch.setattr(sys, "platform", "win32")
    make_removable(sealed)
    assert sealed.stat().st_mode & 0o200


def test_windows_has_names_of_pipes_where_others_have_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    path = Path(library_address(tmp_path, library))
    assert path.parent == tmp_path
    monkeypatch.setattr(sys, "platform", "win32")
    assert library_address(tmp_path, library) == f"evidencedesk-{path.name.removeprefix('w-')}"
