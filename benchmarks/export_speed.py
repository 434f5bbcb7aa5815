"""Writing a case folder, against ``cp -r`` and ``sync`` of the same files on the same disk, in turn.

An export copies, hashes while it copies, compares each hash with the one taken when the file came in, and
waits until everything is on the disk.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.big_case import BigCase, big_case
from benchmarks.common import Goal, Outcome, Setting, need, run, spread

_FILES = 500
_GOAL = 1.3


def main() -> int:
    """Make a case, then copy it both ways, one after the other."""
    return run(__doc__ or "", "rounds (full 7, short 3)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    need("cp", "sync")
    file_bytes = (200 if setting.short else 1000) * 1_000_000 // _FILES
    case = big_case(setting.folder / "source", _FILES, file_bytes)
    exports, copies = [], []
    for _ in range(setting.choose(3, 7)):
        copies.append(_copy(case, setting.folder / "copy"))
        exports.append(_export(case, setting.folder / "export"))
    ratios = [one / other for one, other in zip(exports, copies, strict=True)]
    rows = [
        (name, *spread(values).values())
        for name, values in (("case folder", exports), ("cp -r && sync", copies))
    ]
    rows.append(("ratio, round by round", *spread(ratios).values()))
    yield Outcome(
        title=f"Export of {case.payload_bytes // 1_000_000} MB in {_FILES} files",
        header=("s", "least", "median", "most"),
        rows=rows,
        figures={"export_s": spread(exports), "copy_s": spread(copies), "ratio": spread(ratios)},
        goals=[Goal("median ratio to cp -r && sync", statistics.median(ratios), _GOAL)],
    )


def _copy(case: BigCase, target: Path) -> float:
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["sync"], check=True)
    began_s = time.monotonic()
    subprocess.run(["cp", "-r", str(case.source), str(target)], check=True)
    subprocess.run(["sync"], check=True)
    took_s = time.monotonic() - began_s
    shutil.rmtree(target)
    return took_s


def _export(case: BigCase, target: Path) -> float:
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["sync"], check=True)
    began_s = time.monotonic()
    case.export(target)
    took_s = time.monotonic() - began_s
    shutil.rmtree(target)
    return took_s


if __name__ == "__main__":
    raise SystemExit(main())
