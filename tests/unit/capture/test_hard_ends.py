"""Hard limits: a file that may not grow, a cut at each pulse, clients that freeze, a second recorder."""

from __future__ import annotations

import json
import resource
import socket
import subprocess
import sys
from dataclasses import asdict
from multiprocessing.connection import Client
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.capture.recovery import recover_recording, unfinished
from evidencedesk.capture.remote import attach, launch, running_captures
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.errors import Code
from evidencedesk.domain.pulse import RecorderState, RecoveredSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import PATIENCE_S, Samples, noise, plan_for, record, until

CLOCK = SystemClock()
RATE_HZ = 16_000


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Samples]:
    """Forty seconds that no other sound equals."""
    path = tmp_path_factory.mktemp("sound") / "played.wav"
    return path, noise(path, 40.0, RATE_HZ, seed=9)


def is_prefix(path: Path, played: Samples) -> bool:
    heard = sf.read(path, dtype="int16", always_2d=True)[0]
    return bool(len(heard)) and bool((heard == played[: len(heard)]).all())


FILE_LIMIT = """
import json, resource, signal, sys
from pathlib import Path
from evidencedesk.capture.file_source import FileSource
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.domain.pulse import RecordingPlan
from evidencedesk.system.clock import SystemClock
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
plan = RecordingPlan(**json.loads(sys.argv[1]))
recorder = LocalRecorder(plan, SystemClock(), FileSource(Path(plan.source), speed=10))
recorder.start()
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
assert recorder.wait(60)
status = recorder.status()
print(json.dumps([status.state, status.error, status.saved_samples]))
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no file size limits here")
def test_a_file_that_may_not_grow_fails_the_recording_and_all_of_it_is_kept(
    tmp_path: Path, sound: tuple[Path, Samples]
) -> None:
    plan = plan_for(tmp_path, str(sound[0]))
    done = subprocess.run(
        [sys.executable, "-c", FILE_LIMIT, json.dumps(asdict(plan))],
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    state, error, saved = json.loads(done.stdout)
    assert state == RecorderState.FAILED
    assert error == Code.INPUT_OUTPUT
    outcome = recover_recording(Path(plan.folder), CLOCK)
    assert isinstance(outcome, RecoveredSound)
    assert outcome.samples >= saved
    assert outcome.agrees_with_pulses
    assert is_prefix(Path(plan.folder) / outcome.file, sound[1])


def test_a_recording_is_never_shorter_than_its_last_pulse(
    tmp_path: Path, sound: tuple[Path, Samples]
) -> None:
    """Cut to exactly the bytes that a pulse names: all that it promises is there."""
    folder, _ = record(tmp_path / "whole", sound[0], speed=10)
    promises = [line for line in read_pulses(folder / "pulse.jsonl").lines if line["kind"] == "pulse"]
    assert promises
    lines = (folder / "pulse.jsonl").read_bytes().splitlines(keepends=True)
    for number, promise in enumerate(promises):
        cut = Path(plan_for(tmp_path / "cut", "x", f"r-{number:08}").folder)
        size = promise["file_bytes"]
        (cut / "audio.flac").write_bytes((folder / "audio.flac").read_bytes()[:size])
        upto = next(n for n, line in enumerate(lines) if json.loads(line) == promise)
        (cut / "pulse.jsonl").write_bytes(b"".join(lines[: upto + 1]))
        assert unfinished(tmp_path / "cut") == (cut,)
        outcome = recover_recording(cut, CLOCK)
        assert isinstance(outcome, RecoveredSound)
        assert outcome.samples >= promise["samples"] == outcome.saved_samples
        assert outcome.agrees_with_pulses
        assert is_prefix(cut / outcome.file, sound[1])


def test_clients_that_freeze_do_not_keep_others_out(tmp_path: Path, sound: tuple[Path, Samples]) -> None:
    recorder = launch(plan_for(tmp_path, f"file:{sound[0]}"))
    (running,) = running_captures(tmp_path)
    try:
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as mute,
            Client(running.address, authkey=running.key) as greedy,
        ):
            mute.connect(running.address)  # never says the key
            for _ in range(50):  # asks, and never reads an answer
                greedy.send_bytes(b'{"do":"status","columns_from":0}')
            other = attach(running)
            until(lambda: other.status().samples > 0, "another client gets an answer")
            before = recorder.status().samples
            until(lambda: recorder.status().samples > before, "it records on")
            other.request_stop(StopReason.USER)
            assert other.wait(PATIENCE_S)
    finally:
        recorder.kill()


def test_a_folder_is_recorded_by_one_process_only(tmp_path: Path, sound: tuple[Path, Samples]) -> None:
    plan = plan_for(tmp_path, f"file:{sound[0]}")
    recorder = launch(plan)
    try:
        command = [sys.executable, "-m", "evidencedesk.capture.process", plan.folder]
        second = subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE_S)
        assert second.returncode != 0
        before = recorder.status().samples
        until(lambda: recorder.status().samples > before, "the first one records on")
        recorder.request_stop(StopReason.USER)
        assert recorder.wait(PATIENCE_S)
    finally:
        recorder.kill()
    assert read_pulses(Path(plan.folder) / "pulse.jsonl").faults == ()
