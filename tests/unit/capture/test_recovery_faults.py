"""Recovery: keeps what was found, gives the same result again, and says what may be missing."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording, unfinished
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecoveredSound, SealedSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, Samples, noise, plan_for, until

CLOCK = SystemClock()


@pytest.fixture
def crashed(tmp_path: Path) -> tuple[Path, Samples]:
    """The folder of a recording as a power cut leaves it (a copy of a running one), and what was played."""
    played = noise(tmp_path / "played.wav", 3.0, 8000)
    source = CommandedSource(8000)
    recorder = LocalRecorder(plan_for(tmp_path / "running", "commanded"), CLOCK, source)
    recorder.start()
    for start in range(0, len(played), 800):
        source.give(played[start : start + 800, 0])
    until(lambda: recorder.status().saved_samples >= 20_000, "a pulse covers nearly all of it")
    left = tmp_path / "library" / "cases" / "c-00000001" / "recordings" / "r-00000001"
    left.mkdir(parents=True)
    for name in ("audio.flac", "pulse.jsonl"):
        shutil.copyfile(tmp_path / "running/cases/c-00000001/recordings/r-00000001" / name, left / name)
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    return left, played


def recovered(folder: Path) -> RecoveredSound:
    outcome = recover_recording(folder, CLOCK)
    assert isinstance(outcome, RecoveredSound)
    return outcome


def test_everything_promised_is_there_and_equal(crashed: tuple[Path, Samples]) -> None:
    folder, played = crashed
    found = (folder / "audio.flac").read_bytes()
    outcome = recovered(folder)

    promise = read_pulses(folder / "pulse.jsonl").last_pulse
    assert promise is not None
    assert outcome.saved_samples == promise["samples"]
    assert outcome.samples >= outcome.saved_samples
    assert outcome.agrees_with_pulses
    heard = sf.read(folder / outcome.file, dtype="int16", always_2d=True)[0]
    assert (heard == played[: len(heard)]).all()
    assert (folder / "audio.flac").read_bytes() == found, "the file stays as it was found"
    assert outcome.found_sha256 == hashlib.sha256(found).hexdigest()
    subprocess.run(["flac", "-t", "-s", "-w", str(folder / outcome.file)], check=True)


def test_a_second_recovery_changes_nothing(crashed: tuple[Path, Samples]) -> None:
    folder, _ = crashed
    first = recovered(folder)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.suffix != ".lock"}
    assert recovered(folder) == first
    assert before == {p.name: p.stat().st_mtime_ns for p in folder.iterdir() if p.suffix != ".lock"}
    assert unfinished(folder.parents[3]) == ()


def test_an_interrupted_recovery_is_done_again(crashed: tuple[Path, Samples]) -> None:
    folder, _ = crashed
    whole = recovered(folder)
    # As if it had been killed after the copy and before the note about it.
    (folder / "recovery.json").unlink()
    (folder / "audio.recovered.flac.partial").write_bytes(b"half")
    assert recovered(folder) == whole
    assert not (folder / "audio.recovered.flac.partial").exists()


def test_a_torn_last_line_of_the_pulses_is_no_obstacle(crashed: tuple[Path, Samples]) -> None:
    folder, _ = crashed
    content = (folder / "pulse.jsonl").read_bytes()
    (folder / "pulse.jsonl").write_bytes(content + b'{"kind":"pulse","sam')
    assert recovered(folder).agrees_with_pulses


def test_damage_before_the_last_pulse_is_said(crashed: tuple[Path, Samples]) -> None:
    folder, played = crashed
    content = bytearray((folder / "audio.flac").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 64] = bytes(64)
    (folder / "audio.flac").write_bytes(bytes(content))
    outcome = recovered(folder)
    assert not outcome.agrees_with_pulses
    assert outcome.samples < outcome.saved_samples
    assert outcome.missing_ms > 0
    heard = sf.read(folder / outcome.file, dtype="int16", always_2d=True)[0]
    assert (heard == played[: len(heard)]).all()


def test_nothing_recorded_is_noted_once(tmp_path: Path) -> None:
    folder = Path(plan_for(tmp_path, "x").folder)
    assert unfinished(tmp_path) == (folder,)
    assert recover_recording(folder, CLOCK) is None
    assert unfinished(tmp_path) == ()
    assert recover_recording(folder, CLOCK) is None


def test_a_properly_ended_recording_is_only_read(tmp_path: Path) -> None:
    source = CommandedSource()
    recorder = LocalRecorder(plan_for(tmp_path, "commanded"), CLOCK, source)
    recorder.start()
    source.give(noise(tmp_path / "n.wav", 0.1, 8000)[:, 0])
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    folder = tmp_path / "cases/c-00000001/recordings/r-00000001"
    assert unfinished(tmp_path) == ()
    outcome = recover_recording(folder, CLOCK)
    assert isinstance(outcome, SealedSound)
    assert outcome == recorder.status().sealed
    assert not (folder / "audio.recovered.flac").exists()


def test_a_living_recording_is_refused(tmp_path: Path) -> None:
    source = CommandedSource()
    recorder = LocalRecorder(plan_for(tmp_path, "commanded"), CLOCK, source)
    recorder.start()
    with pytest.raises(Known) as raised:
        recover_recording(tmp_path / "cases/c-00000001/recordings/r-00000001", CLOCK)
    assert raised.value.code is Code.ALREADY_RECORDING
    assert unfinished(tmp_path) == ()
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
