"""A drive that is unmounted, or a folder renamed, under a recording: the open files still take sound."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.part import Part
from evidencedesk.capture.part_folder import second_place
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.domain.errors import Code
from evidencedesk.domain.pulse import RecorderState, RecordingPlan, RecoveredSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, plan_for, until

RATE_HZ = 48_000
BLOCK = 4800
NOISE = np.random.default_rng(8).integers(-20_000, 20_000, size=RATE_HZ * 60, dtype=np.int16)


class Speaker:
    """Gives noise to a recorder, block after block."""

    def __init__(self, plan: RecordingPlan, part_type: type[Part] = Part) -> None:
        self.source = CommandedSource(RATE_HZ)
        self.recorder = LocalRecorder(plan, SystemClock(), self.source, part_type=part_type)
        self.recorder.start()
        self.given = 0

    def say_until_a_second_is_saved(self) -> None:
        """At least one pulse comes after what was said first."""
        wanted = self.given + RATE_HZ
        while self.recorder.status().saved_samples < wanted:
            self.source.give(NOISE[self.given : self.given + BLOCK])
            self.given += BLOCK
            until(
                lambda: (
                    self.recorder.status().samples >= self.given
                    or self.recorder.status().state is not RecorderState.RECORDING
                ),
                "the block is taken",
            )
            assert self.recorder.status().state is RecorderState.RECORDING
            assert self.given < len(NOISE) - BLOCK, self.codes()

    def codes(self) -> list[str]:
        return [warning.code for warning in self.recorder.status().warnings]

    def stop(self) -> None:
        self.recorder.request_stop(StopReason.USER)
        assert self.recorder.wait(30)


class NoDescriptor:
    """The real thing: nothing is open under this number."""

    def fileno(self) -> int:
        return -1

    def push(self) -> None:
        """Nothing waits."""

    def abandon(self) -> None:
        """Nothing is open."""


class DumbDiskPart(Part):
    """A part whose first disk does not answer how much room it has."""

    def room(self) -> int | None:
        if not self.alone:
            sound, kept = self._sound, self._sound._kept
            sound._kept = NoDescriptor()  # type: ignore[assignment]
            try:
                return super().room()
            finally:
                if self.alone:
                    kept.abandon()
                else:
                    sound._kept = kept
        return super().room()


@pytest.mark.skipif(os.name == "nt", reason="Windows renames no folder with open files")
def test_the_recording_goes_on_while_its_folder_has_another_name(tmp_path: Path) -> None:
    library = tmp_path / "library"
    speaker = Speaker(plan_for(library, "commanded"))
    speaker.say_until_a_second_is_saved()
    library.rename(tmp_path / "elsewhere")
    speaker.say_until_a_second_is_saved()
    (tmp_path / "elsewhere").rename(library)
    speaker.stop()
    status = speaker.recorder.status()
    assert status.state is RecorderState.STOPPED
    assert speaker.codes() == []
    (sound,) = library.rglob("audio.flac")
    assert (sf.read(sound, dtype="int16")[0] == NOISE[: speaker.given]).all()


@pytest.mark.skipif(os.name == "nt", reason="Windows renames no folder with open files")
def test_a_folder_that_is_gone_at_the_end_leaves_the_second_copy_which_is_sealed(tmp_path: Path) -> None:
    library = tmp_path / "library"
    plan = replace(plan_for(library, "commanded"), second_folder=str(tmp_path / "usb"))
    speaker = Speaker(plan)
    speaker.say_until_a_second_is_saved()
    library.rename(tmp_path / "elsewhere")
    speaker.say_until_a_second_is_saved()
    speaker.stop()
    status = speaker.recorder.status()
    assert status.state is RecorderState.STOPPED
    assert status.sealed is not None
    assert status.sealed.copy == "alone"
    assert speaker.codes() == ["main-lost"]
    assert (sf.read(second_place(plan) / "audio.flac", dtype="int16")[0] == NOISE[: speaker.given]).all()


@pytest.mark.skipif(os.name == "nt", reason="Windows renames no folder with open files")
def test_a_folder_that_is_gone_at_the_end_without_a_second_copy_is_recovered_where_it_is(
    tmp_path: Path,
) -> None:
    library = tmp_path / "library"
    plan = plan_for(library, "commanded")
    speaker = Speaker(plan)
    speaker.say_until_a_second_is_saved()
    library.rename(tmp_path / "elsewhere")
    speaker.stop()
    assert speaker.recorder.status().error == Code.INPUT_OUTPUT
    (tmp_path / "elsewhere").rename(library)
    outcome = recover_recording(Path(plan.folder), SystemClock())
    assert isinstance(outcome, RecoveredSound)
    assert outcome.samples == speaker.given


@pytest.mark.skipif(not hasattr(os, "fstatvfs"), reason="the system asks by name")
def test_a_disk_that_does_not_say_its_room_is_warned_of_once_and_written_to(tmp_path: Path) -> None:
    speaker = Speaker(plan_for(tmp_path, "commanded"), DumbDiskPart)
    for _ in range(3):
        speaker.say_until_a_second_is_saved()
    speaker.stop()
    assert speaker.recorder.status().state is RecorderState.STOPPED
    assert speaker.codes() == ["room-unknown"]


@pytest.mark.skipif(not hasattr(os, "fstatvfs"), reason="the system asks by name")
def test_a_disk_that_does_not_say_its_room_is_left_for_the_second_copy(tmp_path: Path) -> None:
    plan = replace(plan_for(tmp_path, "commanded"), second_folder=str(tmp_path / "usb"))
    speaker = Speaker(plan, DumbDiskPart)
    for _ in range(2):
        speaker.say_until_a_second_is_saved()
    speaker.stop()
    status = speaker.recorder.status()
    assert status.sealed is not None
    assert status.sealed.copy == "alone"
    assert speaker.codes() == ["main-lost"]
    assert (sf.read(second_place(plan) / "audio.flac", dtype="int16")[0] == NOISE[: speaker.given]).all()
