"""A disk that really fills up: everything so far is readable, and a second place goes on."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evidencedesk.capture.part_folder import second_place
from evidencedesk.capture.process import write_plan
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.capture.source import AudioSource, SourceFacts
from evidencedesk.custody.pulses import read_kept_pulses
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.pulse import RecorderState, RecordingPlan, RecoveredSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, Samples, plan_for, recover, until
from fakes.recordings import heard as samples_of

pytestmark = pytest.mark.usefixtures("either_library")

NOISE = np.random.default_rng(3).integers(-20_000, 20_000, size=48_000 * 120, dtype=np.int16)
BLOCK = 4800


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 40 MB of its own."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, leave_bytes: int = 0) -> Path:
    """Something else takes the room."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - leave_bytes
        file.write(bytes(max(0, room)))
        while not leave_bytes and file.write(bytes(4096)):
            pass
    return filler


class Speaker:
    """Gives noise to a recorder, block after block."""

    def __init__(self, plan: RecordingPlan, other: CommandedSource | None = None) -> None:
        self.source = CommandedSource(48_000)

        def open_other(_name: str) -> AudioSource:
            if other is None:
                raise MachineFailure(Code.NO_MICROPHONE)
            self.source = other
            return other

        self.recorder = LocalRecorder(plan, SystemClock(), self.source, opener=open_other)
        self.recorder.start()
        self.given = 0

    def say(self, blocks: int) -> None:
        """Blocks that are taken, or refused."""
        before = sum(part.samples for part in self.recorder.status().parts)
        for _ in range(blocks):
            self.source.give(NOISE[self.given : self.given + BLOCK])
            self.given += BLOCK
        until(
            lambda: (
                sum(part.samples for part in self.recorder.status().parts) >= before + blocks * BLOCK
                or self.recorder.status().state is not RecorderState.RECORDING
            ),
            "the blocks are taken or refused",
        )

    def say_until_the_end(self) -> None:
        """On and on, until the recorder ends."""
        while self.recorder.status().state is RecorderState.RECORDING:
            assert self.given < len(NOISE) - BLOCK
            self.say(1)
        assert self.recorder.wait(30)


def heard(path: Path) -> Samples:
    return samples_of(path)[:, 0]


def test_a_disk_that_fills_slowly_ends_in_a_sealed_recording(small_disk: Path) -> None:
    plan = plan_for(small_disk / "library", "commanded")
    speaker = Speaker(plan)
    speaker.say(30)
    fill(small_disk, leave_bytes=7_000_000)
    speaker.say_until_the_end()
    status = speaker.recorder.status()
    assert status.state is RecorderState.STOPPED
    assert status.sealed is not None
    assert status.sealed.reason is StopReason.DISK
    assert "disk-nearly-full" in [warning.code for warning in status.warnings]
    sound = heard(Path(plan.folder) / "audio.flac")
    assert len(sound) == status.sealed.samples
    assert (sound == NOISE[: len(sound)]).all()
    assert not (Path(plan.folder) / "ballast").exists()


def test_a_disk_that_is_full_at_once_keeps_what_was_saved_and_says_so_in_the_room_of_the_ballast(
    small_disk: Path,
) -> None:
    plan = plan_for(small_disk / "library", "commanded")
    speaker = Speaker(plan)
    assert (Path(plan.folder) / "ballast").stat().st_size == 1_000_000
    speaker.say(20)
    until(lambda: speaker.recorder.status().saved_samples > 0, "something is saved")
    filler = fill(small_disk)
    speaker.say_until_the_end()
    status = speaker.recorder.status()
    assert status.state is RecorderState.FAILED
    assert status.error == Code.DISK_FULL
    assert read_kept_pulses(Path(plan.folder) / "pulse.jsonl").lines[-1]["code"] == "disk-failed"

    filler.unlink()
    outcome = recover(plan.folder)
    assert isinstance(outcome, RecoveredSound)
    assert outcome.samples >= status.saved_samples
    sound = heard(Path(plan.folder) / outcome.file)
    assert (sound == NOISE[: len(sound)]).all()


def test_a_disk_that_is_full_from_the_start_refuses_to_record(small_disk: Path) -> None:
    plan = plan_for(small_disk / "library", "commanded")
    fill(small_disk)
    with pytest.raises(Known) as raised:
        LocalRecorder(plan, SystemClock(), CommandedSource()).start()
    assert raised.value.code is Code.DISK_FULL


@pytest.mark.parametrize("left", [7_000_000, 0], ids=["slowly", "at once"])
def test_when_the_first_disk_is_full_the_second_copy_goes_on_and_is_brought_home(
    small_disk: Path, tmp_path: Path, left: int
) -> None:
    plan = replace(plan_for(small_disk / "library", "commanded"), second_folder=str(tmp_path / "usb"))
    folder = Path(plan.folder)
    write_plan(plan)
    speaker = Speaker(plan)
    speaker.say(20)
    filler = fill(small_disk, left)
    while "main-lost" not in [warning.code for warning in speaker.recorder.status().warnings]:
        speaker.say(1)
    speaker.say(20)
    speaker.recorder.request_stop(StopReason.USER)
    assert speaker.recorder.wait(30)
    status = speaker.recorder.status()
    assert status.state is RecorderState.STOPPED
    assert status.sealed is not None
    assert status.sealed.copy == "alone"
    assert (heard(second_place(plan) / "audio.flac") == NOISE[: speaker.given]).all()

    filler.unlink()
    outcome = recover(folder)
    assert isinstance(outcome, RecoveredSound)
    assert outcome.from_second
    assert outcome.samples == speaker.given
    assert outcome.missing_ms == 0
    assert (heard(folder / outcome.file) == NOISE[: speaker.given]).all()
    pulses = read_kept_pulses(folder / "pulse.jsonl")
    assert pulses.faults == ()
    assert pulses.stop is not None
    assert pulses.sha256 == outcome.pulse_sha256
    assert recover(folder) == outcome


def speaker_left_alone(small_disk: Path, usb: Path, other: CommandedSource | None = None) -> Speaker:
    """A recording of which only the second copy goes on, since the first disk is full to the last byte."""
    plan = replace(
        plan_for(small_disk / "library", "commanded"), second_folder=str(usb), part_s=4, fallback=True
    )
    write_plan(plan)
    speaker = Speaker(plan, other)
    speaker.say(20)
    fill(small_disk)
    while "main-lost" not in codes(speaker):
        speaker.say(1)
    return speaker


def codes(speaker: Speaker) -> list[str]:
    return [warning.code for warning in speaker.recorder.status().warnings]


def test_alone_on_the_second_disk_a_new_part_is_begun_there_and_brought_home(
    small_disk: Path, tmp_path: Path
) -> None:
    speaker = speaker_left_alone(small_disk, tmp_path / "usb")
    while len(speaker.recorder.status().parts) < 3:
        speaker.say(1)
    speaker.say(5)
    speaker.recorder.request_stop(StopReason.USER)
    assert speaker.recorder.wait(30)
    status = speaker.recorder.status()
    assert status.state is RecorderState.STOPPED
    assert [part.sealed.copy for part in status.parts if part.sealed] == ["alone"] * 3
    assert "part-failed" not in codes(speaker)

    (small_disk / "filler").unlink()
    outcomes = [recover(part.folder) for part in status.parts]
    sounds = []
    for part, outcome in zip(status.parts, outcomes, strict=True):
        assert isinstance(outcome, RecoveredSound)
        assert (outcome.from_second, outcome.missing_ms, outcome.agrees_with_pulses) == (True, 0, True)
        sounds.append(heard(Path(part.folder) / outcome.file))
    assert (np.concatenate(sounds) == NOISE[: speaker.given]).all()


def test_alone_on_the_second_disk_another_microphone_gets_a_part_of_its_own(
    small_disk: Path, tmp_path: Path
) -> None:
    other = CommandedSource(48_000)
    other.facts = SourceFacts("Other", "other", 48_000, 1, simulated=False)
    speaker = speaker_left_alone(small_disk, tmp_path / "usb", other)
    said = speaker.given
    first = speaker.source
    first.end(StopReason.DEVICE_LOST)
    until(lambda: speaker.source is other and other.ready, "the other microphone is opened")
    speaker.say(5)
    speaker.recorder.request_stop(StopReason.USER)
    assert speaker.recorder.wait(30)
    status = speaker.recorder.status()
    assert [part.device for part in status.parts] == ["Commanded", "Other"]
    assert status.parts[0].samples == said
    place = tmp_path / "usb" / "EvidenceDesk" / "c-00000001"
    old, new = (heard(place / part.recording / "audio.flac") for part in status.parts)
    assert (old == NOISE[:said]).all()
    assert (new == NOISE[said : speaker.given]).all()


def test_a_recording_whose_disk_is_away_is_not_called_empty(tmp_path: Path) -> None:
    with pytest.raises(Known) as raised:
        recover_recording(tmp_path / "cases" / "c-00000001" / "recordings" / "r-00000009", SystemClock())
    assert raised.value.code is Code.INPUT_OUTPUT
    assert not (tmp_path / "cases").exists()
