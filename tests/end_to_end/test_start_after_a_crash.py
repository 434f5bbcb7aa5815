"""A window that is killed, and what the next one says and shows of it. Everything in it is real."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.pulse import PULSE_FILE
from evidencedesk.system.settings import Settings, save_settings
from fakes.recordings import until
from fakes.sound_server import PrivateSoundServer

PROGRAM = Path(__file__).with_name("told_window.py")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("pulseaudio") is None, reason="PulseAudio is not installed"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    config = tmp_path / "config"
    save_settings(config / "EvidenceDesk" / "settings.json", Settings(language="en", welcomed="yes"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    with PrivateSoundServer(tmp_path) as server, server.playing():
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield


def window(library: Path, *wish: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAM), str(library), *wish],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def told(library: Path, text: str) -> dict[str, Any]:
    done = window(library, "tell", text)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextlib.contextmanager
def recording(library: Path) -> Iterator[None]:
    """A window that records is killed after its first second is safe; its recorder is ended at last."""
    command = [sys.executable, "-m", "evidencedesk", "--library", str(library), "--record"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: b'"pulse"' in pulses(library), "a second is safe")
            process.kill()
            process.wait()
            yield
        finally:
            process.kill()
            end_recorders(library)


def pulses(library: Path) -> bytes:
    return b"".join(path.read_bytes() for path in library.glob(f"cases/*/recordings/*/{PULSE_FILE}"))


def end_recorders(library: Path) -> None:
    for one in running_captures(library):
        os.kill(one.pid, signal.SIGKILL)
    until(lambda: not running_captures(library), "no recorder is alive")


def test_the_page_and_the_case_that_were_open_come_back_with_a_word(tmp_path: Path) -> None:
    library = tmp_path / "library"
    killed = window(library, "open-case")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    again = told(library, "The program ended last time without being closed")
    assert again["page"] == "cases"
    assert again["case"] == killed.stdout.strip()
    assert not (library / "cache" / "last-view.json").exists()  # that one was closed in good order


def test_a_recording_that_went_on_is_shown_again_and_said(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with recording(library):
        again = told(library, "A recording went on without the window")
    assert again["page"] == "encounter"


def test_a_recording_that_was_killed_with_its_window_is_recovered_and_named(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with recording(library):
        end_recorders(library)
        again = told(library, "Interrupted, and recovered: “")
    (said,) = (one for one in again["said"] if one.startswith("Interrupted"))
    assert " 20" in said  # when it was begun
    assert "What was safe on the disk is kept" in said
