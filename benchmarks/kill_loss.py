"""What ``kill -9`` at random moments costs: seconds that were heard and are not there after recovery.

The microphone hears a counter of frames, so the loss is everything between its membrane and the recovered
file: the sound server's buffer, the block being filled, the encoder's frame.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.common import Outcome, Setting, run
from benchmarks.ended_recording import Aftermath, DoomedRecording, examine, outcome
from benchmarks.sound_stage import Microphone, SoundStage

_LONGEST_S = 4.0
_GOAL_S = 0.3


def main() -> int:
    """Record, kill, recover, compare; again and again."""
    return run(__doc__ or "", "kills (full 500, short 10)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    kills = setting.choose(10, 500)
    generator = np.random.default_rng(20260519)
    with SoundStage(setting.folder) as stage:
        microphone = stage.microphone("counter")
        ends = [
            _kill(stage, microphone, setting.folder / f"library-{number}", generator.uniform(0, _LONGEST_S))
            for number in range(kills)
        ]
    yield outcome(f"{kills} kills, 0 to {_LONGEST_S:g} s after the start", ends, _GOAL_S)


def _kill(stage: SoundStage, microphone: Microphone, library: Path, after_s: float) -> Aftermath:
    with DoomedRecording(microphone.name, library, stage.env) as recording:
        recording.wait_for_start()
        time.sleep(after_s)
        lasted_ns = recording.began_ns, recording.kill()
        saved_s = recording.saved_s()
    aftermath = examine(library, stage.env, microphone, lasted_ns, saved_s)
    shutil.rmtree(library)
    return aftermath


if __name__ == "__main__":
    raise SystemExit(main())
