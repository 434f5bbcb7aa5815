"""A call on this computer: two legs, each exactly what its side said, and nothing of the other."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from chaos.stage import Noise, Stage, stage
from evidencedesk.domain.case import Leg, Mode
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.workflows.record_encounter import RecordOptions

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


def play(set_up: Stage, noise: Noise, sink: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["paplay", f"--device={sink}", str(noise.path)], env=set_up.server.env)


def test_both_sides_are_recorded_sample_by_sample_without_crosstalk(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        mine, theirs = Noise(tmp_path / "mine.wav", 3, seed=1), Noise(tmp_path / "theirs.wav", 3, seed=2)
        call = set_up.record(RecordOptions(far_source="default"), Mode.CALL)
        players = [play(set_up, mine, "micbus"), play(set_up, theirs, "spk")]
        for player in players:
            player.wait(20)
        time.sleep(0.5)
        call.stop()
        file = set_up.desk.store.case_file(set_up.case)
        assert [(one.leg, one.device, one.channels) for one in file.recordings] == [
            (Leg.NEAR, "USB_Microphone", 1),
            (Leg.FAR, "Monitor of Speakers", 2),
        ]
        assert all(one.samples for one in file.recordings)
        encounter = call.live.encounter
        near, far = set_up.sound(encounter, "near"), set_up.sound(encounter, "far")
    assert mine.missing_s(near) == 0
    assert theirs.missing_s(far) == 0
    assert np.count_nonzero(mine.places(near[0]) >= 0) >= len(mine.samples) - 3
    assert not (theirs.places(near[0]) >= 0).any()
    assert not (mine.places(far[0]) >= 0).any()


def test_without_the_other_side_the_call_is_recorded_and_that_is_said(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        call = set_up.record(RecordOptions(far_source="no-such-monitor"), Mode.CALL)
        call.noticed(WarningCode.FAR_MISSING)
        call.stop()
        file = set_up.desk.store.case_file(set_up.case)
    assert [one.leg for one in file.recordings] == [Leg.NEAR]
    assert [warning.code for warning in file.warnings] == [WarningCode.FAR_MISSING]


def test_parts_follow_each_other_without_losing_a_sample(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        noise = Noise(tmp_path / "noise.wav", 6)
        follower = set_up.record(RecordOptions(part_s=2))
        play(set_up, noise, "micbus").wait(30)
        time.sleep(0.5)
        follower.stop()
        file = set_up.desk.store.case_file(set_up.case)
        parts = set_up.sound(follower.live.encounter)
    assert [one.part for one in file.recordings] == list(range(1, len(file.recordings) + 1))
    assert len(parts) >= 3
    assert noise.missing_s(parts) == 0
    begins = [one.begins_ms for one in file.recordings]
    lengths = [one.duration_ms or 0 for one in file.recordings]
    for begin, length, following in zip(begins, lengths, begins[1:], strict=False):
        assert abs(begin + length - following) <= 250
