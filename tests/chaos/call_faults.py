"""Faults during a call: the other side's recorder or its loudspeaker is gone; the microphone goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

from chaos.judge import REOPENING_S, Bounds, Fault, Loss, add, complaints, judge
from chaos.playing import away_s, noise_at
from chaos.stage import RATE_HZ, Follower, Outcome, Stage
from evidencedesk.domain.case import Leg, Mode
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.workflows.record_encounter import RecordOptions

_STEREO = 2
# The server moves the stream to the microphone; that much of it comes in before this is seen.
_UNTIL_SEEN_S = 0.3
_ANOTHER_RECORDER = Bounds(REOPENING_S + 1)


def near_recorder_killed(stage: Stage) -> Outcome:
    """In a call the microphone's recorder is killed; the other side loses nothing."""
    return _killed(stage, "call: near recorder killed", (Leg.NEAR,))


def far_recorder_killed(stage: Stage) -> Outcome:
    """The other side's recorder is killed; the microphone loses nothing."""
    return _killed(stage, "call: far recorder killed", (Leg.FAR,))


def both_recorders_killed(stage: Stage) -> Outcome:
    """Both are killed at once; both go on. The table shows the side that lost more."""
    return _killed(stage, "call: both killed", (Leg.NEAR, Leg.FAR))


def far_sink_removed(stage: Stage) -> Outcome:
    """The loudspeaker that was chosen is taken away for two seconds, with the program that played on it."""
    call = _begin(stage, "spk.monitor")
    with noise_at(stage) as mine:
        with noise_at(stage, "spk", _STEREO) as before:
            call.hears_noise()
            call.until(lambda: call.far is not None and call.far.peak > 0.1, "the other side is heard")
            time.sleep(1)
            before.end_player()
            last, gone = before.place(), time.monotonic()
            _remove_speakers(stage)
            noticed_s = call.noticed(WarningCode.MOVED, WarningCode.DEVICE_LOST) - gone
            time.sleep(max(0.0, gone + 2 - time.monotonic()))
            _bring_speakers(stage)
        with noise_at(stage, "spk", _STEREO) as after:
            call.noticed(WarningCode.REOPENED)
            call.until(lambda: call.far is not None and call.far.peak > 0.1, "the other side is heard again")
            time.sleep(1)
            untils = mine.place(), after.place()
            call.stop()
            encounter = call.live.encounter
            far = stage.sound(encounter, Leg.FAR)
            lost_s = away_s(far, gone, last, before, after) + after.missing_s(far, untils[1])
    loss = Loss(noticed_s, lost_s, stage.told_s(encounter, Leg.FAR))
    seen = judge(
        call, "call: loudspeaker gone", loss, Bounds(2 + REOPENING_S), message=stage.say(WarningCode.MOVED)
    )
    near = Loss(0.0, mine.missing_s(stage.sound(encounter), untils[0]), stage.told_s(encounter))
    wrong = [f"near: {one}" for one in complaints(near, Bounds())]
    strange_s = sum(int((mine.noise.places(part) >= 0).sum()) for part in far) / RATE_HZ
    if strange_s > _UNTIL_SEEN_S:
        wrong.append(f"the microphone is heard for {strange_s:.2f} s on the other side's track")
    return add(seen, wrong)


def _begin(stage: Stage, far_source: str) -> Follower:
    call = stage.record(RecordOptions(far_source=far_source), Mode.CALL)
    call.until(lambda: call.far is not None and call.far.saved_samples > 0, "the other side is saved")
    return call


def _remove_speakers(stage: Stage) -> None:
    # The server would move the near noise to the loudspeaker once that is the default again.
    stage.server.ask("set-default-sink", "micbus")
    modules = stage.server.ask("list", "short", "modules").stdout.decode().splitlines()
    (index,) = [line.split()[0] for line in modules if "sink_name=spk" in line]
    stage.server.ask("unload-module", index)


def _bring_speakers(stage: Stage) -> None:
    what = ("sink_name=spk", "rate=48000", "channels=2", "format=s16le", "norewinds=1")
    stage.server.ask("load-module", "module-null-sink", *what, "sink_properties=device.description=Speakers")


def _killed(stage: Stage, fault: str, legs: Sequence[Leg]) -> Outcome:
    call = _begin(stage, "default")
    with noise_at(stage) as mine, noise_at(stage, "spk", _STEREO) as theirs:
        call.hears_noise()
        call.until(lambda: call.far is not None and call.far.peak > 0.1, "the other side is heard")
        time.sleep(1.5)
        pids = [stage.pid(call, leg) for leg in legs]
        killed = time.monotonic()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        noticed_s = call.noticed(WarningCode.RECORDER_LOST) - killed
        call.until(lambda: call.codes().count(WarningCode.RECORDER_LOST) == len(legs), "each is said")
        call.takes_sound_again()
        call.takes_far_sound_again()
        time.sleep(1)
        untils = {Leg.NEAR: mine.place(), Leg.FAR: theirs.place()}
        call.stop()
    encounter = call.live.encounter
    losses = {
        leg: Loss(
            noticed_s if leg in legs else 0.0,
            noise.missing_s(stage.sound(encounter, leg), untils[leg]),
            stage.told_s(encounter, leg),
        )
        for leg, noise in ((Leg.NEAR, mine), (Leg.FAR, theirs))
    }
    worst = max((losses[leg] for leg in legs), key=lambda loss: loss.lost_s)
    seen = judge(call, fault, worst, _ANOTHER_RECORDER, message=stage.say(WarningCode.RECORDER_LOST))
    wrong = [
        f"{leg}: {one}"
        for leg, loss in losses.items()
        for one in complaints(loss, _ANOTHER_RECORDER if leg in legs else Bounds())
        if loss is not worst
    ]
    if call.far is None or call.far.sealed is None:
        wrong.append("the other side has no seal")
    return add(seen, wrong)


CALL_FAULTS: tuple[Fault, ...] = (
    near_recorder_killed,
    far_recorder_killed,
    both_recorders_killed,
    far_sink_removed,
)
