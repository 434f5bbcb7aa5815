"""The recorder process lives its own life: windows come and go, signals end it in good order."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.capture.remote import RemoteRecorder, RunningCapture, attach, launch, running_captures
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecorderState, RecoveredSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import PATIENCE_S, Samples, heard, noise, plan_for, recover, until

KILLS = int(os.environ.get("EVIDENCEDESK_KILLS", "3"))
RATE_HZ = 16_000


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Samples]:
    path = tmp_path_factory.mktemp("sound") / "played.wav"
    return path, noise(path, 40.0, RATE_HZ)


@pytest.fixture
def recorder(tmp_path: Path, sound: tuple[Path, Samples]) -> Iterator[RemoteRecorder]:
    launched = launch(plan_for(tmp_path, f"file:{sound[0]}"))
    yield launched
    launched.kill()


def only_running(library: Path) -> RunningCapture:
    (running,) = running_captures(library)
    return running


def stop(recorder: RemoteRecorder) -> None:
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)


def test_launch_returns_when_sound_is_being_taken(tmp_path: Path, recorder: RemoteRecorder) -> None:
    status = recorder.status()
    assert status.state is RecorderState.RECORDING
    assert status.simulated
    assert status.rate_hz == RATE_HZ
    stop(recorder)
    sealed = recorder.status().sealed
    assert sealed is not None
    assert sealed.reason is StopReason.USER


def test_the_address_is_removed_at_the_end(tmp_path: Path, recorder: RemoteRecorder) -> None:
    stop(recorder)
    until(lambda: running_captures(tmp_path) == (), "the process has gone")
    until(lambda: not list(tmp_path.rglob("capture.json")), "its address has gone")


@pytest.mark.parametrize(
    ("source", "code"),
    [("file:/nowhere.wav", Code.SOUND_FILE_UNREADABLE), ("file:", Code.SOUND_FILE_UNREADABLE)],
)
def test_what_keeps_it_from_recording_is_told_as_the_same_error(
    tmp_path: Path, source: str, code: Code
) -> None:
    with pytest.raises(Known) as raised:
        launch(plan_for(tmp_path, source))
    assert raised.value.code is code


def test_two_windows_see_the_same_recording(tmp_path: Path, recorder: RemoteRecorder) -> None:
    second = attach(only_running(tmp_path))
    until(lambda: second.status().samples > 0, "the second one sees sound")
    assert second.status().device == recorder.status().device
    stop(second)
    assert recorder.wait(PATIENCE_S)
    assert recorder.status().sealed == second.status().sealed


def test_garbage_from_a_client_disturbs_nothing(tmp_path: Path, recorder: RemoteRecorder) -> None:
    running = only_running(tmp_path)
    for garbage in (b"\x00\xff", b"[]", b'{"do":"explode"}', b'{"do":"stop","reason":"nonsense"}'):
        with contextlib.suppress(OSError, EOFError), Client(running.address, authkey=running.key) as client:
            client.send_bytes(garbage)
            client.poll(0.5)
    before = recorder.status().samples
    until(lambda: recorder.status().samples > before, "it records on")
    stop(recorder)


def test_a_client_without_the_key_is_turned_away(tmp_path: Path, recorder: RemoteRecorder) -> None:
    stranger = attach_with_wrong_key(only_running(tmp_path))
    assert stranger.status().samples == 0
    assert not stranger.status().answering
    assert recorder.status().state is RecorderState.RECORDING
    stop(recorder)


def attach_with_wrong_key(running: RunningCapture) -> RemoteRecorder:
    return attach(replace(running, key=b"wrong" * 6))


def test_a_frozen_recorder_is_noticed_and_never_freezes_the_window(
    tmp_path: Path, recorder: RemoteRecorder
) -> None:
    until(lambda: recorder.status().saved_samples > 0, "something is saved")
    running = only_running(tmp_path)
    os.kill(running.pid, signal.SIGSTOP)
    longest = 0.0
    deadline = time.monotonic() + PATIENCE_S
    while recorder.status().answering:
        assert time.monotonic() < deadline
        began = time.monotonic()
        recorder.status()
        longest = max(longest, time.monotonic() - began)
        time.sleep(0.05)
    assert longest < 1.0, "asking is allowed 0.15 s; the rest is a busy machine"
    recorder.kill()
    os.kill(running.pid, signal.SIGCONT) if Path(f"/proc/{running.pid}").exists() else None
    until(lambda: recorder.status().state is RecorderState.FAILED, "its end is noticed")
    assert recorder.status().error == Code.CAPTURE_LOST
    assert isinstance(recover_recording(Path(running.plan.folder), SystemClock()), RecoveredSound)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_is_a_normal_stop(tmp_path: Path, recorder: RemoteRecorder, number: signal.Signals) -> None:
    until(lambda: recorder.status().samples > 0, "sound is being taken")
    os.kill(only_running(tmp_path).pid, number)
    assert recorder.wait(PATIENCE_S)
    sealed = recorder.status().sealed
    assert sealed is not None
    assert sealed.reason is StopReason.SIGNAL


@pytest.mark.usefixtures("either_library")
def test_kill_at_random_moments_keeps_all_that_was_saved(tmp_path: Path, sound: tuple[Path, Samples]) -> None:
    path, played = sound
    generator = random.Random(20260519)
    for number in range(KILLS):
        plan = plan_for(
            tmp_path, f"file:{path}", f"r-0000000{number % 10}" if number < 10 else f"r-{number:08}"
        )
        recorder = launch(plan)
        deadline = time.monotonic() + generator.uniform(0.3, 4.0)
        saved = 0
        while time.monotonic() < deadline:
            saved = max(saved, recorder.status().saved_samples)
            time.sleep(0.02)
        recorder.kill()
        until(lambda one=recorder: one.status().state is RecorderState.FAILED, "its end is noticed")  # type: ignore[misc]
        outcome = recover(plan.folder)
        assert isinstance(outcome, RecoveredSound), f"kill {number}"
        assert outcome.samples >= saved
        assert outcome.agrees_with_pulses
        found = heard(Path(plan.folder) / outcome.file)
        assert (found == played[: len(found)]).all()


def test_a_dead_process_leaves_no_running_capture(tmp_path: Path, recorder: RemoteRecorder) -> None:
    recorder.kill()
    until(lambda: running_captures(tmp_path) == (), "nobody is running")
    assert list(tmp_path.rglob("capture.json")), "its address is still there, and is not believed"


def test_an_unreadable_address_is_no_running_capture(tmp_path: Path) -> None:
    folder = Path(plan_for(tmp_path, "x").folder)
    for content in (b"", b"{", b"[]", json.dumps({"pid": "x"}).encode()):
        (folder / "capture.json").write_bytes(content)
        assert running_captures(tmp_path) == ()


def test_the_level_meter_hears_and_keeps_nothing(tmp_path: Path, sound: tuple[Path, Samples]) -> None:
    meter = LevelMeter(f"file:{sound[0]}")
    meter.start()
    until(lambda: (level := meter.latest()) is not None and level.peak > 100, "a level")
    meter.stop()
    meter.stop()
    assert list(tmp_path.iterdir()) == []


def test_a_level_meter_without_a_source_says_why() -> None:
    meter = LevelMeter("file:/nowhere.wav")
    meter.start()
    until(lambda: meter.latest() is not None, "an answer")
    level = meter.latest()
    meter.stop()
    assert level is not None
    assert level.error == Code.SOUND_FILE_UNREADABLE
