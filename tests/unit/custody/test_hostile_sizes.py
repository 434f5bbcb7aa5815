"""Sizes that are meant to hang or to fill the memory: measured in a process of its own."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.archives import Member, archive
from fakes.case_folders import SEALED, file_names, reseal

EMPTY = hashlib.sha256(b"").hexdigest()
MEGABYTE = 1 << 20
# What the interpreter and its modules take before anything is read is some 20.
SMALL_MB, LARGE_MB = 80, 300
_ZIP_PROGRAM = """
import json, resource, sys
from pathlib import Path
from evidencedesk.custody.verify_path import verify_path
from evidencedesk.domain.errors import Known
try:
    verify_path(Path(sys.argv[1]))
    codes = {}
except Known as error:
    codes = {str(error.facts["reason"]): 1}
used = resource.getrusage(resource.RUSAGE_SELF)
json.dump({
    "seconds": used.ru_utime + used.ru_stime,
    "megabytes": int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) >> 10,
    "codes": codes,
}, sys.stdout)
"""
_PROGRAM = """
import json, resource, sys
from collections import Counter
from pathlib import Path
from evidencedesk.custody.verify import verify_folder
report = verify_folder(Path(sys.argv[1]))
used = resource.getrusage(resource.RUSAGE_SELF)
json.dump({
    "seconds": used.ru_utime + used.ru_stime,
    # Not ru_maxrss: that begins with what the parent had.
    "megabytes": int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) >> 10,
    "codes": Counter(fault.code for fault in report.faults),
    "more": {fault.subject: fault.found for fault in report.faults if fault.code == "too-many"},
}, sys.stdout)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


def checked(folder: Path, program: str = _PROGRAM) -> dict[str, object]:
    """What a check of this folder took, and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, check=True, timeout=100
    )
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    assert told["seconds"] < 45, "a machine under load takes three times what a free one does"
    return told


def test_a_million_missing_files_cost_seconds_and_no_memory(folder: Path) -> None:
    with (folder / "manifest-sha256.txt").open("ab") as manifest:
        for number in range(1_000_000):
            manifest.write(b"%s  data/recordings/r-%08d/audio.flac\n" % (EMPTY.encode(), number))
    told = checked(folder)
    assert told["more"] == {"file-missing": str(1_000_000 - 2 - 20)}, "two of them are there"
    assert told["megabytes"] < SMALL_MB  # type: ignore[operator]


@pytest.mark.parametrize(
    "name",
    ["data/journal.jsonl", "data/case.json", f"data/recordings/{SEALED}/pulse.jsonl",
     "signatures/checkpoint.json", "manifest-sha256.txt", "bag-info.txt"],
)  # fmt: skip
def test_a_line_of_50_megabytes_in_any_file_is_named(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b'{"v":"' + b"x" * 50 * MEGABYTE + b'"}\n')
    told = checked(folder)
    assert told["codes"]
    assert told["megabytes"] < LARGE_MB  # type: ignore[operator]


def test_a_journal_of_a_million_empty_lines_is_counted_and_not_kept(folder: Path) -> None:
    with (folder / "data/journal.jsonl").open("ab") as journal:
        journal.write(b"{}\n" * 999_900)
    reseal(folder)
    told = checked(folder)
    assert "journal-line" in told["more"]  # type: ignore[operator]
    assert told["megabytes"] < SMALL_MB  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["deep", "wide"])
def test_a_zip_of_a_hundred_thousand_names_is_refused_within_bounds(tmp_path: Path, kind: str) -> None:
    """Without a limit for folders the deep one took 1.5 GB."""
    deep = [
        Member("/".join(f"{number:05}{depth:02}" for depth in range(30)).encode())
        for number in range(100_000)
    ]
    wide = [Member(f"case/{number}".encode()) for number in range(200_001)]
    (tmp_path / "case.zip").write_bytes(archive(deep if kind == "deep" else wide))
    told = checked(tmp_path / "case.zip", _ZIP_PROGRAM)
    assert told["codes"] == {"too-many": 1}
    assert told["megabytes"] < LARGE_MB  # type: ignore[operator]


def test_a_zip_that_unpacks_to_a_gigabyte_is_refused_at_once(tmp_path: Path) -> None:
    bomb = Member(b"case/bagit.txt", bytes(1 << 30), deflated=True)
    (tmp_path / "case.zip").write_bytes(archive([bomb]))
    told = checked(tmp_path / "case.zip", _ZIP_PROGRAM)
    assert told["codes"] == {"bomb": 1}
    assert told["megabytes"] < SMALL_MB  # type: ignore[operator]


def test_twenty_thousand_extra_files_are_counted(folder: Path) -> None:
    place = folder / "data/extra"
    for number in range(20_000):
        (place / f"{number % 100:02}").mkdir(parents=True, exist_ok=True)
        (place / f"{number % 100:02}/{number}").touch()
    told = checked(folder)
    assert told["more"] == {"file-extra": str(20_000 - 20)}
    assert len(file_names(folder)) > 20_000
