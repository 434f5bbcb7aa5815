"""Samples lost while processor and disk are overloaded, recorded by all programs at the same time.

The microphone hears a counter of frames: what is missing in a recording is counted, not guessed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.common import Goal, Outcome, Setting, run
from benchmarks.frame_counter import read_file
from benchmarks.load import busy_machine
from benchmarks.measured_process import MeasuredProcess
from benchmarks.recorders import ALL, PRODUCT, take
from benchmarks.sound_stage import SoundStage

_CALM_S = 2.0


def main() -> int:
    """Record a calm moment, the load, and a calm moment again."""
    return run(__doc__ or "", "seconds of load (full 60, short 10)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    seconds = setting.choose(10, 60)
    with SoundStage(setting.folder) as stage:
        microphone = stage.microphone("counter")
        takes = [take(program, microphone, setting.folder / program) for program in ALL]
        processes = [MeasuredProcess(one.command, stage.env, one.log) for one in takes]
        time.sleep(_CALM_S)
        with busy_machine(setting.folder) as load:
            time.sleep(seconds)
        time.sleep(_CALM_S)
        for process in processes:
            process.end()
    rows: list[tuple[object, ...]] = []
    for one in takes:
        reading, length_s = read_file(one.sound())
        if reading is None:
            raise RuntimeError(f"{one.program} recorded nothing of the signal")
        rows.append((one.program, length_s, reading.lost, reading.repeated, reading.wrong))
    header = ("program", "recorded s", "lost", "repeated", "wrong")
    figures = {str(row[0]): dict(zip(header[1:], row[1:], strict=True)) for row in rows}
    of_product = figures[PRODUCT]
    yield Outcome(
        title=f"Samples lost in {seconds} s under load",
        header=header,
        rows=rows,
        figures=figures,
        goals=[
            Goal(f"{kind} samples", float(str(of_product[kind])), 0) for kind in ("lost", "repeated", "wrong")
        ],
        notes=[f"load: {load}"],
    )


if __name__ == "__main__":
    raise SystemExit(main())
