"""Every fault that is known to lose recordings, caused for real, with what became of the recording.

``FAULTS`` is the list; ``make chaos`` runs it and prints a table, the tests run it in its short form.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import soundfile as sf

from chaos.stage import Follower, Noise, Outcome, Stage, ended_well
from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.pulse import StopReason, WarningCode
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions, encounters_running

Fault = Callable[[Stage], Outcome]

_AT_ONCE_S = 1.5
# Between a fault and the moment a reopened device gives sound: opening takes a moment, so does a block.
_REOPENING_S = 2.5
# Stopping waits for the last words and reads everything back.
PATIENT_END_S = 4.0


def _judge(
    stage: Stage,
    follower: Follower,
    fault: str,
    noticed_s: float,
    lost_s: float,
    *,
    most_lost_s: float,
    code: str,
    told: bool = True,
    soon_s: float = _AT_ONCE_S,
) -> Outcome:
    """Noticed in time, lost no more than can't be helped, and what is lost is written down."""
    told_s = stage.told_s(follower.live.encounter)
    faults = []
    if noticed_s > soon_s:
        faults.append(f"noticed after {noticed_s:.1f} s")
    if lost_s > most_lost_s:
        faults.append(f"lost {lost_s:.4f} s of at most {most_lost_s:.2f} s")
    if told and abs(told_s - lost_s) > 0.6:
        faults.append(f"said {told_s:.2f} s missing, true are {lost_s:.2f} s")
    if not ended_well(follower):
        faults.append(f"ended {follower.status.state} {follower.status.error}")
    return Outcome(
        fault, noticed_s, lost_s, told_s, stage.say(code) if code else "", not faults, "; ".join(faults)
    )


def _ended_because(outcome: Outcome, follower: Follower, reason: StopReason) -> Outcome:
    """The same, but only good if that was why the recording ended."""
    sealed = follower.status.sealed
    found = sealed.reason if sealed is not None else None
    if found is reason:
        return outcome
    return replace(outcome, good=False, why=f"ended because of {found}; {outcome.why}")


@contextlib.contextmanager
def noise_played(stage: Stage, seconds: float = 60.0) -> Iterator[Noise]:
    """A noise that the microphone hears while the block runs."""
    noise = Noise(stage.folder / "noise.wav", seconds)
    player = subprocess.Popen(
        ["paplay", "--device=micbus", str(noise.path)],
        env=stage.server.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield noise
    finally:
        player.kill()
        player.wait()


def unplugged(stage: Stage) -> Outcome:
    """The microphone is pulled for two seconds; the server moves its stream to another source."""
    follower = stage.record()
    with noise_played(stage) as noise:
        follower.hears_noise()
        time.sleep(1.5)
        pulled = time.monotonic()
        stage.server.unplug()
        noticed_s = follower.noticed(WarningCode.MOVED, WarningCode.DEVICE_LOST) - pulled
        time.sleep(2)
        stage.server.plug_in()
        follower.noticed(WarningCode.REOPENED)
        time.sleep(1)
        follower.stop()
    lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    return _judge(
        stage, follower, "unplugged", noticed_s, lost_s, most_lost_s=2 + _REOPENING_S, code=WarningCode.MOVED
    )


def server_killed(stage: Stage) -> Outcome:
    """The sound server dies and comes back after a second."""
    follower = stage.record()
    killed = time.monotonic()
    stage.server.crash()
    noticed_s = follower.noticed(WarningCode.DEVICE_LOST) - killed
    time.sleep(1)
    stage.server.start()
    follower.noticed(WarningCode.REOPENED)
    back_s = follower.takes_sound_again() - killed
    follower.stop()
    told_s = stage.told_s(follower.live.encounter)
    # Nothing could be heard while there was no server: what counts is that all of it is written down.
    lost_s = min(told_s, back_s)
    return _judge(
        stage,
        follower,
        "server killed",
        noticed_s,
        lost_s,
        most_lost_s=1 + _REOPENING_S,
        code=WarningCode.DEVICE_LOST,
    )


def server_frozen(stage: Stage) -> Outcome:
    """The sound server stands still for four seconds; it keeps what it hears meanwhile."""
    follower = stage.record()
    with noise_played(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        frozen = time.monotonic()
        os.kill(stage.server.pid, signal.SIGSTOP)
        noticed_s = follower.noticed(WarningCode.STALLED) - frozen
        time.sleep(max(0.0, frozen + 4 - time.monotonic()))
        os.kill(stage.server.pid, signal.SIGCONT)
        follower.takes_sound_again()
        time.sleep(2.5)
        follower.stop()
    lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    return _judge(
        stage,
        follower,
        "server frozen",
        noticed_s,
        lost_s,
        most_lost_s=0.0,
        code=WarningCode.STALLED,
        told=False,
    )


def source_suspended(stage: Stage) -> Outcome:
    """The system suspends the microphone for three seconds."""
    follower = stage.record()
    with noise_played(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        suspended = time.monotonic()
        stage.server.ask("suspend-source", "mic", "1")
        noticed_s = follower.noticed(WarningCode.STALLED) - suspended
        time.sleep(max(0.0, suspended + 3 - time.monotonic()))
        stage.server.ask("suspend-source", "mic", "0")
        follower.takes_sound_again()
        time.sleep(2.5)
        follower.stop()
    lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    return _judge(
        stage,
        follower,
        "source suspended",
        noticed_s,
        lost_s,
        most_lost_s=3 + _REOPENING_S,
        code=WarningCode.STALLED,
    )


def muted(stage: Stage) -> Outcome:
    """The microphone is muted in the system's settings."""
    follower = stage.record()
    begun = time.monotonic()
    stage.server.ask("set-source-mute", "mic", "1")
    noticed_s = follower.noticed(WarningCode.MUTED) - begun
    follower.stop()
    return _judge(stage, follower, "muted", noticed_s, 0.0, most_lost_s=0.0, code=WarningCode.MUTED)


def told_to_end(stage: Stage) -> Outcome:
    """The system ends the recorder in good order: logout, update, shutdown."""
    follower = stage.record()
    with noise_played(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        ended = time.monotonic()
        os.kill(stage.pid(follower), signal.SIGTERM)
        noticed_s = follower.until(lambda: follower.live.finished, "the end") - ended
        follower.leave()
    lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    outcome = _judge(
        stage, follower, "SIGTERM", noticed_s, lost_s, most_lost_s=0.0, code="", soon_s=PATIENT_END_S
    )
    return _ended_because(outcome, follower, StopReason.SIGNAL)


def recorder_killed(stage: Stage) -> Outcome:
    """The recorder process is killed outright; another one goes on."""
    follower = stage.record()
    with noise_played(stage) as noise:
        follower.hears_noise()
        time.sleep(2)
        killed = time.monotonic()
        os.kill(stage.pid(follower), signal.SIGKILL)
        noticed_s = follower.noticed(WarningCode.RECORDER_LOST) - killed
        follower.takes_sound_again()
        time.sleep(1)
        follower.stop()
    lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    return _judge(
        stage,
        follower,
        "recorder killed",
        noticed_s,
        lost_s,
        most_lost_s=_REOPENING_S + 1,
        code=WarningCode.RECORDER_LOST,
    )


def recorder_frozen(stage: Stage) -> Outcome:
    """The recorder process stands still; the user restarts it from the red bar."""
    follower = stage.record()
    with noise_played(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        frozen = time.monotonic()
        os.kill(stage.pid(follower), signal.SIGSTOP)
        noticed_s = follower.until(lambda: not follower.status.answering, "silence is seen") - frozen
        follower.live.kill()
        follower.noticed(WarningCode.RECORDER_LOST)
        follower.takes_sound_again()
        time.sleep(1)
        follower.stop()
    lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    return _judge(
        stage,
        follower,
        "recorder frozen",
        noticed_s,
        lost_s,
        most_lost_s=PATIENT_END_S + _REOPENING_S + 1,
        code=WarningCode.CAPTURE_SILENT,
        soon_s=PATIENT_END_S,
    )


def window_gone(stage: Stage) -> Outcome:
    """The window goes away; the recorder runs on and is found again."""
    follower = stage.record()
    with noise_played(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        follower.leave()
        time.sleep(2)
        began = time.monotonic()
        (running,) = encounters_running(running_captures(stage.desk.library))
        again = Follower(RecordEncounter.resume(stage.desk, running))
        noticed_s = time.monotonic() - began
        again.takes_sound_again()
        again.stop()
    lost_s = noise.missing_s(stage.sound(again.live.encounter))
    return _judge(stage, again, "window gone", noticed_s, lost_s, most_lost_s=0.0, code="")


@contextlib.contextmanager
def _disk_for_cases(stage: Stage, *options: str) -> Iterator[Path]:
    """A file system of its own under the library's cases; ``options`` are those of ``mount``."""
    place = stage.desk.library / "cases"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", *options, str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


_SMALL = ("-t", "tmpfs", "-o", "size=40m", "tmpfs")


def _fill(disk: Path) -> Path:
    """Something else takes the room, up to what a recording keeps free to end in good order."""
    room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 7_000_000
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, room)))
    return filler


def disk_fills(stage: Stage) -> Outcome:
    """The disk of the library fills up while recording: it ends in good order, with room to close."""
    with _disk_for_cases(stage, *_SMALL) as disk, noise_played(stage) as noise:
        follower = stage.record()
        follower.hears_noise()
        time.sleep(1)
        filled = time.monotonic()
        _fill(disk)
        noticed_s = follower.until(lambda: follower.live.finished, "the end") - filled
        follower.leave()
        lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    outcome = _judge(
        stage,
        follower,
        "disk full",
        noticed_s,
        lost_s,
        most_lost_s=0.0,
        code=WarningCode.DISK_NEARLY_FULL,
        soon_s=PATIENT_END_S,
    )
    return _ended_because(outcome, follower, StopReason.DISK)


def disk_fills_with_second_copy(stage: Stage) -> Outcome:
    """The same with a second copy on another drive: the recording goes on there and comes home."""
    with _disk_for_cases(stage, *_SMALL) as disk, noise_played(stage) as noise:
        follower = stage.record(RecordOptions(second_folder=str(stage.folder / "usb")))
        follower.hears_noise()
        time.sleep(1)
        filled = time.monotonic()
        filler = _fill(disk)
        noticed_s = follower.noticed(WarningCode.MAIN_LOST) - filled
        time.sleep(1)
        filler.unlink()
        follower.stop()
        lost_s = noise.missing_s(stage.sound(follower.live.encounter))
    return _judge(
        stage,
        follower,
        "disk full, second copy",
        noticed_s,
        lost_s,
        most_lost_s=0.0,
        code=WarningCode.MAIN_LOST,
        soon_s=PATIENT_END_S,
    )


def disk_turns_read_only(stage: Stage) -> Outcome:
    """The file system finds an error and refuses every write, as ext4 does; a second copy goes on."""
    image = stage.folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(96 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-e", "remount-ro", str(image)], check=True)
    with _disk_for_cases(stage, "-o", "loop", str(image)) as place, noise_played(stage) as noise:
        follower = stage.record(RecordOptions(second_folder=str(stage.folder / "usb")))
        follower.hears_noise()
        time.sleep(1)
        broken = time.monotonic()
        _break_file_system(place)
        noticed_s = follower.noticed(WarningCode.MAIN_LOST) - broken
        time.sleep(1)
        follower.stop()
        copies = sorted((stage.folder / "usb").rglob("audio.flac"))
        lost_s = noise.missing_s([sf.read(copy, dtype="int16")[0] for copy in copies])
    return _judge(
        stage,
        follower,
        "disk turns read-only",
        noticed_s,
        lost_s,
        most_lost_s=0.0,
        code=WarningCode.MAIN_LOST,
        told=False,
    )


def _break_file_system(place: Path) -> None:
    """Tell ext4 that it has met an error."""
    device = subprocess.run(
        ["findmnt", "-n", "-o", "SOURCE", str(place)], capture_output=True, text=True, check=True
    ).stdout.strip()
    Path(f"/sys/fs/ext4/{Path(device).name}/trigger_fs_error").write_text(
        "caused by a test", encoding="ascii"
    )


SOUND_FAULTS: tuple[Fault, ...] = (unplugged, server_killed, server_frozen, source_suspended, muted)
PROCESS_FAULTS: tuple[Fault, ...] = (told_to_end, recorder_killed, recorder_frozen, window_gone)
DISK_FAULTS: tuple[Fault, ...] = (disk_fills, disk_fills_with_second_copy, disk_turns_read_only)
FAULTS = (*SOUND_FAULTS, *PROCESS_FAULTS, *DISK_FAULTS)
