"""A disk that really fills up: recording ends with a known error, and everything so far is readable."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecorderState, RecoveredSound
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, noise, plan_for, until


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB of its own."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_ends_the_recording_with_everything_readable(small_disk: Path, tmp_path: Path) -> None:
    played = noise(tmp_path / "played.wav", 20.0, 48_000)[:, 0]
    plan = plan_for(small_disk / "library", "commanded")
    source = CommandedSource(48_000)
    recorder = LocalRecorder(plan, SystemClock(), source)
    recorder.start()
    position = 0
    while recorder.status().state is RecorderState.RECORDING and position < len(played):
        source.give(played[position : position + 4800])
        position += 4800
        until(
            lambda at=position: (
                recorder.status().samples >= at  # type: ignore[misc]
                or recorder.status().state is not RecorderState.RECORDING
            ),
            "the block is taken or refused",
        )
    assert recorder.wait(20)
    status = recorder.status()
    assert status.state is RecorderState.FAILED
    assert status.error == Code.DISK_FULL
    saved = status.saved_samples

    (small_disk / "library" / "ballast").unlink(missing_ok=True)
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    outcome = recover_recording(Path(plan.folder), SystemClock())
    assert isinstance(outcome, RecoveredSound)
    assert outcome.samples >= saved
    heard = sf.read(Path(plan.folder) / outcome.file, dtype="int16")[0]
    assert (heard == played[: len(heard)]).all()


def test_a_disk_that_is_full_from_the_start_refuses_to_record(small_disk: Path) -> None:
    plan = plan_for(small_disk / "library", "commanded")
    with (small_disk / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
        while filler.write(bytes(4096)):
            pass
    with pytest.raises(Known) as raised:
        LocalRecorder(plan, SystemClock(), CommandedSource()).start()
    assert raised.value.code is Code.DISK_FULL
