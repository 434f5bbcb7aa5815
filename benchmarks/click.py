"""From pressing the red button to the first sample in the recording, against starting parecord and ffmpeg.

The window is open, as it is when somebody knocks. The microphone hears a counter of frames, so the first
recorded frame says itself when it was played: below zero it is from before the press. Accurate to 10 ms.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.app_window import use_window
from benchmarks.common import Goal, Outcome, Setting, run, spread
from benchmarks.frame_counter import read_file
from benchmarks.measured_process import MeasuredProcess
from benchmarks.recorders import PEERS, take
from benchmarks.sound_stage import RATE_HZ, Microphone, SoundStage

_PRESSED, _EARLIER = "red button", "red button, last 10 s kept"
_RUN_S = 3.0


def main() -> int:
    """Press and start, one after the other."""
    return run(__doc__ or "", "presses (full 10, short 2)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    rounds = setting.choose(2, 10)
    found: dict[str, list[float]] = {name: [] for name in (_PRESSED, _EARLIER, *PEERS)}
    with SoundStage(setting.folder) as stage:
        microphone = stage.microphone("counter")
        for number in range(rounds):
            folder = setting.folder / f"round-{number}"
            for name, earlier in ((_PRESSED, False), (_EARLIER, True)):
                place = folder / f"earlier-{earlier}"
                use = use_window(place, stage.env, microphone.name, earlier=earlier)
                found[name].append(_after_s(use.sound, microphone, use.click_ns))
            for program in PEERS:
                one = take(program, microphone, folder / program)
                process = MeasuredProcess(one.command, stage.env, one.log)
                time.sleep(_RUN_S)
                process.end()
                found[program].append(_after_s(one.sound(), microphone, process.started_ns))
    rows = []
    for name, values in found.items():
        of_one = spread(values)
        rows.append((name, *(f"{1000 * of_one[key]:.0f}" for key in ("least", "median", "most"))))
    yield Outcome(
        title=f"From the press to the first sample, {rounds} times",
        header=("started by", "least ms", "median ms", "most ms"),
        rows=rows,
        figures={name: {**spread(values), "all": values} for name, values in found.items()},
        goals=[Goal("first sample after the press, last 10 s kept, in s", max(found[_EARLIER]), 0.0)],
    )


def _after_s(sound: Path, microphone: Microphone, began_ns: int) -> float:
    reading, _ = read_file(sound)
    if reading is None:
        raise RuntimeError(f"nothing of the signal in {sound}")
    return (microphone.began_ns - began_ns) / 1e9 + reading.first / RATE_HZ


if __name__ == "__main__":
    raise SystemExit(main())
