"""From starting a program to the first sample in its recording, against parecord and ffmpeg.

The microphone hears a counter of frames, so the first recorded frame says itself when it was played.
Each round starts the program anew; its files are in the system's cache. Accurate to about 10 ms.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.common import Outcome, Setting, run, spread
from benchmarks.frame_counter import read_file
from benchmarks.measured_process import MeasuredProcess
from benchmarks.recorders import ALL, take
from benchmarks.sound_stage import RATE_HZ, Microphone, SoundStage

# Long enough for the slowest to have begun.
_RUN_S = 3.0


def main() -> int:
    """Start each program again and again, one after the other."""
    return run(__doc__ or "", "starts of each program (full 20, short 3)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    rounds = setting.choose(3, 20)
    found: dict[str, list[float]] = {program: [] for program in ALL}
    with SoundStage(setting.folder) as stage:
        microphone = stage.microphone("counter")
        for number in range(rounds):
            for program in ALL:
                folder = setting.folder / f"round-{number}" / program
                found[program].append(_first_sample_s(stage, microphone, program, folder))
    rows = []
    for program, values in found.items():
        of_one = spread(values)
        rows.append((program, *(1000 * of_one[name] for name in ("least", "median", "most"))))
    yield Outcome(
        title=f"From the start of the program to its first sample, {rounds} starts",
        header=("program", "least ms", "median ms", "most ms"),
        rows=[(row[0], *(f"{value:.0f}" for value in row[1:])) for row in rows],
        figures={program: {**spread(values), "all": values} for program, values in found.items()},
    )


def _first_sample_s(stage: SoundStage, microphone: Microphone, program: str, folder: Path) -> float:
    one = take(program, microphone, folder)
    process = MeasuredProcess(one.command, stage.env, one.log)
    time.sleep(_RUN_S)
    process.end()
    reading, _ = read_file(one.sound())
    if reading is None:
        raise RuntimeError(f"{program} recorded nothing of the signal")
    return (microphone.began_ns - process.started_ns) / 1e9 + reading.first / RATE_HZ


if __name__ == "__main__":
    raise SystemExit(main())
