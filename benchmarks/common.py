"""What all benchmarks share: options, tables, figures as JSON, and the words for "not possible here"."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_GOALS_MET, _GOAL_MISSED, _NOT_POSSIBLE = 0, 1, 2


class NotPossibleError(Exception):
    """This machine lacks something the benchmark needs; the text says what."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure with the most it should be."""

    what: str
    figure: float
    at_most: float

    @property
    def met(self) -> bool:
        """Whether the figure is good enough."""
        return self.figure <= self.at_most


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a benchmark found: a table for people, figures for programs."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    figures: Mapping[str, object]
    goals: Sequence[Goal] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """How a benchmark was asked to run. ``folder`` is empty and removed afterwards."""

    short: bool
    folder: Path
    times: int | None

    def choose(self, short: int, full: int) -> int:
        """How often, or how long: what was asked for, or what fits a short or a full run."""
        return self.times or (short if self.short else full)


def run(
    description: str,
    times: str,
    benchmark: Callable[[Setting], Iterable[Outcome]],
    arguments: Sequence[str] | None = None,
) -> int:
    """Read the options, run, print. 0 goals met, 1 a goal missed, 2 not possible here.

    ``times`` says what the option of that name counts.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--short", action="store_true", help="a quick look; the figures are rough")
    parser.add_argument("--times", type=int, metavar="N", help=times)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    parser.add_argument("--in", type=Path, dest="place", metavar="FOLDER", help="record on this disk")
    options = parser.parse_args(arguments)
    load_before = os.getloadavg()[0]
    began_s = time.monotonic()
    # A short path: a UNIX socket's may have 108 bytes.
    with tempfile.TemporaryDirectory(prefix="ed-bench-", dir=options.place) as folder:
        try:
            outcomes = list(benchmark(Setting(options.short, Path(folder), options.times)))
        except NotPossibleError as error:
            print(f"not possible here: {error}", file=sys.stderr)
            return _NOT_POSSIBLE
    for outcome in outcomes:
        print(text(outcome))
    machine = {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": load_before,
    }
    print(f"took {time.monotonic() - began_s:.0f} s; load before: {load_before:.2f}")
    if options.json is not None:
        found = {
            outcome.title: {**outcome.figures, "goals": [asdict(goal) for goal in outcome.goals]}
            for outcome in outcomes
        }
        content = {"short": options.short, "machine": machine, "found": found}
        options.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return _GOALS_MET if all(goal.met for one in outcomes for goal in one.goals) else _GOAL_MISSED


def text(outcome: Outcome) -> str:
    """An outcome as lines of text."""
    lines = ["", outcome.title, "=" * len(outcome.title), *table(outcome.header, outcome.rows)]
    for goal in outcome.goals:
        verdict = "met" if goal.met else "MISSED"
        lines.append(f"goal: {goal.what} <= {goal.at_most:g}: {goal.figure:.3g}, {verdict}")
    return "\n".join([*lines, *outcome.notes])


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Columns of text: the first to the left, all others to the right."""
    cells = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    return [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Least, median and most of some figures; empty without any."""
    if not values:
        return {}
    return {"least": min(values), "median": statistics.median(values), "most": max(values)}


def need(*programs: str) -> None:
    """Raise NotPossibleError unless all programs are installed."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        raise NotPossibleError(f"not installed: {', '.join(missing)}")


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
