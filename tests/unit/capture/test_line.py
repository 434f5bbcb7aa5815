"""Windows that freeze, lie or die never reach the recording; a frozen recorder never freezes a window."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.control import decode_status, encode_status, status_request
from evidencedesk.capture.line import Line, LineCutError
from evidencedesk.capture.remote import RemoteRecorder, RunningCapture, attach, launch, running_captures
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus, StopReason
from fakes.recordings import PATIENCE_S, noise, plan_for, until

KEY = b"k" * 32


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[RemoteRecorder]:
    noise(tmp_path / "played.wav", 60.0)
    launched = launch(plan_for(tmp_path, f"file:{tmp_path / 'played.wav'}"))
    yield launched
    launched.kill()


def only_running(library: Path) -> RunningCapture:
    (running,) = running_captures(library)
    return running


def stop(recorder: RemoteRecorder) -> None:
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)
    assert recorder.status().state is RecorderState.STOPPED


def test_a_client_that_says_nothing_keeps_nobody_out(tmp_path: Path, recorder: RemoteRecorder) -> None:
    running = only_running(tmp_path)
    with Client(running.address), Client(running.address):  # connected, and silent about the key
        second = attach(running)
        until(lambda: second.status().samples > 0, "a later client is answered")
        stop(second)


def test_liars_about_the_key_do_not_end_the_answering(tmp_path: Path, recorder: RemoteRecorder) -> None:
    running = only_running(tmp_path)
    for _ in range(3):
        with pytest.raises((AuthenticationError, OSError, EOFError)):
            Client(running.address, authkey=b"wrong").close()
    second = attach(running)
    until(lambda: second.status().samples > 0, "the right key opens")
    stop(second)


def test_attaching_to_a_frozen_recorder_returns_with_what_is_known(
    tmp_path: Path, recorder: RemoteRecorder
) -> None:
    running = only_running(tmp_path)
    os.kill(running.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        second = attach(running)
        second.request_stop(StopReason.USER)
        took_s = time.monotonic() - began
        status = second.status()
    finally:
        os.kill(running.pid, signal.SIGCONT)
    assert took_s < 2.0
    assert status.state is RecorderState.RECORDING
    assert (status.device, status.rate_hz, status.channels) == ("played.wav", 16_000, 1)
    assert status.simulated
    # The wish was not lost: it is read when the recorder wakes up.
    assert second.wait(PATIENCE_S)
    sealed = second.status().sealed
    assert sealed is not None
    assert sealed.reason is StopReason.USER


LAUNCHER = """
import sys, time
from evidencedesk.capture.remote import launch
from evidencedesk.domain.pulse import RecordingPlan
launch(RecordingPlan(*sys.argv[1:]))
print("recording", flush=True)
time.sleep(600)
"""


def test_a_recording_outlives_the_killed_window_and_is_found_again(tmp_path: Path) -> None:
    noise(tmp_path / "played.wav", 60.0)
    plan = plan_for(tmp_path, f"file:{tmp_path / 'played.wav'}")
    words = [plan.case, plan.encounter, plan.recording, plan.folder, plan.mode, plan.source, "0.0.0"]
    with subprocess.Popen([sys.executable, "-c", LAUNCHER, *words], stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"recording\n"
        window.kill()
    running = only_running(tmp_path)
    assert running.plan == plan
    found = attach(running)
    until(lambda: found.status().samples > 0, "it still records")
    before = found.status().samples
    until(lambda: found.status().samples > before + 16_000, "a second later, too")
    stop(found)


def test_columns_that_were_taken_are_not_given_again(recorder: RemoteRecorder) -> None:
    taken: list[tuple[int, int]] = []
    while len(taken) < 20:
        status = recorder.status(len(taken))
        if status.columns:
            assert status.columns_from == len(taken)
            taken += status.columns
    assert len(taken) <= recorder.status().samples * 20 // 16_000 + 1
    stop(recorder)


def test_a_line_to_nobody_is_cut(tmp_path: Path) -> None:
    line = Line(str(tmp_path / "nobody"), KEY)
    with pytest.raises(LineCutError):
        line.ask(b"?", 5)


def test_an_overdue_answer_is_given_later_and_the_question_is_sent_once(tmp_path: Path) -> None:
    with Listener(str(tmp_path / "s"), authkey=KEY) as listener:
        line = Line(str(listener.address), KEY)
        with listener.accept() as server:
            assert line.ask(b"one", 0.05) is None
            assert line.ask(b"two", 0.05) is None
            assert server.recv_bytes() == b"one"
            assert not server.poll(0.1)
            server.send_bytes(b"first")
            until(lambda: line.ask(b"two", 0.05) == b"first", "the answer to the first question")
            assert line.ask(b"three", 0.05) is None
            assert server.recv_bytes() == b"three"
        with pytest.raises(LineCutError):
            until(lambda: line.ask(b"four", 0.05), "the end of the line is noticed")


def warnings(count: int) -> tuple[PulseWarning, ...]:
    return tuple(
        PulseWarning("clipped", at, "2026-11-23T14:05:09.000000Z", recording="r-1") for at in range(count)
    )


def test_warnings_that_were_taken_are_not_sent_again() -> None:
    told = warnings(8640)
    status = RecorderStatus(RecorderState.RECORDING, warnings=told)
    first = encode_status(status)
    assert decode_status(first) == status
    later = replace(status, warnings=(*told, *warnings(1)))
    answer = encode_status(later, len(told))
    assert len(answer) < 2000 < len(first)
    assert decode_status(answer, told) == later
    # An answer that was overdue says again what has come meanwhile: nothing is doubled.
    assert decode_status(encode_status(later, 100), later.warnings) == later


def test_what_an_older_version_asks_and_answers_is_understood() -> None:
    status = RecorderStatus(RecorderState.RECORDING, warnings=warnings(3))
    assert "warnings_from" not in json.loads(encode_status(status))
    assert decode_status(encode_status(status), warnings(2)) == status


def test_a_window_has_all_warnings_of_a_recorder_and_is_sent_each_of_them_once(tmp_path: Path) -> None:
    sf.write(tmp_path / "loud.wav", np.full(16_000 * 60, 32_767, dtype=np.int16), 16_000)
    recorder = launch(plan_for(tmp_path, f"file:{tmp_path / 'loud.wav'}"))
    try:
        until(lambda: len(recorder.status().warnings) >= 2, "too loud is said twice")
        running = only_running(tmp_path)
        with Client(running.address, authkey=running.key) as connection:
            connection.send_bytes(status_request(0, 2))
            answer = json.loads(connection.recv_bytes())
        assert answer["warnings_from"] == 2
        assert len(answer["warnings"]) == len(recorder.status().warnings) - 2
        stop(recorder)
        codes = [warning.code for warning in recorder.status().warnings]
        pulses = read_pulses(next(tmp_path.rglob("pulse.jsonl")))
        assert codes == [line["code"] for line in pulses.lines if line["kind"] == "warning"]
    finally:
        recorder.kill()
