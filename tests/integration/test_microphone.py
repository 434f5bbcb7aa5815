"""The microphone path for real: PulseAudio, ALSA's plug-in, PortAudio, the recorder process, the disk."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.devices import list_sources
from evidencedesk.capture.remote import launch
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecorderState, StopReason
from fakes.recordings import PATIENCE_S, Samples, plan_for, until
from fakes.sound_server import PrivateSoundServer

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")
RATE_HZ = 48_000


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer(tmp_path) as started:
        for name, value in started.env.items():
            monkeypatch.setenv(name, value)
        yield started


@pytest.fixture
def spoken(tmp_path: Path) -> tuple[Path, Samples]:
    """Two seconds that can be found again, behind some silence for the server to wake up."""
    generator = np.random.default_rng(7)
    sound = generator.integers(-8000, 8000, size=2 * RATE_HZ, dtype=np.int16)
    lead = np.zeros(RATE_HZ // 2, dtype=np.int16)
    path = tmp_path / "spoken.wav"
    sf.write(path, np.concatenate((lead, sound, lead)), RATE_HZ, subtype="PCM_16")
    return path, sound


def test_the_microphone_is_listed_with_its_own_rate(server: PrivateSoundServer) -> None:
    microphones = [source for source in list_sources() if not source.is_monitor]
    assert [(m.name, m.label, m.rate_hz, m.channels, m.is_default) for m in microphones] == [
        ("mic", "USB_Microphone", RATE_HZ, 1, True)
    ]


@pytest.mark.parametrize("source", ["default", "mic"])
def test_what_the_microphone_hears_is_recorded_sample_by_sample(
    server: PrivateSoundServer, spoken: tuple[Path, Samples], tmp_path: Path, source: str
) -> None:
    path, sound = spoken
    plan = plan_for(tmp_path, source)
    recorder = launch(plan)
    server.play(path)
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)

    status = recorder.status()
    assert status.device == "USB_Microphone"
    assert not status.simulated
    heard, rate_hz = sf.read(Path(plan.folder) / "audio.flac", dtype="int16")
    assert rate_hz == RATE_HZ
    start = int(np.flatnonzero(heard)[0])
    assert (heard[start : start + len(sound)] == sound[np.flatnonzero(sound)[0] :][: len(sound)]).all()


def test_a_source_that_is_not_there_is_named(server: PrivateSoundServer, tmp_path: Path) -> None:
    with pytest.raises(Known) as raised:
        launch(plan_for(tmp_path, "no-such-microphone"))
    assert raised.value.code is Code.UNKNOWN_SOURCE


def test_a_server_that_dies_for_good_leaves_what_was_heard_until_the_user_stops(
    server: PrivateSoundServer, tmp_path: Path
) -> None:
    plan = plan_for(tmp_path, "default")
    recorder = launch(plan)
    until(lambda: recorder.status().saved_samples > 0, "something is saved")
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: "device-lost" in [w.code for w in recorder.status().warnings], "the loss is said")
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)
    sealed = recorder.status().sealed
    assert sealed is not None
    assert len(sf.read(Path(plan.folder) / "audio.flac")[0]) == sealed.samples


def test_a_frozen_server_is_called_stalled_and_can_not_keep_the_file_open(
    server: PrivateSoundServer, tmp_path: Path
) -> None:
    plan = plan_for(tmp_path, "default")
    recorder = launch(plan)
    until(lambda: recorder.status().samples > 0, "sound is being taken")
    os.kill(server.pid, signal.SIGSTOP)
    until(lambda: "stalled" in [w.code for w in recorder.status().warnings], "the stall is said")
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)
    assert recorder.status().state is RecorderState.STOPPED


def test_without_a_server_there_is_a_clear_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "nobody"))
    with pytest.raises(Known) as raised:
        launch(plan_for(tmp_path, "default"))
    assert raised.value.code in (Code.NO_MICROPHONE, Code.NO_SOUND_SYSTEM)
