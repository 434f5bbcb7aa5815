from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code
from evidencedesk.system import durable
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.durable import (
    create_folder,
    disk_failure,
    fsync_file,
    fsync_folder,
    make_read_only,
    write_atomic,
)


def test_a_file_is_replaced_as_a_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    path.write_bytes(b"old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["settings"]


def test_the_mode_can_be_chosen(tmp_path: Path) -> None:
    write_atomic(tmp_path / "page", b"", mode=0o444)
    assert stat.S_IMODE((tmp_path / "page").stat().st_mode) == 0o444


def test_when_the_disk_refuses_the_old_file_stays_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings"
    path.write_bytes(b"old")

    def refuse(_file: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable, "fsync_file", refuse)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["settings"]


def test_the_name_is_made_durable_after_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    write_atomic(tmp_path / "a", b"x")
    assert synced == [False, True]


def test_buffered_writes_reach_the_disk_too(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.write(b"x")
        fsync_file(file)
        assert (tmp_path / "a").read_bytes() == b"x"
        fsync_file(file.fileno())


def test_folders_are_private_and_may_exist(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c"
    create_folder(deep)
    create_folder(deep)
    for folder in (deep, deep.parent, deep.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_each_new_folder_is_made_durable_in_the_one_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(durable, "fsync_folder", synced.append)
    create_folder(tmp_path / "a" / "b")
    assert synced == [tmp_path, tmp_path / "a"]


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        create_folder(tmp_path / "a")
    with pytest.raises(OSError, match="a"):
        create_folder(tmp_path / "a" / "b")


def test_read_only_means_nobody_may_write(tmp_path: Path) -> None:
    path = tmp_path / "audio.flac"
    path.write_bytes(b"x")
    path.chmod(0o666)
    make_read_only(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_a_missing_folder_cannot_be_synced(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fsync_folder(tmp_path / "none")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, Code.DISK_FULL),
        (errno.EDQUOT, Code.DISK_FULL),
        (errno.EACCES, Code.NOT_WRITABLE),
        (errno.EPERM, Code.NOT_WRITABLE),
        (errno.EROFS, Code.NOT_WRITABLE),
        (errno.EIO, Code.INPUT_OUTPUT),
        (errno.ENOENT, Code.INPUT_OUTPUT),
    ],
)
def test_what_the_disk_says_becomes_a_known_error(number: int, code: Code, tmp_path: Path) -> None:
    failure = disk_failure(OSError(number, os.strerror(number)), tmp_path)
    assert (failure.code, failure.exit_code) == (code, 3)
    assert failure.facts == {"path": str(tmp_path), "detail": os.strerror(number)}


def test_an_error_without_a_number_keeps_its_words(tmp_path: Path) -> None:
    assert disk_failure(OSError("odd"), tmp_path).facts["detail"] == "odd"


def test_free_room_is_counted_in_bytes(tmp_path: Path) -> None:
    assert free_bytes(tmp_path) > 0
    with pytest.raises(FileNotFoundError):
        free_bytes(tmp_path / "none")
