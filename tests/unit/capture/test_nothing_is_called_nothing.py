"""Recovery never reports "nothing recorded" while there is, or was promised, or may yet come, sound."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from evidencedesk.capture.process import write_plan
from evidencedesk.capture.recovery import recover_recording, unfinished
from evidencedesk.capture.remote import launch
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecordingPlan, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import PATIENCE_S, noise, plan_for, until

CLOCK = SystemClock()


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The folder of a recorder process that was killed after its first pulse."""
    noise(tmp_path / "played.wav", 20.0)
    plan = plan_for(tmp_path, f"file:{tmp_path / 'played.wav'}")
    recorder = launch(plan)
    until(lambda: recorder.status().saved_samples > 0, "something is saved")
    recorder.kill()
    until(lambda: unfinished(tmp_path), "its end is noticed")
    return Path(plan.folder)


def test_a_recorder_that_is_just_starting_is_left_alone(tmp_path: Path) -> None:
    noise(tmp_path / "played.wav", 5.0)
    plan: RecordingPlan = plan_for(tmp_path, f"file:{tmp_path / 'played.wav'}")
    folder = Path(plan.folder)
    write_plan(plan)
    assert unfinished(tmp_path) == ()
    assert recover_recording(folder, CLOCK) is None
    assert not (folder / "recovery.json").exists(), "sound may yet come"

    recorder = launch(plan)
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)
    assert recorder.status().sealed is not None


def test_a_plan_that_nobody_took_up_is_nothing_in_the_end(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "x")
    folder = Path(plan.folder)
    write_plan(plan)
    long_ago_s = time.time() - 3600
    os.utime(folder / "plan.json", (long_ago_s, long_ago_s))
    assert unfinished(tmp_path) == (folder,)
    assert recover_recording(folder, CLOCK) is None
    assert (folder / "recovery.json").exists()
    assert unfinished(tmp_path) == ()


def test_sound_without_its_pulse_journal_is_an_error_and_no_nothing(killed: Path) -> None:
    (killed / "pulse.jsonl").write_bytes(b"")
    with pytest.raises(Known) as raised:
        recover_recording(killed, CLOCK)
    assert raised.value.code is Code.FILE_UNREADABLE
    assert not (killed / "recovery.json").exists()
    assert (killed / "audio.flac").stat().st_size > 0


def test_promised_sound_that_is_gone_is_an_error_and_no_nothing(killed: Path) -> None:
    content = (killed / "audio.flac").read_bytes()
    (killed / "audio.flac").write_bytes(bytes(len(content)))
    with pytest.raises(Known) as raised:
        recover_recording(killed, CLOCK)
    assert raised.value.code is Code.FILE_UNREADABLE
    assert not (killed / "recovery.json").exists()


def test_a_folder_that_can_not_be_read_holds_up_no_other(killed: Path) -> None:
    bad = killed.with_name("r-00000000")
    bad.mkdir()
    (bad / "pulse.jsonl").mkdir()
    library = killed.parents[3]
    assert unfinished(library) == (bad, killed)
    with pytest.raises(Known):
        recover_recording(bad, CLOCK)
    assert recover_recording(killed, CLOCK) is not None
