"""Whatever the source does, the recording is closed properly and says what was wrong."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecorderState, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, plan_for, until

BLOCK = np.random.default_rng(4).integers(-500, 500, size=800, dtype=np.int16)


def start(library: Path, source: CommandedSource) -> LocalRecorder:
    recorder = LocalRecorder(plan_for(library, "commanded"), SystemClock(), source)
    recorder.start()
    return recorder


def codes(recorder: LocalRecorder) -> list[str]:
    return [warning.code for warning in recorder.status().warnings]


def finish(recorder: LocalRecorder) -> None:
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)


def test_two_seconds_of_exact_zeros_are_said_once(tmp_path: Path) -> None:
    source = CommandedSource()
    recorder = start(tmp_path, source)
    for _ in range(45):
        source.give(np.zeros(800, dtype=np.int16))
    until(lambda: "silent" in codes(recorder), "the silence is said")
    finish(recorder)
    assert codes(recorder).count("silent") == 1


def test_full_scale_is_called_clipped(tmp_path: Path) -> None:
    source = CommandedSource()
    recorder = start(tmp_path, source)
    source.give(np.full(800, 32_767, dtype=np.int16))
    until(lambda: "clipped" in codes(recorder), "clipping is said")
    finish(recorder)


def test_an_overflow_of_the_device_is_said_and_flagged_in_the_pulse(tmp_path: Path) -> None:
    source = CommandedSource()
    recorder = start(tmp_path, source)
    source.give(BLOCK, overflow=True)
    until(lambda: "overflow" in codes(recorder), "the overflow is said")
    finish(recorder)


def test_a_source_that_stops_giving_is_called_stalled_and_goes_on(tmp_path: Path) -> None:
    source = CommandedSource()
    recorder = start(tmp_path, source)
    source.give(BLOCK)
    until(lambda: "stalled" in codes(recorder), "the stall is said")
    source.give(BLOCK)
    until(lambda: recorder.status().samples == 1600, "sound goes on")
    finish(recorder)
    assert recorder.status().state is RecorderState.STOPPED


def test_a_lost_device_that_never_comes_back_leaves_a_sealed_file_with_a_gap_at_its_end(
    tmp_path: Path,
) -> None:
    source = CommandedSource()
    recorder = start(tmp_path, source)
    for _ in range(30):
        source.give(BLOCK)
    source.end(StopReason.DEVICE_LOST)
    until(lambda: not recorder.status().taking, "the loss is seen")
    assert recorder.status().state is RecorderState.RECORDING
    time.sleep(0.3)
    finish(recorder)
    assert "device-lost" in codes(recorder)
    folder = tmp_path / "cases/c-00000001/recordings/r-00000001"
    assert len(sf.read(folder / "audio.flac")[0]) == 30 * 800
    pulses = read_pulses(folder / "pulse.jsonl")
    assert pulses.stop is not None
    (gap,) = [line for line in pulses.lines if line["kind"] == "gap"]
    assert gap["at_samples"] == 30 * 800
    assert 300 <= gap["length_ms"] < 10_000
    assert gap["code"] == "device-lost"


def test_a_frozen_sound_server_can_not_keep_the_file_open(tmp_path: Path) -> None:
    source = CommandedSource(hangs=True)
    recorder = start(tmp_path, source)
    source.give(BLOCK)
    until(lambda: recorder.status().samples == 800, "the block is taken")
    finish(recorder)
    assert recorder.status().state is RecorderState.STOPPED
    source.released.set()


def test_a_recorder_in_a_folder_with_a_recording_refuses(tmp_path: Path) -> None:
    source = CommandedSource()
    recorder = start(tmp_path, source)
    again = LocalRecorder(
        plan=plan_for(tmp_path, "commanded", "r-00000002"), clock=SystemClock(), source=CommandedSource()
    )
    folder = tmp_path / "cases/c-00000001/recordings/r-00000002"
    (folder / "pulse.jsonl").write_text("evidence", encoding="utf-8")
    with pytest.raises(Known):
        again.start()
    assert (folder / "pulse.jsonl").read_text("utf-8") == "evidence"
    finish(recorder)


def test_a_place_that_is_no_folder_is_named(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "commanded")
    Path(plan.folder).rmdir()
    Path(plan.folder).write_text("a file", encoding="utf-8")
    with pytest.raises(Known) as raised:
        LocalRecorder(plan, SystemClock(), CommandedSource()).start()
    assert raised.value.code is Code.INPUT_OUTPUT
