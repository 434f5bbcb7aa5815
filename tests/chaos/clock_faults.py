"""Clocks that are set, change their zone or sleep, in front of a real recorder: no sound is lost."""

from __future__ import annotations

import time
from datetime import timedelta

import numpy as np

from chaos.judge import Bounds, Fault, Loss, complaints, outcome
from chaos.stage import Outcome, Stage
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.domain.moment import Clock, Moment, format_utc, parse_utc
from evidencedesk.domain.pulse import RecordingPlan, StopReason, WarningCode
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, until

_RATE_HZ = 8000
# Clocks are looked at with each pulse.
_PULSE_AND_A_HALF_S = 1.6


class SetClock(Clock):
    """The real clocks, moved by what the test says."""

    def __init__(self) -> None:
        self._real = SystemClock()
        self.wall_s = 0.0
        self.slept_s = 0.0
        self.zone_minutes = 0

    def now(self) -> Moment:
        real = self._real.now()
        utc = format_utc(parse_utc(real.utc) + timedelta(seconds=self.wall_s + self.slept_s))
        return Moment(utc, real.offset_minutes + self.zone_minutes, real.boot, real.mono_ns)

    def boottime_ns(self) -> int:
        return self._real.boottime_ns() + int(self.slept_s * 1e9)


def _with_clock(stage: Stage, fault: str, code: WarningCode, **change: float) -> Outcome:
    clock, source = SetClock(), CommandedSource(_RATE_HZ)
    folder = stage.desk.recording_folder(stage.case, "r-00000001")
    folder.mkdir(parents=True)
    plan = RecordingPlan(stage.case, "e-00000001", folder.name, str(folder), "visit", "commanded", "0")
    recorder = LocalRecorder(plan, clock, source)
    recorder.start()
    said = np.random.default_rng(1).integers(-9000, 9000, size=_RATE_HZ * 4, dtype=np.int16)
    noticed_s, changed = 99.0, 0.0
    for block in range(40):
        source.give(said[block * 800 : block * 800 + 800])
        if block == 15:
            for name, value in change.items():
                setattr(clock, name, value)
            changed = time.monotonic()
        if changed and noticed_s > 90 and code in [w.code for w in recorder.status().warnings]:
            noticed_s = time.monotonic() - changed
        time.sleep(0.1)
    until(lambda: recorder.status().samples == len(said), "all is taken")
    recorder.request_stop(StopReason.USER)
    recorder.wait(30)
    sealed = recorder.status().sealed
    heard = sealed.samples if sealed is not None else 0
    warnings = [w for w in recorder.status().warnings if w.code == code]
    told_s = sum((w.length_ms or 0) for w in warnings) / 1000
    # What was said while the computer slept can't be heard by anyone: it counts as lost.
    loss = Loss(noticed_s, (len(said) - heard) / _RATE_HZ + clock.slept_s, told_s)
    faults = complaints(loss, Bounds(clock.slept_s, _PULSE_AND_A_HALF_S))
    if len(warnings) != 1:
        faults.append(f"{warnings}")
    return outcome(fault, loss, stage.say(code), faults)


def clock_set_back(stage: Stage) -> Outcome:
    """The clock is set back by an hour."""
    return _with_clock(stage, "clock set back 1 h", WarningCode.CLOCK_JUMPED, wall_s=-3600.0)


def zone_changed(stage: Stage) -> Outcome:
    """Summer time ends."""
    return _with_clock(stage, "time zone changed", WarningCode.ZONE_CHANGED, zone_minutes=-60)


def computer_slept(stage: Stage) -> Outcome:
    """The computer slept for ten minutes."""
    return _with_clock(stage, "computer slept", WarningCode.SLEPT, slept_s=600.0)


CLOCK_FAULTS: tuple[Fault, ...] = (clock_set_back, zone_changed, computer_slept)
