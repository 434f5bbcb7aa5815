"""Checking a case folder, against hashing alone and against other programs, in turn.

The floor is what ``openssl speed sha256`` says this processor can do on one thread. The folder holds files
only, no sound: decoding sound is another question (see ``recovery_speed``).
"""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from benchmarks.big_case import big_case
from benchmarks.common import Goal, Outcome, Setting, need, run, spread

from evidencedesk.custody import file_hashes
from evidencedesk.custody.verify import verify_folder

_FILES = 500
_ONE_THREAD, _TWO_THREADS, _TO_SHA256SUM = 1.2, 0.8, 0.2


def main() -> int:
    """Make a folder, then check it in every way, one after the other."""
    return run(__doc__ or "", "rounds (full 7, short 3)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    need("openssl", "sha256sum")
    file_bytes = (200 if setting.short else 1000) * 1_000_000 // _FILES
    case = big_case(setting.folder / "source", _FILES, file_bytes)
    folder = case.export(setting.folder / "case")
    ways: dict[str, Callable[[], float]] = {
        "openssl speed (floor)": lambda: case.payload_bytes / _floor_bytes_per_s(),
        "verify, one thread": lambda: _verify(folder, 1),
        "verify, two threads": lambda: _verify(folder, 2),
        "sha256sum -c": lambda: _other(folder, "sha256sum", "--quiet", "-c", "manifest-sha256.txt"),
        "bagit.py --validate": lambda: _other(
            folder, sys.executable, "-m", "bagit", "--quiet", "--validate", str(folder)
        ),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    memory_before = _memory_mib()
    for _ in range(setting.choose(3, 7)):
        for name, way in ways.items():
            took[name].append(way())
    medians = {name: statistics.median(values) for name, values in took.items()}
    floor, two = medians["openssl speed (floor)"], medians["verify, two threads"]
    yield Outcome(
        title=f"Verification of {case.payload_bytes // 1_000_000} MB in {_FILES} files",
        header=("s", "least", "median", "most", "to floor"),
        rows=[(name, *spread(values).values(), medians[name] / floor) for name, values in took.items()],
        figures={name: spread(values) for name, values in took.items()},
        goals=[
            Goal("one thread to floor", medians["verify, one thread"] / floor, _ONE_THREAD),
            Goal("two threads to floor", two / floor, _TWO_THREADS),
            Goal(
                "two threads to sha256sum",
                medians["verify, two threads"] / medians["sha256sum -c"],
                _TO_SHA256SUM,
            ),
        ],
        notes=[f"memory of this process: {memory_before} MiB before, {_memory_mib()} MiB at most"],
    )


def _verify(folder: Path, threads: int) -> float:
    # The product has one number of threads; how much the second brings is what is asked here.
    with patch.object(file_hashes, "HASH_THREADS", threads):
        began_s = time.monotonic()
        report = verify_folder(folder)
        took_s = time.monotonic() - began_s
    if report.faults:
        raise RuntimeError(str(report.faults[:3]))
    return took_s


def _other(folder: Path, *command: str) -> float:
    began_s = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.monotonic() - began_s


def _floor_bytes_per_s() -> float:
    """What openssl hashes in blocks of 256 KiB on one thread."""
    command = ["openssl", "speed", "-seconds", "1", "-bytes", "262144", "-evp", "sha256", "-mr"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    match = re.search(r"^\+F:.*:([0-9.]+)$", said, re.MULTILINE)
    if match is None:
        raise RuntimeError(said)
    return float(match[1])


def _memory_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    raise SystemExit(main())
