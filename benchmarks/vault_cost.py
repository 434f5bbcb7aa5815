"""What a lock costs: recording, ``kill -9``, power cuts, recovery and reading, sealed against plain.

Both kinds in the same run, in turns or at once, with the recorder process that the window starts. A power cut
is imitated as in ``power_cut`` and needs the right to mount; without it that part is left out.
"""

from __future__ import annotations

import os
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile as sf
from benchmarks.common import Goal, Outcome, Setting, run
from benchmarks.ended_recording import Aftermath, outcome
from benchmarks.frame_counter import read
from benchmarks.measured_process import MeasuredProcess
from benchmarks.power_cut import ask, mounted, new_disk
from benchmarks.sound_stage import RATE_HZ, Microphone, SoundStage
from benchmarks.voice import voice

from evidencedesk.capture.part import Part
from evidencedesk.capture.pcm import read_pcm
from evidencedesk.capture.process import write_plan
from evidencedesk.capture.remote import launch
from evidencedesk.capture.source import SourceFacts
from evidencedesk.custody.kept import hash_kept
from evidencedesk.domain.pulse import PulseWarning, RecordingPlan, RecoveredSound
from evidencedesk.system.clock import SystemClock
from fakes.recordings import heard, plan_for, recover
from fakes.vaults import open_vault

_SETTLED_S = 3.0
_LONGEST_S = 4.0
_KINDS = ("plain", "sealed")
_COST_GOAL, _KILL_GOAL_S, _CUT_GOAL_S = 1.25, 0.3, 0.5
_ROUNDS = 3


def main() -> int:
    """Measure everything."""
    return run(__doc__ or "", "kills and cuts of each kind (full 100, short 5)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    with open_vault(), SoundStage(setting.folder) as stage:
        os.environ.update(stage.env)
        spoken = setting.folder / "voice.wav"
        sf.write(spoken, voice(10, RATE_HZ), RATE_HZ, subtype="PCM_16")
        yield _recording(
            stage.microphone("spoken", 1, spoken), setting.folder / "cost", 10 if setting.short else 60
        )
        microphone = stage.microphone("counter")
        yield from _ends(setting, microphone, "kills", _KILL_GOAL_S, _kill)
        if os.geteuid() == 0:
            yield from _ends(setting, microphone, "power cuts", _CUT_GOAL_S, _cut)
        yield _reading(setting.folder / "long", 10 if setting.short else 120)


def _plan(place: Path, kind: str, source: str) -> RecordingPlan:
    plan = plan_for(place, source)
    return plan if kind == "sealed" else replace(plan, sealed_to="")


def _recording(microphone: Microphone, folder: Path, seconds: int) -> Outcome:
    processes = {}
    for kind in _KINDS:
        plan = _plan(folder / kind, kind, microphone.name)
        write_plan(plan)
        command = (sys.executable, "-m", "evidencedesk.capture.process", plan.folder)
        processes[kind] = MeasuredProcess(command, os.environ, folder / f"{kind}.txt")
    time.sleep(_SETTLED_S)
    before = {kind: process.processor_s() for kind, process in processes.items()}
    time.sleep(seconds)
    spent = {kind: process.processor_s() - before[kind] for kind, process in processes.items()}
    for process in processes.values():  # a recorder waits for its window a while before it is gone
        os.kill(process.pid, signal.SIGTERM)
    costs = {kind: process.wait() for kind, process in processes.items()}
    sizes = {kind: next((folder / kind).rglob("audio.flac")).stat().st_size for kind in _KINDS}
    rows = [
        (
            kind,
            100 * spent[kind] / seconds,
            spent[kind] / spent["plain"],
            costs[kind].processor_s,
            costs[kind].memory_mib,
            sizes[kind] / sizes["plain"],
        )
        for kind in _KINDS
    ]
    header = ("recorder", "running %", "to plain", "in all s", "peak MiB", "file to plain")
    return Outcome(
        title=f"Recording {seconds} s, both at once from one microphone",
        header=header,
        rows=rows,
        figures={str(row[0]): dict(zip(header[1:], row[1:], strict=True)) for row in rows},
        goals=[Goal("processor time while running, sealed to plain", rows[1][2], _COST_GOAL)],
    )


_End = Callable[[Microphone, Path, str, float], Aftermath]


def _ends(
    setting: Setting, microphone: Microphone, what: str, most_lost_s: float, end: _End
) -> Iterator[Outcome]:
    count = setting.choose(5, 100)
    generator = np.random.default_rng(20261125)
    found: dict[str, list[Aftermath]] = {kind: [] for kind in _KINDS}
    for number in range(count):
        after_s = generator.uniform(0.3, _LONGEST_S)
        for kind in _KINDS:
            place = setting.folder / f"{what.replace(' ', '-')}-{number}-{kind}"
            place.mkdir()
            found[kind].append(end(microphone, place, kind, after_s))
    for kind in _KINDS:
        yield outcome(f"{count} {what}, {kind}", found[kind], most_lost_s)


def _kill(microphone: Microphone, place: Path, kind: str, after_s: float) -> Aftermath:
    plan = _plan(place, kind, microphone.name)
    recorder = launch(plan)
    time.sleep(after_s)
    saved_s = recorder.status().saved_samples / RATE_HZ
    ended_ns = time.monotonic_ns()
    recorder.kill()
    recorder.wait(_SETTLED_S)
    return _aftermath(Path(plan.folder), microphone, ended_ns, saved_s)


def _cut(microphone: Microphone, place: Path, kind: str, after_s: float) -> Aftermath:
    disk, copy, library = new_disk(place), place / "copy", place / "mounted"
    library.mkdir()
    with mounted(disk, library):
        plan = _plan(library, kind, microphone.name)
        recorder = launch(plan)
        time.sleep(after_s)
        saved_s = recorder.status().saved_samples / RATE_HZ
        ended_ns = time.monotonic_ns()
        ask("cp", "--sparse=always", str(disk), str(copy))
        recorder.kill()
        recorder.wait(_SETTLED_S)
    with mounted(copy, library):
        end = _aftermath(Path(plan.folder), microphone, ended_ns, saved_s)
    disk.unlink()
    copy.unlink()
    return end


def _aftermath(folder: Path, microphone: Microphone, ended_ns: int, saved_s: float) -> Aftermath:
    found = recover(folder)
    if not isinstance(found, RecoveredSound):
        return Aftermath(saved_s, 0.0, 0, saved_s, "" if not saved_s else f"recovered: {found}")
    samples = np.ascontiguousarray(heard(folder / found.file)[:, 0])
    length_s = len(samples) / RATE_HZ
    reading = read(samples)
    if reading is None:
        return Aftermath(saved_s, length_s, 0, saved_s, "nothing of the signal was recovered")
    lost_s = (microphone.frames_at(ended_ns) - reading.end) / RATE_HZ
    wrong = reading.wrong + reading.lost + reading.repeated
    return Aftermath(lost_s, length_s, wrong, max(0.0, saved_s - length_s))


def _reading(folder: Path, minutes: int) -> Outcome:
    folders = {kind: _unfinished(folder / kind, kind, minutes * 60) for kind in _KINDS}
    took: dict[str, dict[str, float]] = {kind: {} for kind in _KINDS}
    for kind, place in folders.items():
        took[kind]["recovering"] = _time(lambda place=place: recover(place))  # type: ignore[misc]
    for what, work in (("decoding", _decode), ("hashing", hash_kept)):
        times: dict[str, list[float]] = {kind: [] for kind in _KINDS}
        for _ in range(_ROUNDS):
            for kind, place in folders.items():
                path = place / "audio.recovered.flac"
                times[kind].append(_time(lambda work=work, path=path: work(path)))  # type: ignore[misc]
        for kind in _KINDS:
            took[kind][what] = statistics.median(times[kind])
    rows = [
        (name, plain_s, took["sealed"][name], took["sealed"][name] / plain_s)
        for name, plain_s in took["plain"].items()
    ]
    return Outcome(
        title=f"Reading a sound of {minutes} min",
        header=("", "plain s", "sealed s", "to plain"),
        rows=rows,
        figures={str(row[0]): {"plain_s": row[1], "sealed_s": row[2], "to_plain": row[3]} for row in rows},
    )


def _unfinished(place: Path, kind: str, seconds: int) -> Path:
    """A recording with a flush each fifth of a second and a pulse each second, whose writer is gone."""
    plan = replace(_plan(place, kind, "counter"), part_s=seconds + 1)
    part = Part(plan, SourceFacts("Counter", "counter", RATE_HZ, 1, simulated=False), SystemClock(), _ignore)
    sound = voice(10, RATE_HZ).reshape(10, 5, RATE_HZ // 5)
    generator = np.random.default_rng(1)
    for second in range(seconds):
        for fifth in sound[second % len(sound)]:
            hum = generator.integers(-20, 20, len(fifth), dtype=np.int16)
            part.take((fifth + hum).tobytes(), len(fifth), time.monotonic_ns())
            part.flush()
        part.pulse(set(), awake=True)
    part.abandon()
    part.own_lock.release()
    return Path(plan.folder)


def _decode(path: Path) -> None:
    for _ in read_pcm(path):
        pass


def _time(work: Callable[[], object]) -> float:
    began_s = time.monotonic()
    work()
    return time.monotonic() - began_s


def _ignore(_: PulseWarning) -> None:
    """Nobody watches here."""


if __name__ == "__main__":
    raise SystemExit(main())
