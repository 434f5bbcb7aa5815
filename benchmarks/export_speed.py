"""Writing a case folder, against ``cp -r`` and ``sync`` of the same files on the same disk, in turn.

An export copies, hashes while it copies, compares each hash with the one taken when the file came in, and
waits until everything is on the disk. That is what is held against ``cp`` and ``sync``. Then it reads all of
it back from the drive, which ``cp`` does not; the second row has both.
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
    written, exports, copies = [], [], []
    for _ in range(setting.choose(3, 7)):
        copies.append(_copy(case, setting.folder / "copy"))
        on_disk_s, read_back_s = _export(case, setting.folder / "export")
        written.append(on_disk_s)
        exports.append(read_back_s)
    ratios = [one / other for one, other in zip(written, copies, strict=True)]
    rows = [
        ("case folder, on the disk", *spread(written).values()),
        ("the same, read back", *spread(exports).values()),
        ("cp -r && sync", *spread(copies).values()),
        ("on the disk to cp, round by round", *spread(ratios).values()),
    ]
    yield Outcome(
        title=f"Export of {case.payload_bytes // 1_000_000} MB in {_FILES} files",
        header=("s", "least", "median", "most"),
        rows=rows,
        figures={
            "written_s": spread(written),
            "export_s": spread(exports),
            "copy_s": spread(copies),
            "ratio": spread(ratios),
        },
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


def _export(case: BigCase, target: Path) -> tuple[float, float]:
    """Seconds until all of it was on the disk, and until it was read back."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["sync"], check=True)
    on_disk: list[float] = []

    def reading_back(_done: int, _total: int, _name: str) -> None:
        on_disk.append(time.monotonic())

    began_s = time.monotonic()
    case.export(target, reading_back)
    took_s = time.monotonic() - began_s
    shutil.rmtree(target)
    return on_disk[0] - began_s, took_s


if __name__ == "__main__":
    raise SystemExit(main())
