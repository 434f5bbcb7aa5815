"""The developers' switch: each fault is what it says; the recording survives it, marked as simulated."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from chaos.faults import noise_played
from chaos.stage import Stage, ended_well, stage
from evidencedesk.capture.simulated_faults import VARIABLE, Fault, FaultName, read_faults
from evidencedesk.domain.case import Recording, RecordingState
from evidencedesk.domain.pulse import StopReason, WarningCode
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.record_encounter import RecordOptions
from evidencedesk.workflows.verify_folder import verify

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
        ("stalled@1+1,silent@3+3", [WarningCode.STALLED, WarningCode.SILENT]),
    ],
)
def test_a_fault_is_said_and_the_recording_goes_on(
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
        _is_whole_and_called_simulated(set_up, fault)


@needs_sound
@pytest.mark.parametrize("fault", ["disk-full@1", "disk-error@1"])
def test_a_disk_fails_and_the_second_copy_goes_on_alone(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, fault)
    (tmp_path / "usb").mkdir()
    with stage(tmp_path) as set_up, noise_played(set_up):
        follower = set_up.record(RecordOptions(second_folder=str(tmp_path / "usb")))
        follower.noticed(WarningCode.MAIN_LOST)
        follower.takes_sound_again()
        follower.stop()
        assert ended_well(follower)
        _is_whole_and_called_simulated(set_up, fault)


@needs_sound
@pytest.mark.parametrize(
    ("fault", "code", "reason", "state"),
    [
        ("disk-full@1", WarningCode.DISK_NEARLY_FULL, StopReason.DISK, RecordingState.STOPPED),
        ("disk-error@3", WarningCode.DISK_FAILED, None, RecordingState.RECOVERED),
    ],
)
def test_a_disk_fails_and_what_was_heard_is_kept(
    fault: str,
    code: WarningCode,
    reason: StopReason | None,
    state: RecordingState,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, fault)
    with stage(tmp_path) as set_up, noise_played(set_up):
        follower = set_up.record()
        follower.until(lambda: follower.live.finished, "the end")
        follower.leave()
        assert code in follower.codes()
        sealed = follower.status.sealed
        assert (sealed.reason if sealed is not None else None) is reason
        (recording,) = _is_whole_and_called_simulated(set_up, fault)
        assert recording.state is state
        assert (recording.duration_ms or 0) > 500


@needs_sound
def test_a_frozen_recorder_is_seen_and_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = "recorder-frozen@1.5"
    monkeypatch.setenv(VARIABLE, fault)
    with stage(tmp_path) as set_up, noise_played(set_up):
        follower = set_up.record()
        follower.until(lambda: not follower.status.answering, "silence is seen")
        follower.live.kill()
        follower.noticed(WarningCode.RECORDER_LOST)
        follower.takes_sound_again()
        follower.stop()
        assert ended_well(follower)
        _is_whole_and_called_simulated(set_up, fault)


def _is_whole_and_called_simulated(set_up: Stage, fault: str) -> Sequence[Recording]:
    """The journal, the case folder and ``verify`` agree, and nobody may take it for a real one."""
    assert set_up.desk.store.check() == ()
    recordings = set_up.desk.store.case_file(set_up.case).recordings
    assert {one.state for one in recordings} <= {RecordingState.STOPPED, RecordingState.RECOVERED}
    assert all(one.simulated and fault in one.device for one in recordings)
    words = Words("en", resource("locale"))
    folder = export_case(set_up.desk, set_up.case, set_up.folder / "out", words).path
    report = verify(folder)
    assert report.faults == ()
    named = [finding.found for finding in report.findings if finding.code == "simulated"]
    assert len(named) == len(recordings) > 0
    assert all(fault in found for found in named)
    assert "SIMULATED" in (folder / "START-HERE.html").read_text("utf-8")
    return recordings
