"""A library of a thousand cases beside an empty one: what a full one costs, in the same run.

1,000 cases, 10,000 recorded encounters, 100,000 notes (a hundredth of them with --short). Rounds take turns,
so that a busy machine slows both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.common import ROOT, Goal, Outcome, Setting, run
from benchmarks.large_library import fill_library

from evidencedesk.app.services import OpenedDesk
from evidencedesk.domain.event import EventType
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings, save_settings
from evidencedesk.workflows.open_case import latest_case

_ENCOUNTERS, _NOTES = 10, 10
_LONG_CASE = "c-99999999"
_LONG_ROWS = 10_000
_READY_AT_MOST = 1.3
_TIMEOUT_S = 180.0


def main() -> int:
    """Fill a library, then open it and an empty one, one after the other."""
    return run(__doc__ or "", "rounds (full 7, short 3)", measure)


def measure(setting: Setting) -> Iterator[Outcome]:
    """Start, list and one long case of a full library and of an empty one."""
    rounds = setting.choose(3, 7)
    cases = 10 if setting.short else 1000
    full, empty = setting.folder / "full", setting.folder / "empty"
    began = time.perf_counter()
    fill_library(full, cases, _ENCOUNTERS, _NOTES)
    _add_long_case(full)
    filled_s = time.perf_counter() - began
    LibraryStore.open(empty, SystemClock(), "0").close()
    yield from (_windows(setting.folder, full, empty, rounds), _inside(full, empty, rounds, filled_s))


def _windows(folder: Path, full: Path, empty: Path, rounds: int) -> Outcome:
    config = folder / "config"
    save_settings(config / "EvidenceDesk" / "settings.json", Settings(language="en", welcomed="yes"))
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(config)}
    found: dict[str, list[dict[str, float]]] = {"full": [], "empty": []}
    _ready(empty, env)  # the first start reads the program from the disk
    for _ in range(rounds):
        found["empty"].append(_ready(empty, env))
        found["full"].append(_ready(full, env))
    rows, ratios = [], {}
    for key, what in (("shown_s", "window on the screen"), ("ready_s", "ready to record")):
        medians = {name: statistics.median(one[key] for one in all_of) for name, all_of in found.items()}
        ratios[key] = medians["full"] / medians["empty"]
        rows.append((what, medians["empty"], medians["full"], ratios[key]))
    return Outcome(
        title="From the start of the program",
        header=("until", "empty s", "full s", "ratio"),
        rows=rows,
        figures={"all": found, "ratios": ratios},
        goals=[Goal("window ready, full against empty", ratios["ready_s"], _READY_AT_MOST)],
    )


def _ready(library: Path, env: dict[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "window_ready.py"), str(library)],
        env=env,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the window failed:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _inside(full: Path, empty: Path, rounds: int, filled_s: float) -> Outcome:
    taken: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        taken.setdefault(name, []).append(1000 * (time.perf_counter() - began))

    for _ in range(rounds):
        for name, library in (("empty", empty), ("full", full)):
            began = time.perf_counter()
            opened = OpenedDesk(library, SystemClock())
            taken.setdefault(f"open, {name}", []).append(1000 * (time.perf_counter() - began))
            try:
                timed(f"list of cases, {name}", opened.desk.store.cases)
                timed(f"case for the next recording, {name}", partial(latest_case, opened.desk))
                if name == "full":
                    timed("one case of 10,000 rows", partial(opened.desk.store.case_file, _LONG_CASE))
            finally:
                opened.close()
    rows = [
        (name, f"{min(all_of):.1f}", f"{statistics.median(all_of):.1f}") for name, all_of in taken.items()
    ]
    return Outcome(
        title="Without the window",
        header=("what", "least ms", "median ms"),
        rows=rows,
        figures={"taken_ms": taken, "filled_s": filled_s},
        notes=[f"filling took {filled_s:.0f} s"],
    )


def _add_long_case(library: Path) -> None:
    store = LibraryStore.open(library, SystemClock(), "0")
    titled = {"title": "long", "creditor": "", "contract": ""}
    note = {"encounter": None, "recording": None, "at_ms": None, "text": "又打来了", "marker": None}
    notes = [(EventType.NOTE_TAKEN, {**note, "note": f"n-9{number:07d}"}) for number in range(_LONG_ROWS)]
    try:
        store.append(_LONG_CASE, [(EventType.CASE_OPENED, titled), *notes])
    finally:
        store.close()


if __name__ == "__main__":
    raise SystemExit(main())
