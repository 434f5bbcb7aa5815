"""The look before the first paint: is somebody listening, or did a crash leave a file behind?"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencedesk.system.local_address import library_address
from evidencedesk.system.open_windows import may_be_listening


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp())  # short: the path of a socket may have a hundred bytes
    yield made
    shutil.rmtree(made)


@pytest.fixture
def address(folder: Path) -> str:
    return library_address(folder, Path("/a/library"))


def test_nobody_listens_in_an_empty_folder(folder: Path) -> None:
    assert not may_be_listening(folder)


def test_an_open_window_is_seen(folder: Path, address: str) -> None:
    with socket.socket(socket.AF_UNIX) as window:
        window.bind(address)
        window.listen()
        assert may_be_listening(folder)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's list")
def test_what_a_crash_left_behind_is_no_window(folder: Path, address: str) -> None:
    with socket.socket(socket.AF_UNIX) as window:
        window.bind(address)
    assert Path(address).exists()
    assert not may_be_listening(folder)


def test_where_nobody_can_tell_it_is_asked_properly(folder: Path, address: str) -> None:
    Path(address).touch()
    assert may_be_listening(folder, folder / "no such list")


def test_windows_is_always_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert may_be_listening(folder)
