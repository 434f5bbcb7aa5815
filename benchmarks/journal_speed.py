"""Checking a long journal, against reading it and hashing each line.

The check parses every line strictly, writes it again in canonical form and compares, looks at the shape of
every event, and follows the chain.
"""

from __future__ import annotations

import hashlib
import io
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.big_case import many_notes
from benchmarks.common import Goal, Outcome, Setting, run, spread

from evidencedesk.custody.journal_check import check_journal

_GOAL = 2.0


def main() -> int:
    """Make a journal, then read it both ways in turn."""
    return run(__doc__ or "", "rounds (full 5, short 3)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    count = 10_000 if setting.short else 100_000
    path = setting.folder / "journal.jsonl"
    with path.open("wb") as file:
        for line in many_notes(count):
            file.write(line + b"\n")
    floors, checks = [], []
    for _ in range(setting.choose(3, 5)):
        floors.append(_floor(path))
        checks.append(_check(path, count))
    ratios = [one / other for one, other in zip(checks, floors, strict=True)]
    yield Outcome(
        title=f"Journal of {count} entries, {path.stat().st_size / 1e6:.1f} MB",
        header=("s", "least", "median", "most"),
        rows=[
            ("check", *spread(checks).values()),
            ("read and hash", *spread(floors).values()),
            ("ratio, round by round", *spread(ratios).values()),
        ],
        figures={"check_s": spread(checks), "floor_s": spread(floors), "ratio": spread(ratios)},
        goals=[Goal("median ratio to reading and hashing", statistics.median(ratios), _GOAL)],
    )


def _floor(path: Path) -> float:
    began_s = time.monotonic()
    with path.open("rb") as file:
        for line in file:
            hashlib.sha256(line[:-1]).hexdigest()
    return time.monotonic() - began_s


def _check(path: Path, count: int) -> float:
    content = io.BytesIO(path.read_bytes())
    began_s = time.monotonic()
    check = check_journal(content)
    took_s = time.monotonic() - began_s
    if check.findings or check.lines != count:
        raise RuntimeError(str(check.findings[:3]))
    return took_s


if __name__ == "__main__":
    raise SystemExit(main())
