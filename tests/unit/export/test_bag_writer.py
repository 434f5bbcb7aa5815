"""A bag comes out whole and durable, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.export.bag_writer import UNFINISHED, BagFacts, BagWriter, Original, Written

SOUND = b"sound" * 100_000
INFO = [("Bagging-Date", "2026-11-23")]


@pytest.fixture
def original(tmp_path: Path) -> Original:
    (tmp_path / "audio.flac").write_bytes(SOUND)
    return Original(tmp_path / "audio.flac", "data/r/audio.flac", hashlib.sha256(SOUND).hexdigest())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "case"


def write(target: Path, *originals: Original) -> BagFacts:
    written = [Written("data/case.json", b"{}\n"), Written("START-HERE.html", b"<html>\n")]
    return BagWriter(target).write(originals, written, INFO)


def failure(target: Path, *originals: Original) -> Known:
    with pytest.raises(Known) as raised:
        write(target, *originals)
    assert not target.with_name(target.name + ".partial").exists()
    return raised.value


def test_every_file_stands_in_its_list(target: Path, original: Original) -> None:
    facts = write(target, original)
    from_drive = hasattr(os, "posix_fadvise")
    assert facts == BagFacts(files=3, payload_bytes=len(SOUND) + 3, from_drive=from_drive)
    assert (target / "data/r/audio.flac").read_bytes() == SOUND
    assert (target / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert (target / "bag-info.txt").read_bytes() == (
        f"Bagging-Date: 2026-11-23\nPayload-Oxum: {len(SOUND) + 3}.2\n".encode()
    )
    empty_json, sound = hashlib.sha256(b"{}\n").hexdigest(), hashlib.sha256(SOUND).hexdigest()
    manifest = f"{empty_json}  data/case.json\n{sound}  data/r/audio.flac\n".encode()
    assert (target / "manifest-sha256.txt").read_bytes() == manifest
    tags = [line.split("  ")[1] for line in (target / "tagmanifest-sha256.txt").read_text().splitlines()]
    assert tags == ["START-HERE.html", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"]


def test_names_are_ordered_by_their_bytes_and_escaped(target: Path, original: Original) -> None:
    names = ("data/b", "data/中", "data/a%b", "data/\uff00", "data/😀", "data/B")
    copies = [Original(original.source, name, None) for name in names]
    write(target, *copies)
    listed = [line[66:] for line in (target / "manifest-sha256.txt").read_text("utf-8").splitlines()]
    assert listed == ["data/B", "data/a%25b", "data/b", "data/case.json", "data/中", "data/\uff00", "data/😀"]


def test_nothing_is_left_beside_the_folder(target: Path, original: Original) -> None:
    write(target, original)
    assert [path.name for path in target.parent.iterdir()] == ["case"]
    assert not (target / UNFINISHED).exists()


def test_an_empty_folder_may_be_there_already(target: Path, original: Original) -> None:
    target.mkdir(parents=True)
    write(target, original)
    assert (target / "bagit.txt").exists()


@pytest.mark.parametrize("kind", ["file in it", "file", "link", "broken link"])
def test_something_in_the_way_is_left_alone(
    tmp_path: Path, target: Path, original: Original, kind: str
) -> None:
    target.parent.mkdir()
    mine = tmp_path / "mine"
    mine.mkdir()
    if kind == "file in it":
        target.mkdir()
        (target / "mine.txt").write_text("keep")
    elif kind == "file":
        target.write_text("keep")
    elif kind == "link":
        target.symlink_to(mine)
    else:
        target.symlink_to(tmp_path / "nowhere")
    assert failure(target, original).code is Code.TARGET_NOT_EMPTY
    assert [path.name for path in target.parent.iterdir()] == ["case"]
    assert list(mine.iterdir()) == []


def test_what_an_export_that_was_killed_left_is_replaced(target: Path, original: Original) -> None:
    partial = target.with_name("case.partial")
    (partial / "data").mkdir(parents=True)
    (partial / UNFINISHED).touch()
    (partial / "data/old").write_text("half")
    write(target, original)
    assert not partial.exists()
    assert not (target / "data/old").exists()


def test_an_export_killed_at_its_first_step_is_replaced_too(target: Path, original: Original) -> None:
    target.with_name("case.partial").mkdir(parents=True)
    write(target, original)
    assert [path.name for path in target.parent.iterdir()] == ["case"]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_a_partial_folder_that_is_not_ours_is_left_alone(
    tmp_path: Path, target: Path, original: Original, kind: str
) -> None:
    partial = target.with_name("case.partial")
    target.parent.mkdir()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / UNFINISHED).touch()
    if kind == "folder":
        partial.mkdir()
        (partial / "mine.txt").write_text("keep")
    elif kind == "file":
        partial.write_text("keep")
    else:
        partial.symlink_to(mine)
    with pytest.raises(Known) as raised:
        write(target, original)
    assert raised.value.code is Code.TARGET_NOT_EMPTY
    assert raised.value.facts["path"] == str(partial)
    assert partial.exists()
    assert (mine / UNFINISHED).exists()


def test_a_changed_original_is_named_with_both_hashes(target: Path, original: Original) -> None:
    original.source.write_bytes(SOUND + b"!")
    error = failure(target, original)
    assert error.code is Code.ORIGINAL_CHANGED
    assert error.facts["path"] == "data/r/audio.flac"
    assert error.facts["expected"] == original.sha256
    assert error.facts["found"] == hashlib.sha256(SOUND + b"!").hexdigest()
    assert not target.exists()


@pytest.mark.parametrize("kind", ["missing", "fifo", "folder", "link"])
def test_an_original_that_is_no_file_any_more_is_named(target: Path, original: Original, kind: str) -> None:
    source = original.source
    source.unlink()
    if kind == "fifo":
        os.mkfifo(source)
    elif kind == "folder":
        source.mkdir()
    elif kind == "link":
        source.with_name("other").write_bytes(SOUND)
        source.symlink_to("other")
    error = failure(target, original)
    assert error.code is Code.ORIGINAL_CHANGED
    assert error.facts["path"] == "data/r/audio.flac"


def test_the_failure_of_one_file_ends_the_copying_of_the_others(tmp_path: Path, target: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(20 << 30)  # would take minutes
    missing = Original(tmp_path / "small", "data/small", "0" * 64)
    (tmp_path / "small").write_bytes(b"x")
    error = failure(target, Original(big, "data/big", None), missing)
    assert (error.code, error.facts["path"]) == (Code.ORIGINAL_CHANGED, "data/small")


def test_a_cancelled_export_leaves_nothing(target: Path, original: Original) -> None:
    taken = []

    def cancelled() -> bool:
        taken.append(1)
        return len(taken) > 2

    with pytest.raises(Known) as raised:
        BagWriter(target, cancelled=cancelled).write([original], [], INFO)
    assert raised.value.code is Code.CANCELLED
    assert list(target.parent.iterdir()) == []


def test_cancelling_is_heard_at_every_step(target: Path, original: Original) -> None:
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += 1
        return False

    BagWriter(target, cancelled=count).write([original], [Written("data/x", b"")], INFO)
    for at in range(1, steps + 1):
        left = at

        def cancelled() -> bool:
            nonlocal left
            left -= 1
            return left == 0

        with pytest.raises(Known) as raised:
            BagWriter(target.with_name(f"c{at}"), cancelled=cancelled).write(
                [original], [Written("data/x", b"")], INFO
            )
        assert raised.value.code is Code.CANCELLED
    assert [path.name for path in target.parent.iterdir()] == ["case"]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, Code.TARGET_FULL), (errno.EROFS, Code.NOT_WRITABLE), (errno.EIO, Code.TARGET_LOST)],
)
def test_what_the_disk_says_is_told_and_nothing_stays(
    target: Path, original: Original, monkeypatch: pytest.MonkeyPatch, number: int, code: Code
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    error = failure(target, original)
    assert error.code is code
    assert error.facts["path"] == str(target)
    assert not target.exists()


def test_a_place_that_can_not_be_looked_at_is_told(target: Path, original: Original) -> None:
    target.parent.write_text("a file where a folder should be")
    with pytest.raises(Known) as raised:
        write(target, original)
    assert raised.value.code is Code.INPUT_OUTPUT


def test_a_read_error_names_the_original(
    target: Path, original: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    # /proc/self/mem is a regular file whose first page can't be read.
    error = failure(target, Original(Path("/proc/self/mem"), "data/mem", None))
    assert error.code is Code.INPUT_OUTPUT
    assert error.facts["path"] == "/proc/self/mem"


def test_a_bug_on_the_way_leaves_nothing_half_written(target: Path, original: Original) -> None:
    def broken(done: int, total: int, name: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        BagWriter(target, broken).write([original], [], INFO)
    assert list(target.parent.iterdir()) == []


def test_progress_ends_with_everything(target: Path, original: Original) -> None:
    seen: list[tuple[int, int, str]] = []
    BagWriter(target, lambda *step: seen.append(step)).write([original], [], INFO)
    assert seen[-1] == (len(SOUND), len(SOUND), "data/r/audio.flac")
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)


def test_a_folder_that_fills_up_meanwhile_is_left_alone(target: Path, original: Original) -> None:
    target.mkdir(parents=True)

    def fill(done: int, total: int, name: str) -> None:
        (target / "mine.txt").write_text("keep")

    with pytest.raises(Known) as raised:
        BagWriter(target, fill).write([original], [], INFO)
    assert raised.value.code is Code.TARGET_NOT_EMPTY
    assert [path.name for path in target.parent.iterdir()] == ["case"]
    assert (target / "mine.txt").read_text() == "keep"
