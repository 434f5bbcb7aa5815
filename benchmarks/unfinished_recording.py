"""Write a long recording as fast as the disk allows, and end without closing it.

``python benchmarks/unfinished_recording.py LIBRARY CASE SECONDS`` uses the recorder's own writer: one pulse
for each second of sound, as when it had lasted that long.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from benchmarks.voice import voice

from evidencedesk.capture.part import Part
from evidencedesk.capture.source import SourceFacts
from evidencedesk.domain.pulse import PulseWarning, RecordingPlan
from evidencedesk.system.clock import SystemClock

RECORDING = "r-unfinished"
RATE_HZ = 48_000


def main(arguments: Sequence[str]) -> None:
    """Write, then die."""
    library, case, seconds = Path(arguments[0]), arguments[1], int(arguments[2])
    folder = library / "cases" / case / "recordings" / RECORDING
    folder.mkdir(parents=True)
    plan = RecordingPlan(
        case, "e-unfinished", RECORDING, str(folder), "visit", "counter", "0.0.0", part_s=seconds + 1
    )
    facts = SourceFacts("Counter", "counter", RATE_HZ, 1, simulated=False)
    part = Part(plan, facts, SystemClock(), _ignore)
    sound = voice(10, RATE_HZ).reshape(10, RATE_HZ)
    generator = np.random.default_rng(1)
    for second in range(seconds):
        # No two seconds alike, so that nothing is quick only because it was seen before.
        hum = generator.integers(-20, 20, RATE_HZ, dtype=np.int16)
        part.take((sound[second % len(sound)] + hum).tobytes(), RATE_HZ, time.monotonic_ns())
        part.pulse(set(), awake=True)
    os.kill(os.getpid(), signal.SIGKILL)


def _ignore(_: PulseWarning) -> None:
    """Nobody watches here."""


if __name__ == "__main__":
    main(sys.argv[1:])
