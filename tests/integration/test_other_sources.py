"""Beside the microphone: the speakers, the level meter, silence, and a server that never wakes up again."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.capture.remote import RemoteRecorder, launch, running_captures
from evidencedesk.domain.pulse import RecorderState, SealedSound, StopReason
from fakes.recordings import PATIENCE_S, plan_for, until
from fakes.sound_server import PrivateSoundServer

pytestmark = pytest.mark.sound
RATE_HZ = 48_000
# The first moments of a stream may be lost in a server's buffers: sound starts behind them.
LEAD_IN = RATE_HZ * 3 // 10


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    """A server that this process and its children find, and no other."""
    if not all(shutil.which(program) for program in ("pulseaudio", "pactl", "paplay")):
        pytest.skip("PulseAudio is not installed")
    with PrivateSoundServer(tmp_path) as started:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "PULSE_SOURCE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in started.env.items():
            monkeypatch.setenv(name, value)
        yield started


@pytest.fixture
def recorder(server: PrivateSoundServer, tmp_path: Path) -> Iterator[RemoteRecorder]:
    """A recorder process that listens to the microphone."""
    launched = launch(plan_for(tmp_path / "library", "mic"))
    until(lambda: launched.status().samples > 0, "sound arrives")
    yield launched
    launched.kill()


def folder_of(tmp_path: Path) -> Path:
    return next((tmp_path / "library").glob("cases/*/recordings/*"))


def test_what_the_speakers_play_is_recorded_with_both_channels(
    server: PrivateSoundServer, tmp_path: Path
) -> None:
    loud = np.random.default_rng(7).integers(1, 9000, size=(RATE_HZ, 2), dtype=np.int16)
    silence = np.zeros((LEAD_IN, 2), dtype=np.int16)
    sf.write(tmp_path / "call.wav", np.concatenate((silence, loud, silence)), RATE_HZ, subtype="PCM_16")
    recorder = launch(plan_for(tmp_path / "library", "spk.monitor"))
    try:
        until(lambda: recorder.status().samples > 0, "sound arrives")
        server.play(tmp_path / "call.wav", sink="spk")
        played = recorder.status().samples
        until(lambda: recorder.status().samples > played + RATE_HZ // 2, "the last of it arrives")
        recorder.request_stop(StopReason.USER)
        assert recorder.wait(PATIENCE_S)
    finally:
        recorder.kill()
    heard = sf.read(folder_of(tmp_path) / "audio.flac", dtype="int16")[0]
    (sounding,) = np.nonzero(heard[:, 0])
    assert len(sounding), "nothing was heard"
    assert (heard[sounding[0] : sounding[0] + len(loud)] == loud).all()


def test_neither_the_file_nor_the_process_waits_for_a_frozen_server(
    server: PrivateSoundServer, recorder: RemoteRecorder, tmp_path: Path
) -> None:
    (running,) = running_captures(tmp_path / "library")
    os.kill(server.pid, signal.SIGSTOP)
    until(lambda: "stalled" in [w.code for w in recorder.status().warnings], "the stall is said")
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)
    status = recorder.status()
    assert status.state is RecorderState.STOPPED
    assert isinstance(status.sealed, SealedSound)
    assert len(sf.read(folder_of(tmp_path) / "audio.flac", dtype="int16")[0]) == status.sealed.samples
    until(lambda: has_ended(running.pid), "its process does not wait for the server")


def has_ended(pid: int) -> bool:
    """Whether a process has gone, or only waits to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_microphone_that_hears_exact_zeros_is_called_silent(
    server: PrivateSoundServer, recorder: RemoteRecorder
) -> None:
    until(lambda: "silent" in [w.code for w in recorder.status().warnings], "the silence is said")
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)


def test_the_level_meter_hears_what_is_played(server: PrivateSoundServer) -> None:
    meter = LevelMeter("mic")
    meter.start()
    try:
        with server.playing():
            until(lambda: (level := meter.latest()) is not None and level.peak > 20, "a level")
    finally:
        meter.stop()
