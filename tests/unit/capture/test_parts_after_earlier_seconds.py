"""Where the next part stands when the sound began before the button was pressed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.domain.pulse import StopReason
from fakes.recordings import PATIENCE_S, CommandedSource, plan_for, until
from fakes.troubled_library import HurriedClock

RATE_HZ = 8000


def test_time_missing_before_the_next_part_is_not_hidden_by_the_seconds_before_the_click(
    tmp_path: Path,
) -> None:
    clock, source = HurriedClock(), CommandedSource(RATE_HZ)
    plan = replace(plan_for(tmp_path, "commanded"), earlier_ms=3000, part_s=4)
    recorder = LocalRecorder(plan, clock, source)
    recorder.start()
    second = np.ones(RATE_HZ, dtype=np.int16)
    for _ in range(3 + 1):  # the kept ones, and one from after the click
        source.give(second)
    clock.move(1 + 2)  # two of which nothing came from
    until(lambda: recorder.status().samples == 4 * RATE_HZ, "the first part is full")
    source.give(second)
    until(lambda: len(recorder.status().parts) == 2, "the next part begins")
    begins_ms = recorder.status().parts[1].begins_ms
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)
    assert begins_ms >= 3000 + 1000 + 2000
