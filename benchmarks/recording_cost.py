"""Processor time and memory of a recording, against ffmpeg and parecord.

All three record the same microphone at the same time. "In all" is the whole program, from its start to its
end, with all its children. "Running" is what it costs while it records: from 3 s after its start on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import soundfile as sf
from benchmarks.common import Goal, Outcome, Setting, run
from benchmarks.measured_process import MeasuredProcess
from benchmarks.recorders import ALL, PRODUCT, take
from benchmarks.sound_stage import RATE_HZ, Microphone, SoundStage
from benchmarks.voice import voice

_RATIO_GOAL = 0.8
_SETTLED_S = 3.0


def main() -> int:
    """Measure mono and stereo."""
    return run(__doc__ or "", "seconds of each recording (full 60, short 10)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    seconds = setting.choose(10, 60)
    spoken = setting.folder / "voice.wav"
    sf.write(spoken, voice(10, RATE_HZ), RATE_HZ, subtype="PCM_16")
    with SoundStage(setting.folder) as stage:
        for name, channels in (("mono", 1), ("stereo", 2)):
            microphone = stage.microphone(name, channels, spoken)
            yield _compare(stage, microphone, seconds, setting.folder / f"made-{name}")


def _compare(stage: SoundStage, microphone: Microphone, seconds: int, folder: Path) -> Outcome:
    takes = [take(program, microphone, folder / program) for program in ALL]
    processes = [MeasuredProcess(one.command, stage.env, one.log) for one in takes]
    time.sleep(_SETTLED_S)
    before = {one.program: process.processor_s() for one, process in zip(takes, processes, strict=True)}
    time.sleep(seconds)
    running = {
        one.program: process.processor_s() - before[one.program]
        for one, process in zip(takes, processes, strict=True)
    }
    costs = {one.program: process.end() for one, process in zip(takes, processes, strict=True)}
    peer, peer_running = costs["ffmpeg"].processor_s, running["ffmpeg"]
    rows = [
        (
            one.program,
            sf.info(one.sound()).duration,
            100 * running[one.program] / seconds,
            running[one.program] / peer_running,
            costs[one.program].processor_s,
            costs[one.program].processor_s / peer,
            costs[one.program].memory_mib,
        )
        for one in takes
    ]
    header = ("program", "recorded s", "running %", "to ffmpeg", "in all s", "in all to ffmpeg", "peak MiB")
    return Outcome(
        title=f"Cost of recording {seconds} s, {microphone.name}",
        header=header,
        rows=rows,
        figures={str(row[0]): dict(zip(header[1:], row[1:], strict=True)) for row in rows},
        goals=[
            Goal(
                "processor time while running, against ffmpeg", running[PRODUCT] / peer_running, _RATIO_GOAL
            ),
            Goal("processor time in all, against ffmpeg", costs[PRODUCT].processor_s / peer, _RATIO_GOAL),
        ],
    )


if __name__ == "__main__":
    raise SystemExit(main())
