"""A window that freezes and then dies, while its recording goes on without it."""

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

import pytest
import soundfile as sf

from chaos.stage import Noise
from evidencedesk.app.services import OpenedDesk
from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.pulse import PULSE_FILE, PulseKind, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import until
from fakes.sound_server import PrivateSoundServer

RATE_HZ = 48_000

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("pulseaudio") is None, reason="PulseAudio is not installed"
)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer(tmp_path) as running:
        for name, value in running.env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        yield running


@contextlib.contextmanager
def window(library: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The real window, asked to record at once; its recorder is ended, too, whatever happens."""
    command = [sys.executable, "-m", "evidencedesk", "--library", str(library), "--record"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()
            for one in running_captures(library):
                os.kill(one.pid, signal.SIGKILL)


def pulses(library: Path) -> list[dict[str, object]]:
    """What the recording has said of itself so far."""
    lines: list[dict[str, object]] = []
    for path in library.glob(f"cases/*/recordings/*/{PULSE_FILE}"):
        whole = path.read_bytes().rpartition(b"\n")[0]
        lines += [json.loads(line) for line in whole.splitlines()]
    return lines


def saved_s(library: Path) -> float:
    """Seconds of sound that are safe on the disk."""
    saved = [line["samples"] for line in pulses(library) if line["kind"] == PulseKind.PULSE]
    return int(str(saved[-1])) / RATE_HZ if saved else 0.0


def test_a_window_that_freezes_and_is_then_killed_loses_no_sample(
    server: PrivateSoundServer, tmp_path: Path
) -> None:
    library, noise = tmp_path / "library", Noise(tmp_path / "noise.wav", 60)
    with window(library) as process, server.playing(noise.path):
        until(lambda: saved_s(library) >= 2, "two seconds are safe")
        frozen_at = saved_s(library)
        process.send_signal(signal.SIGSTOP)
        until(lambda: saved_s(library) >= frozen_at + 5, "five more seconds are safe while it is frozen")
        process.kill()
        process.wait()
        until(lambda: saved_s(library) >= frozen_at + 7, "the recording goes on without the window")

        opened = OpenedDesk(library, SystemClock())  # as the next window does
        try:
            live = opened.resume()
            assert live is not None
            live.stop()
            until(lambda: bool(live.poll()) and live.finished, "the next window stops it and knows its end")
            (recording,) = opened.desk.store.case_file(live.case).recordings
            sound = opened.desk.recording_folder(live.case, recording.id) / recording.file
        finally:
            opened.close()
    told = pulses(library)
    samples, _ = sf.read(sound, dtype="int16", always_2d=True)
    assert recording.reason == StopReason.USER
    assert len(samples) == recording.samples
    assert [line for line in told if line["kind"] == PulseKind.GAP] == []
    assert noise.missing_s([samples[:, 0]]) == 0
