"""What goes wrong at the end, or inside the program, is said and never hidden."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from evidencedesk.capture import recorder as recorder_module
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.capture.sound_file import SoundFile
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecorderState, RecoveredSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, noise, plan_for, until

BLOCK = np.random.default_rng(4).integers(-500, 500, size=800, dtype=np.int16)


def started(library: Path, blocks: int = 20) -> tuple[LocalRecorder, CommandedSource, Path]:
    source = CommandedSource()
    plan = plan_for(library, "commanded")
    recorder = LocalRecorder(plan, SystemClock(), source)
    recorder.start()
    for _ in range(blocks):
        source.give(BLOCK)
    until(lambda: recorder.status().samples == blocks * 800, "all is taken")
    return recorder, source, Path(plan.folder)


def test_a_file_that_reads_back_differently_is_said_and_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(self: SoundFile) -> tuple[str, str, int]:
        return ("0" * 64, *self.hash_and_lock())

    monkeypatch.setattr(SoundFile, "reread", other)
    recorder, _, folder = started(tmp_path)
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    assert "reread-differs" in [warning.code for warning in recorder.status().warnings]
    stop = read_pulses(folder / "pulse.jsonl").stop
    assert stop is not None
    assert stop["reread_pcm_sha256"] == "0" * 64 != stop["pcm_sha256"]


def test_a_file_that_can_not_be_read_back_is_said_and_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = SoundFile.close

    def close_and_spoil(self: SoundFile) -> str:
        digest = close(self)
        (tmp_path / "cases/c-00000001/recordings/r-00000001/audio.flac").write_bytes(b"no flac")
        return digest

    monkeypatch.setattr(SoundFile, "close", close_and_spoil)
    recorder, _, folder = started(tmp_path)
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    assert "reread-differs" in [warning.code for warning in recorder.status().warnings]
    stop = read_pulses(folder / "pulse.jsonl").stop
    assert stop is not None
    assert stop["reread_pcm_sha256"] == ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_the_writer_ends_as_a_program_error_and_loses_nothing_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder, source, folder = started(tmp_path)
    until(lambda: recorder.status().saved_samples > 0, "something is saved")
    saved = recorder.status().saved_samples
    # The exception goes on to threading.excepthook, which the window shows; here it is expected.
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda facts: seen.append(facts.exc_type))
    monkeypatch.setattr(recorder_module, "peak_and_rms", lambda _pcm: 1 // 0)
    source.give(BLOCK)
    assert recorder.wait(20)
    until(lambda: seen == [ZeroDivisionError], "the bug is shown, not swallowed")
    status = recorder.status()
    assert status.state is RecorderState.FAILED
    assert status.error == Code.PROGRAM_ERROR
    assert "ZeroDivisionError" in dict(status.error_facts)["detail"]
    outcome = recover_recording(folder, SystemClock())
    assert isinstance(outcome, RecoveredSound)
    assert outcome.samples >= saved


def test_an_fsync_that_fails_ends_the_recording_instead_of_promising(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder, _, folder = started(tmp_path)

    def refuse(_self: SoundFile) -> None:
        raise Known(Code.INPUT_OUTPUT, path="x", detail="Input/output error")

    monkeypatch.setattr(SoundFile, "flush", refuse)
    before = read_pulses(folder / "pulse.jsonl").last_pulse
    assert recorder.wait(20)
    assert recorder.status().error == Code.INPUT_OUTPUT
    pulses = read_pulses(folder / "pulse.jsonl")
    assert pulses.last_pulse == before
    assert pulses.lines[-1]["code"] == "disk-failed"


def test_two_stops_and_a_lost_device_at_once_make_one_end(tmp_path: Path) -> None:
    recorder, source, folder = started(tmp_path)
    recorder.request_stop(StopReason.USER)
    recorder.request_stop(StopReason.SIGNAL)
    source.end(StopReason.DEVICE_LOST)
    assert recorder.wait(20)
    ends = [line for line in read_pulses(folder / "pulse.jsonl").lines if line["kind"] == "stop"]
    assert len(ends) == 1


def test_a_source_that_can_not_start_leaves_the_folder_free(tmp_path: Path) -> None:
    class Refusing(CommandedSource):
        def start(self, on_block: object, on_end: object) -> None:
            raise Known(Code.DEVICE_BUSY, device="x", detail="busy")

    noise(tmp_path / "n.wav", 0.1)
    plan = plan_for(tmp_path, "commanded")
    with pytest.raises(Known) as raised:
        LocalRecorder(plan, SystemClock(), Refusing()).start()
    assert raised.value.code is Code.DEVICE_BUSY
    assert recover_recording(Path(plan.folder), SystemClock()) is None


@pytest.mark.parametrize("fails", [False, True])
def test_whoever_reads_that_it_has_ended_may_recover_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    recorder, _, folder = started(tmp_path)
    until(lambda: recorder.status().saved_samples > 0, "something is saved")
    if fails:
        monkeypatch.setattr(SoundFile, "size", lambda _self: (folder / "gone").stat().st_size)
    else:
        recorder.request_stop(StopReason.USER)
    while recorder.status().state not in (RecorderState.STOPPED, RecorderState.FAILED):
        pass
    assert recover_recording(folder, SystemClock()) is not None
    assert recorder.wait(20)
    assert (recorder.status().state is RecorderState.FAILED) is fails
