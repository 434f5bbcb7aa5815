"""One file of a case folder: the same bytes each time, readable by everybody."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.errors import Code, Known
from evidencedesk.export.zip_folder import zip_folder
from fakes.case_folders import BuiltCase, file_names


@pytest.fixture
def folder(built: BuiltCase, tmp_path: Path) -> Path:
    return built.export(tmp_path / "案件")


def test_unpacked_it_verifies(folder: Path, tmp_path: Path) -> None:
    target = zip_folder(folder, tmp_path / "case.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "unpacked")
    assert verify_folder(tmp_path / "unpacked" / "案件", read_pcm).faults == ()


def test_python_s_own_tool_lists_every_file(folder: Path, tmp_path: Path) -> None:
    target = zip_folder(folder, tmp_path / "case.zip")
    done = subprocess.run(
        [sys.executable, "-m", "zipfile", "-t", str(target)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == [f"案件/{name}" for name in sorted(file_names(folder), key=str.encode)]


def test_the_same_folder_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    one = zip_folder(folder, tmp_path / "one.zip")
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    other = zip_folder(folder, tmp_path / "other.zip")
    assert one.read_bytes() == other.read_bytes()


def test_entries_are_stored_plain_files_of_a_fixed_day(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(zip_folder(folder, tmp_path / "case.zip")) as archive:
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.create_system == 3
            assert entry.external_attr >> 16 == 0o100644
            assert entry.date_time == (2020, 1, 1, 0, 0, 0)


def test_a_file_over_4_gib_takes_the_large_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The limit is lowered instead of writing 4 GiB.
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "long.flac").write_bytes(b"s" * 5000)
    target = zip_folder(folder, tmp_path / "case.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.read("case/long.flac") == b"s" * 5000


def test_an_existing_file_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "case.zip").write_text("mine")
    with pytest.raises(Known) as raised:
        zip_folder(folder, tmp_path / "case.zip")
    assert raised.value.code is Code.TARGET_NOT_EMPTY
    assert (tmp_path / "case.zip").read_text() == "mine"


def test_a_link_to_nowhere_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "case.zip").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Known) as raised:
        zip_folder(folder, tmp_path / "case.zip")
    assert raised.value.code is Code.TARGET_NOT_EMPTY
    assert (tmp_path / "case.zip").is_symlink()


def test_a_place_that_is_no_folder_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Known) as raised:
        zip_folder(folder, tmp_path / "file" / "case.zip")
    assert raised.value.code is Code.INPUT_OUTPUT


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs unzip")
def test_unzip_accepts_it(folder: Path, tmp_path: Path) -> None:
    target = zip_folder(folder, tmp_path / "case.zip")
    subprocess.run(["unzip", "-tq", str(target)], check=True, stdout=subprocess.DEVNULL)


def test_what_a_killed_run_left_is_replaced(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "case.zip.partial").write_bytes(b"PK")
    zip_folder(folder, tmp_path / "case.zip")
    assert not (tmp_path / "case.zip.partial").exists()


def test_cancelling_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Known) as raised:
        zip_folder(folder, tmp_path / "case.zip", cancelled=lambda: True)
    assert raised.value.code is Code.CANCELLED
    assert list(tmp_path.glob("case*")) == []


def test_a_full_disk_leaves_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Known) as raised:
        zip_folder(folder, tmp_path / "case.zip")
    assert raised.value.code is Code.DISK_FULL
    assert list(tmp_path.glob("case*")) == []
