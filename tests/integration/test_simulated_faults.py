"""The developers' switch: each fault is what it says; the recording survives it, marked as simulated."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chaos.faults import noise_played
from chaos.stage import Stage, ended_well, stage
from evidencedesk.capture.simulated_faults import VARIABLE, Fault, FaultName, read_faults
from evidencedesk.domain.pulse import StopReason, WarningCode

needs_sound = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


def test_faults_are_read_with_their_times() -> None:
    assert read_faults("device-lost@3, silent@5.5+4") == (
        Fault(FaultName.DEVICE_LOST, 3.0, 3.0),
        Fault(FaultName.SILENT, 5.5, 4.0),
    )
    assert read_faults("") == ()


@pytest.mark.parametrize("text", ["device-lost", "nonsense@3", "silent@x", "silent@1+", "@1"])
def test_what_is_no_fault_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_faults(text)


@needs_sound
@pytest.mark.parametrize(
    ("fault", "codes"),
    [
        ("device-lost@1+1", [WarningCode.DEVICE_LOST, WarningCode.REOPENED]),
        ("stalled@1+1.5", [WarningCode.STALLED]),
        ("silent@1+3", [WarningCode.SILENT]),
        ("clock-jump@1", [WarningCode.CLOCK_JUMPED]),
        ("recorder-killed@1.5", [WarningCode.RECORDER_LOST]),
    ],
)
def test_a_fault_is_said_and_survived(
    fault: str, codes: list[WarningCode], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, fault)
    with stage(tmp_path) as set_up, noise_played(set_up):
        follower = set_up.record()
        for code in codes:
            follower.noticed(code)
        follower.takes_sound_again()
        follower.stop()
        assert ended_well(follower)
        _is_marked_simulated(set_up)


@needs_sound
def test_a_full_disk_ends_the_recording_in_good_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "disk-full@1")
    with stage(tmp_path) as set_up, noise_played(set_up):
        follower = set_up.record()
        follower.until(lambda: follower.live.finished, "the end")
        follower.leave()
        assert WarningCode.DISK_NEARLY_FULL in follower.codes()
        assert follower.status.sealed is not None
        assert follower.status.sealed.reason is StopReason.DISK


@needs_sound
def test_a_frozen_recorder_is_seen_and_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "recorder-frozen@1.5")
    with stage(tmp_path) as set_up, noise_played(set_up):
        follower = set_up.record()
        follower.until(lambda: not follower.status.answering, "silence is seen")
        follower.live.kill()
        follower.noticed(WarningCode.RECORDER_LOST)
        follower.takes_sound_again()
        follower.stop()
        assert ended_well(follower)


def _is_marked_simulated(set_up: Stage) -> None:
    recordings = set_up.desk.store.case_file(set_up.case).recordings
    assert recordings
    assert all(recording.simulated for recording in recordings), "nobody may take it for a real one"
