"""A recording by the product that ends without warning, and what its recovery gives back."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from benchmarks.common import Goal, Outcome, spread
from benchmarks.frame_counter import read_file
from benchmarks.measured_process import kill_family
from benchmarks.recorders import Json, ask_product, product
from benchmarks.sound_stage import RATE_HZ, Microphone

_START_S = 30.0


class DoomedRecording:
    """``evidencedesk record``, followed line by line until it is killed."""

    def __init__(self, source: str, library: Path, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            product("record", "--source", source, library=library),
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._started = threading.Event()
        self.began_ns = 0
        self.lines: list[Json] = []
        self._reader = threading.Thread(target=self._read, name="reader", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def wait_for_start(self) -> None:
        """Wait until it says that it records. Raises RuntimeError when it does not."""
        if not self._started.wait(_START_S) or not self.lines:
            raise RuntimeError("the recording did not start")

    def saved_s(self) -> float:
        """How much it has called saved so far."""
        return max((float(line["seconds"]) for line in self.lines if line["event"] == "saved"), default=0.0)

    def kill(self) -> int:
        """``kill -9`` for it and its children, once; the nanosecond of the steady clock before it."""
        before_ns = time.monotonic_ns()
        if self._process.returncode is None:
            kill_family(self._process.pid)
            self._reader.join()
            self._process.communicate()
        return before_ns

    def _read(self) -> None:
        for raw in self._process.stdout or ():
            if raw.endswith("\n"):
                self.lines.append(json.loads(raw))
                self.began_ns = self.began_ns or time.monotonic_ns()
            self._started.set()
        self._started.set()


@dataclass(frozen=True, slots=True)
class Aftermath:
    """One ended recording, compared with what was played.

    ``lost_s`` is what the microphone had heard up to the end and the recovered file does not have.
    ``wrong`` counts samples with another value than was played, and those left out before the end.
    ``broken_s`` is by how much less is there than had been called saved.
    """

    lost_s: float
    recovered_s: float
    wrong: int
    broken_s: float
    problem: str = ""


def examine(
    library: Path,
    env: Mapping[str, str],
    microphone: Microphone,
    lasted_ns: tuple[int, int],
    saved_s: float,
) -> Aftermath:
    """Recover a library with one recording in it, and compare.

    ``lasted_ns`` is when it said that it records, and when it was ended.
    """
    began_ns, ended_ns = lasted_ns
    lines, said = ask_product("recover", library=library, env=env)
    found = [line for line in lines if line["event"] in ("recovered", "finished", "nothing-recorded")]
    if len(found) != 1:
        return Aftermath(saved_s, 0.0, 0, saved_s, f"{len(found)} recordings recovered: {said.strip()}")
    if found[0]["event"] == "nothing-recorded":
        # It ended before the first block was in the file: lost is all since it said that it records.
        return Aftermath((ended_ns - began_ns) / 1e9, 0.0, 0, saved_s)
    folder = next(library.glob(f"cases/*/recordings/{found[0]['recording']}"))
    reading, length_s = read_file(folder / str(found[0].get("file", "audio.flac")))
    if reading is None:
        return Aftermath(saved_s, length_s, 0, saved_s, "nothing of the signal was recovered")
    lost_s = (microphone.frames_at(ended_ns) - reading.end) / RATE_HZ
    wrong = reading.wrong + reading.lost + reading.repeated
    return Aftermath(lost_s, length_s, wrong, max(0.0, saved_s - length_s))


def outcome(title: str, ends: Sequence[Aftermath], most_lost_s: float, notes: Sequence[str] = ()) -> Outcome:
    """All ends in one table. ``most_lost_s`` is the goal."""
    lost = spread([end.lost_s for end in ends])
    wrong = sum(end.wrong for end in ends)
    broken = sum(end.broken_s > 0 for end in ends)
    problems = [end.problem for end in ends if end.problem]
    return Outcome(
        title=title,
        header=("", "least", "median", "most"),
        rows=[
            ("lost s", lost["least"], lost["median"], lost["most"]),
            ("recovered s", *spread([end.recovered_s for end in ends]).values()),
            ("wrong samples", None, None, wrong),
            ("less than was called saved", None, None, broken),
            ("not recovered", None, None, len(problems)),
        ],
        figures={
            "ends": len(ends),
            "lost_s": {**lost, "all": [end.lost_s for end in ends]},
            "wrong_samples": wrong,
            "promises_broken": broken,
            "not_recovered": problems,
        },
        goals=[
            Goal("most seconds lost", lost["most"], most_lost_s),
            Goal("wrong samples", wrong, 0),
            Goal("recordings with less than was called saved", broken, 0),
            Goal("recordings not recovered", len(problems), 0),
        ],
        notes=[*notes, *(f"problem: {problem}" for problem in problems[:5])],
    )
