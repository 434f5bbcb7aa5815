"""Whatever single thing happens to a folder, by accident or by hand, is named."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.finding import Report
from fakes.case_folders import file_names

quickly = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Nothing vouches for this one: what it says wrongly is told about the files it speaks of.
ALONE = "tagmanifest-sha256.txt"


@pytest.fixture(scope="module")
def originals(exported: Path) -> dict[str, bytes]:
    return {name: (exported / name).read_bytes() for name in file_names(exported)}


@pytest.fixture
def work(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "work")


def restore(folder: Path, originals: dict[str, bytes]) -> None:
    """Make a folder whole again; cheaper than a new copy."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or (path.is_file() and name not in originals):
            path.unlink()
    for name, content in originals.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def told(report: Report) -> str:
    return "\n".join(f"{fault.code} {fault.subject} {fault.expected}" for fault in report.faults)


def require_named(folder: Path, *names: str) -> None:
    report = verify_folder(folder, read_pcm)
    assert report.faults, names
    for name in names:
        if name != ALONE:
            assert name in told(report), told(report)


def draw_name(data: st.DataObject, originals: dict[str, bytes]) -> str:
    return data.draw(st.sampled_from(sorted(originals)), label="file")


def mutated(data: st.DataObject, content: bytes) -> bytes:
    """Other bytes: some flipped, taken out, put in, cut off, or written twice."""
    at = data.draw(st.integers(0, max(0, len(content) - 1)), label="at")
    kind = data.draw(st.sampled_from(["flip", "delete", "insert", "cut", "twice", "lines"]), label="kind")
    if kind == "flip":
        mask = data.draw(st.integers(1, 255), label="mask")
        return content[:at] + bytes([content[at] ^ mask]) + content[at + 1 :] if content else b"x"
    if kind == "delete":
        return content[:at] + content[at + data.draw(st.integers(1, 200), label="count") :]
    if kind == "insert":
        return content[:at] + data.draw(st.binary(min_size=1, max_size=40), label="put in") + content[at:]
    if kind == "cut":
        return content[:at]
    if kind == "twice":
        return content + content[at:]
    lines = content.splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1), label="line")
    second = data.draw(st.integers(0, len(lines) - 1), label="other line")
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


@quickly
@given(data=st.data())
def test_other_bytes_in_any_file_are_named(
    work: Path, originals: dict[str, bytes], data: st.DataObject
) -> None:
    name = draw_name(data, originals)
    changed = mutated(data, originals[name])
    assume(changed != originals[name])
    (work / name).write_bytes(changed)
    try:
        require_named(work, name)
    finally:
        restore(work, originals)


def test_any_two_files_in_each_others_place_are_named(work: Path, originals: dict[str, bytes]) -> None:
    for one, other in itertools.combinations(originals, 2):
        (work / one).write_bytes(originals[other])
        (work / other).write_bytes(originals[one])
        require_named(work, one, other)
        restore(work, originals)


@pytest.mark.parametrize("place", ["", "data/", "data/recordings/", "signatures/"])
def test_any_moved_file_is_named_by_both_names(work: Path, originals: dict[str, bytes], place: str) -> None:
    for name in originals:
        moved = f"{place}moved{Path(name).suffix}"
        (work / name).rename(work / moved)
        # Without its list nothing tells an extra file from the others: the list is what is named.
        named = [] if name == "manifest-sha256.txt" and moved.startswith("data/") else [moved]
        require_named(work, name, *named)
        restore(work, originals)


@pytest.mark.parametrize("kind", ["gone", "link", "pipe", "folder"])
def test_any_file_that_is_gone_or_something_else_is_named(
    work: Path, originals: dict[str, bytes], kind: str
) -> None:
    for name, content in originals.items():
        path = work / name
        path.unlink()
        if kind == "link":
            (work.parent / "outside").write_bytes(content)
            path.symlink_to(work.parent / "outside")
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        require_named(work, name)
        if kind == "folder":
            path.rmdir()
        elif kind != "gone":
            path.unlink()
        restore(work, originals)


def test_any_whole_folder_that_is_gone_is_named(work: Path, originals: dict[str, bytes]) -> None:
    for gone in sorted({parent.as_posix() for name in originals for parent in Path(name).parents} - {"."}):
        shutil.rmtree(work / gone)
        require_named(work, *(name for name in originals if name.startswith(f"{gone}/")))
        restore(work, originals)
