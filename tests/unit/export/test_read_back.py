"""What was written is asked for again, from the drive, before it gets its name."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.export.bag_writer import BagWriter, Original, Written
from evidencedesk.export.read_back import read_back
from evidencedesk.export.whole_file import Sink, write_whole
from evidencedesk.system import durable

SOUND = os.urandom(700_000)
INFO = [("Bagging-Date", "2026-11-23")]


@pytest.fixture
def original(tmp_path: Path) -> Original:
    path = tmp_path / "library" / "audio.flac"
    path.parent.mkdir()
    path.write_bytes(SOUND)
    return Original(path, "data/r/audio.flac", hashlib.sha256(SOUND).hexdigest())


@pytest.mark.parametrize("name", ["data/r/audio.flac", "data/case.json", "bagit.txt"])
def test_a_drive_that_gives_back_something_else_is_told(
    tmp_path: Path, original: Original, name: str
) -> None:
    target = tmp_path / "out" / "case"
    partial = target.with_name("case.partial")

    def rot() -> bool:
        """Runs before each step: as soon as the last file is there, one is changed on the drive."""
        if (partial / "manifest-sha256.txt").exists() and name not in changed:
            changed.append(name)
            content = bytearray((partial / name).read_bytes())
            content[len(content) // 2] ^= 1
            (partial / name).write_bytes(content)
        return False

    changed: list[str] = []
    with pytest.raises(Known) as raised:
        BagWriter(target, cancelled=rot).write([original], [Written("data/case.json", b"{}\n")], INFO)
    assert raised.value.code is Code.READ_BACK_DIFFERS
    assert raised.value.facts["path"] == name
    assert list(target.parent.iterdir()) == [], "what the drive gave back wrongly has no name"


def test_reading_back_is_counted_to_its_end(tmp_path: Path, original: Original) -> None:
    steps: list[tuple[int, int, str]] = []
    BagWriter(tmp_path / "case", reading_back=lambda *step: steps.append(step)).write([original], [], INFO)
    done, total, _ = steps[-1]
    assert done == total > len(SOUND)
    assert {name for _, _, name in steps} >= {"data/r/audio.flac", "tagmanifest-sha256.txt"}


def test_reading_back_can_be_cancelled_and_nothing_stays(tmp_path: Path, original: Original) -> None:
    asked = False

    def stop(done: int, total: int, name: str) -> None:
        nonlocal asked
        asked = True

    with pytest.raises(Known) as raised:
        BagWriter(tmp_path / "out/case", cancelled=lambda: asked, reading_back=stop).write(
            [original], [], INFO
        )
    assert raised.value.code is Code.CANCELLED
    assert list((tmp_path / "out").iterdir()) == []


def cached_pages(path: Path) -> int:
    if shutil.which("fincore") is None:
        pytest.skip("needs fincore")
    done = subprocess.run(
        ["fincore", "--bytes", "--noheadings", "--output", "PAGES", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def test_the_system_forgets_what_it_remembers_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "sound"
    with path.open("wb") as file:
        file.write(SOUND)
        durable.fsync_file(file)
        before = cached_pages(path)
        if not durable.forget_cached(file.fileno()):
            pytest.skip("this system can't be asked to")
    after = cached_pages(path)
    if after == before and _in_memory(path):
        pytest.skip("this folder lies in memory")
    assert (before > 0, after) == (True, 0)


def _in_memory(path: Path) -> bool:
    kind = subprocess.run(["stat", "-f", "-c", "%T", str(path)], capture_output=True, text=True, check=True)
    return kind.stdout.strip() in ("tmpfs", "ramfs", "overlayfs")


def test_where_the_system_can_t_be_asked_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sound"
    path.write_bytes(SOUND)
    sha256 = hashlib.sha256(SOUND).hexdigest()

    def refuse(*_: int) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "posix_fadvise", refuse)
    assert not read_back(path, sha256, "sound")
    monkeypatch.delattr(os, "posix_fadvise")
    assert not read_back(path, sha256, "sound")


def test_a_single_file_is_read_back_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "case.zip"
    real = os.fsync

    def rot(descriptor: int) -> None:
        real(descriptor)
        (tmp_path / "case.zip.partial").write_bytes(b"something else")

    monkeypatch.setattr(os, "fsync", rot)
    with pytest.raises(Known) as raised:
        write_whole(target, lambda sink: fill(sink, SOUND))
    assert raised.value.code is Code.READ_BACK_DIFFERS
    assert list(tmp_path.iterdir()) == []


def fill(sink: Sink, content: bytes) -> None:
    sink.write(content)
