"""Faults of the disk: full, broken; only the recordings' one, or the one with the whole library."""

from __future__ import annotations

import json
import time
from pathlib import Path

from chaos.disks import (
    SMALL,
    break_file_system,
    disk_for_cases,
    disk_for_library,
    disk_image,
    fill,
    mount_again,
)
from chaos.judge import AT_ONCE_S, PATIENT_END_S, Bounds, Fault, Loss, complaints, judge, outcome
from chaos.playing import Playing, noise_at
from chaos.stage import Follower, Outcome, Stage
from evidencedesk.custody.kept import read_kept
from evidencedesk.domain.case import RecordingState
from evidencedesk.domain.pulse import PULSE_FILE, PulseKind, RecorderState, StopReason, WarningCode
from evidencedesk.workflows.record_encounter import RecordOptions
from evidencedesk.workflows.recover_recordings import recover_all
from fakes.recordings import heard

# What had not been forced to the disk when it failed: a flush is due each fifth of a second.
_UNFLUSHED_S = 0.5
_OVER = (RecordingState.STOPPED, RecordingState.RECOVERED)
_ENDED = (RecorderState.STOPPED, RecorderState.FAILED)


def disk_fills(stage: Stage) -> Outcome:
    """The disk of the recordings fills up: the recording ends in good order, with room to close."""
    with disk_for_cases(stage, *SMALL) as disk, noise_at(stage) as noise:
        follower = stage.record()
        follower.hears_noise()
        time.sleep(1)
        last, filled = noise.place(), time.monotonic()
        fill(disk)
        noticed_s = follower.until(lambda: follower.live.finished, "the end") - filled
        follower.leave()
        loss = _loss(stage, follower, noise, noticed_s, last)
    return judge(
        follower,
        "disk full",
        loss,
        Bounds(soon_s=PATIENT_END_S),
        message=stage.say(WarningCode.DISK_NEARLY_FULL),
        reason=StopReason.DISK,
    )


def disk_fills_with_second_copy(stage: Stage) -> Outcome:
    """The same with a second copy on another drive: the recording goes on there and comes home."""
    with disk_for_cases(stage, *SMALL) as disk, noise_at(stage) as noise:
        follower = stage.record(RecordOptions(second_folder=str(stage.folder / "usb")))
        follower.hears_noise()
        time.sleep(1)
        filled = time.monotonic()
        filler = fill(disk)
        noticed_s = follower.noticed(WarningCode.MAIN_LOST) - filled
        time.sleep(1)
        filler.unlink()
        last = noise.place()
        follower.stop()
        loss = _loss(stage, follower, noise, noticed_s, last)
    bounds = Bounds(soon_s=PATIENT_END_S)
    return judge(follower, "disk full, second copy", loss, bounds, message=stage.say(WarningCode.MAIN_LOST))


def disk_turns_read_only(stage: Stage) -> Outcome:
    """The file system finds an error and refuses every write, as ext4 does; a second copy goes on."""
    with disk_for_cases(stage, "-o", "loop", str(disk_image(stage))) as place, noise_at(stage) as noise:
        follower = stage.record(RecordOptions(second_folder=str(stage.folder / "usb")))
        follower.hears_noise()
        time.sleep(1)
        broken = time.monotonic()
        break_file_system(place)
        noticed_s = follower.noticed(WarningCode.MAIN_LOST) - broken
        time.sleep(1)
        last = noise.place()
        follower.stop()
        copies = sorted((stage.folder / "usb").rglob("audio.flac"))
        lost_s = noise.missing_s([heard(copy)[:, 0] for copy in copies], last)
        loss = Loss(noticed_s, lost_s, stage.told_s(follower.live.encounter))
    message = stage.say(WarningCode.MAIN_LOST)
    return judge(follower, "disk read-only, 2nd copy", loss, Bounds(), message=message)


def library_disk_fills(stage: Stage) -> Outcome:
    """The disk with the whole library fills up to the last byte; there is room again at the next start."""
    with disk_for_library(stage, *SMALL) as disk, noise_at(stage) as noise:
        follower = _recording(stage)
        last, filled = noise.place(), time.monotonic()
        filler = fill(disk, leave_bytes=0)
        noticed_s = follower.until(lambda: follower.status.state in _ENDED, "the end") - filled
        _window_is_closed(stage, follower)
        filler.unlink()
        return _next_start(stage, follower, noise, "library's disk full", noticed_s, last)


def library_disk_turns_read_only(stage: Stage) -> Outcome:
    """The disk with the whole library turns read-only; the computer is restarted, which repairs it."""
    image = disk_image(stage)
    with disk_for_library(stage, "-o", "loop", str(image)) as place, noise_at(stage) as noise:
        follower = _recording(stage)
        last, broken = noise.place(), time.monotonic()
        break_file_system(place)
        noticed_s = follower.until(lambda: follower.status.state in _ENDED, "the end") - broken
        _window_is_closed(stage, follower)
        mount_again(stage, image)
        return _next_start(stage, follower, noise, "library's disk read-only", noticed_s, last)


def _recording(stage: Stage) -> Follower:
    follower = stage.record()
    follower.hears_noise()
    # Two pulses more: what the journal knows and what only the sound's folder knows is to differ.
    saved = follower.status.saved_samples
    follower.until(lambda: follower.status.saved_samples > saved + 2 * 48_000, "two more seconds are saved")
    return follower


def _window_is_closed(stage: Stage, follower: Follower) -> None:
    """It had a moment to write down what it was told, and could not."""
    time.sleep(0.5)
    follower.leave()
    stage.close_library()


def _next_start(
    stage: Stage, follower: Follower, noise: Playing, fault: str, noticed_s: float, last: int
) -> Outcome:
    """The program is started again on a disk that takes writes: all of it has to be in the journal."""
    stage.open_library()
    recover_all(stage.desk)
    loss = _loss(stage, follower, noise, noticed_s, last)
    bounds = Bounds(_UNFLUSHED_S, AT_ONCE_S + 1)
    wrong = complaints(loss, bounds) + _not_journaled(stage)
    return outcome(fault, loss, stage.say_error(follower.status), wrong)


def _not_journaled(stage: Stage) -> list[str]:
    """What the journal does not know although it is over, and what of the pulse journals it has not."""
    case = stage.desk.store.case_file(stage.case)
    found = [f"{one.id} is not closed" for one in case.encounters if one.closed is None]
    found += [
        f"{one.id} is {one.state} with {one.samples} samples"
        for one in case.recordings
        if one.state not in _OVER or not one.samples
    ]
    if not case.recordings:
        found.append("no recording is known")
    journaled = {(one.recording, one.code) for one in case.warnings}
    for folder in (stage.library / "cases").glob("*/recordings/*"):
        said = {(folder.name, code) for code in _warnings_of(folder)}
        found += [f"{code} is not in the journal" for _, code in sorted(said - journaled)]
    found += [f"journal: {one}" for one in stage.desk.store.check()]
    return found


def _warnings_of(folder: Path) -> list[str]:
    lines = []
    for line in read_kept(folder / PULSE_FILE).splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue  # the last line, cut off
    return [line["code"] for line in lines if line["kind"] == PulseKind.WARNING]


def _loss(stage: Stage, follower: Follower, noise: Playing, noticed_s: float, last: int) -> Loss:
    encounter = follower.live.encounter
    return Loss(noticed_s, noise.missing_s(stage.sound(encounter), last), stage.told_s(encounter))


DISK_FAULTS: tuple[Fault, ...] = (
    disk_fills,
    disk_fills_with_second_copy,
    disk_turns_read_only,
    library_disk_fills,
    library_disk_turns_read_only,
)
