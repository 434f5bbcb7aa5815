"""Faults of the program's own processes: recorder, window, level meter."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from chaos.judge import PATIENT_END_S, REOPENING_S, Bounds, Fault, Loss, add, complaints, judge, outcome
from chaos.playing import Playing, noise_at
from chaos.stage import RATE_HZ, Follower, NotHereError, Outcome, Stage
from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.case import Mode
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.pulse import PULSE_FILE, StopReason, WarningCode
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions, encounters_running
from evidencedesk.workflows.recover_recordings import recover_all
from fakes.recordings import until

# What the next window says (app/window.py).
_FOUND_AGAIN = "A recording went on without the window. Here it is again."
# The meter is gone: process and stream have to be started after the click.
_BEGINNING_S = 3.0
_FROZEN_BEGINNING_S = _BEGINNING_S + 1.5  # how long a meter is given to show that it lives
# It stands still and nobody presses the button: the program itself ends it.
_BY_ITSELF_S = 20.0


def told_to_end(stage: Stage) -> Outcome:
    """The system ends the recorder in good order: logout, update, shutdown."""
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        last, ended = noise.place(), time.monotonic()
        os.kill(stage.pid(follower), signal.SIGTERM)
        noticed_s = follower.until(lambda: follower.live.finished, "the end") - ended
        follower.leave()
    loss = _loss(stage, follower, noise, noticed_s, last)
    bounds = Bounds(soon_s=PATIENT_END_S)
    message = stage.say_reason(StopReason.SIGNAL)
    return judge(follower, "SIGTERM", loss, bounds, message=message, reason=StopReason.SIGNAL)


def recorder_killed(stage: Stage) -> Outcome:
    """The recorder process is killed outright; another one goes on."""
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(2)
        killed = time.monotonic()
        os.kill(stage.pid(follower), signal.SIGKILL)
        noticed_s = follower.noticed(WarningCode.RECORDER_LOST) - killed
        follower.takes_sound_again()
        time.sleep(1)
        last = noise.place()
        follower.stop()
    loss = _loss(stage, follower, noise, noticed_s, last)
    bounds = Bounds(REOPENING_S + 1)
    return judge(follower, "recorder killed", loss, bounds, message=stage.say(WarningCode.RECORDER_LOST))


def recorder_frozen(stage: Stage) -> Outcome:
    """The recorder process stands still; the user restarts it from the red bar."""
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        frozen = time.monotonic()
        os.kill(stage.pid(follower), signal.SIGSTOP)
        noticed_s = follower.until(lambda: not follower.status.answering, "silence is seen") - frozen
        follower.live.kill()
        follower.noticed(WarningCode.RECORDER_LOST)
        follower.takes_sound_again()
        time.sleep(1)
        last = noise.place()
        follower.stop()
    loss = _loss(stage, follower, noise, noticed_s, last)
    bounds = Bounds(PATIENT_END_S + REOPENING_S + 1, PATIENT_END_S)
    return judge(follower, "recorder frozen", loss, bounds, message=stage.say(WarningCode.CAPTURE_SILENT))


def recorder_frozen_unseen(stage: Stage) -> Outcome:
    """The same with nobody at the screen: the program starts another recorder by itself."""
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        frozen = time.monotonic()
        os.kill(stage.pid(follower), signal.SIGSTOP)
        noticed_s = follower.until(lambda: not follower.status.answering, "silence is seen") - frozen
        follower.noticed(WarningCode.RECORDER_LOST)
        follower.takes_sound_again()
        time.sleep(1)
        last = noise.place()
        follower.stop()
    loss = _loss(stage, follower, noise, noticed_s, last)
    bounds = Bounds(_BY_ITSELF_S, PATIENT_END_S)
    return judge(
        follower, "recorder frozen, unseen", loss, bounds, message=stage.say(WarningCode.CAPTURE_SILENT)
    )


def window_killed(stage: Stage) -> Outcome:
    """The real window is killed outright while it records; the next start finds the recorder."""
    return _without_window(stage, "window killed", frozen_s=0.0)


def window_frozen(stage: Stage) -> Outcome:
    """The real window stands still for some seconds, asks nothing and reads nothing; then it is killed."""
    return _without_window(stage, "window frozen", frozen_s=stage.seconds(6, short=2))


def meter_killed(stage: Stage) -> Outcome:
    """The process of the level meter is killed before the click that would have made it the recorder."""
    return _without_meter(stage, "level meter killed", signal.SIGKILL, _BEGINNING_S)


def meter_frozen(stage: Stage) -> Outcome:
    """The same process stands still: another one takes its place."""
    return _without_meter(stage, "level meter frozen", signal.SIGSTOP, _FROZEN_BEGINNING_S)


def nobody_there(stage: Stage) -> Outcome:
    """Without a window the microphone is pulled and comes back, then the system ends the recorder.

    Only the recorder itself could write that down, beside the sound; the next start has to journal it.
    """
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        follower.leave()
        stage.close_library()
        stage.server.unplug()
        time.sleep(1.5)
        stage.server.plug_in()
        until(lambda: WarningCode.REOPENED in _pulses(stage), "the microphone is taken again")
        time.sleep(1)
        last = noise.place()
        os.kill(stage.pid(follower), signal.SIGTERM)
        until(lambda: not running_captures(stage.library), "the recorder has ended")
    stage.open_library()
    began = time.monotonic()
    recover_all(stage.desk)
    loss = _loss(stage, follower, noise, time.monotonic() - began, last)
    message = stage.say(WarningCode.MOVED)
    wrong = complaints(loss, Bounds(1.5 + REOPENING_S))
    case = stage.desk.store.case_file(stage.case)
    said = {one.code for one in case.warnings}
    wrong += [
        f"{code} is not in the journal"
        for code in (WarningCode.MOVED, WarningCode.REOPENED)
        if code not in said
    ]
    wrong += [f"{one.id} is not closed" for one in case.encounters if one.closed is None]
    return outcome("nobody there, mic pulled", loss, message, wrong)


def _loss(stage: Stage, follower: Follower, noise: Playing, noticed_s: float, last: int) -> Loss:
    encounter = follower.live.encounter
    return Loss(noticed_s, noise.missing_s(stage.sound(encounter), last), stage.told_s(encounter))


def _without_meter(stage: Stage, fault: str, how: signal.Signals, most_s: float) -> Outcome:
    """What is lost is between the click and the first sample; the journal has both moments."""
    with noise_at(stage) as noise:
        meter = LevelMeter("mic")
        meter.start()
        until(lambda: (level := meter.latest()) is not None and level.peak > 100, "the meter hears the noise")
        assert meter._process is not None
        meter._process.send_signal(how)
        if how is signal.SIGKILL:
            meter._process.wait()
        clicked, click = time.monotonic(), noise.place()
        options = RecordOptions(meter=meter)
        follower = stage.follow(
            RecordEncounter.begin(stage.desk, Mode.VISIT, "mic", stage.case, options=options)
        )
        noticed_s = time.monotonic() - clicked
        follower.until(lambda: follower.status.saved_samples > 0, "something is saved")
        time.sleep(0.5)
        last = noise.place()
        follower.stop()
    parts = stage.sound(follower.live.encounter)
    late_s = max(0, int(noise.noise.heard(parts)[0]) - click) / RATE_HZ
    lost_s = late_s + noise.missing_s(parts, last)
    case = stage.desk.store.case_file(stage.case)
    (encounter,), (recording,) = case.encounters, case.recordings
    told_s = (parse_utc(recording.started.utc) - parse_utc(encounter.opened.utc)) / timedelta(seconds=1)
    return judge(follower, fault, Loss(noticed_s, lost_s, told_s), Bounds(most_s, most_s))


def _without_window(stage: Stage, fault: str, frozen_s: float) -> Outcome:
    if stage.keys is not None:
        raise NotHereError("the window asks for the passphrase")
    stage.close_library()
    with noise_at(stage) as noise, _window(stage.folder, stage.library) as window:
        until(lambda: _saved(stage), "the window's recorder has saved something")
        os.kill(window.pid, signal.SIGSTOP if frozen_s else signal.SIGKILL)
        time.sleep(frozen_s)
        window.kill()
        window.wait()
        time.sleep(stage.seconds(3, short=1))
        began = time.monotonic()
        stage.open_library()
        (running,) = encounters_running(running_captures(stage.library))
        again = stage.follow(RecordEncounter.resume(stage.desk, running))
        again.until(lambda: again.status.answering and again.status.saved_samples, "it answers")
        noticed_s = time.monotonic() - began
        again.takes_sound_again()
        last = noise.place()
        again.stop()
    stage.case = again.live.case
    loss = _loss(stage, again, noise, noticed_s, last)
    seen = judge(again, fault, loss, Bounds(), message=stage.words.text(_FOUND_AGAIN))
    states = [one.state for one in stage.desk.store.case_file(stage.case).recordings]
    return seen if len(states) == 1 else add(seen, [f"recordings: {states}"])


@contextlib.contextmanager
def _window(folder: Path, library: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a double-click starts it, told to record at once, on a screen in memory."""
    (folder / "config").mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    command = [sys.executable, "-m", "evidencedesk", "--library", str(library), "--record"]
    with (folder / "window.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _saved(stage: Stage) -> bool:
    """Whether a recorder has put sound on the disk: its pulse journal has more than its first line."""
    return _pulses(stage).count("\n") > 2


def _pulses(stage: Stage) -> str:
    """What the recorders have written about themselves."""
    return "".join(
        stage.read(one).decode() for one in stage.library.glob(f"cases/*/recordings/*/{PULSE_FILE}")
    )


PROCESS_FAULTS: tuple[Fault, ...] = (
    told_to_end,
    recorder_killed,
    recorder_frozen,
    window_killed,
    window_frozen,
    meter_killed,
    meter_frozen,
    nobody_there,
)
# Only in ``make chaos``: they take as long as it takes the program to lose patience, or a user to come back.
PATIENT_FAULTS: tuple[Fault, ...] = (recorder_frozen_unseen,)
