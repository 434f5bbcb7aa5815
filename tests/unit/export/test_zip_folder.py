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
from evidencedesk.export import zip_folder as zip_folder_module
from evidencedesk.export.zip_folder import zip_folder
from fakes.case_folders import BuiltCase, file_names


@pytest.fixture
def folder(built: BuiltCase, tmp_path: Path) -> Path:
    return built.export(tmp_path / "案件")


def written(folder: Path, target: Path) -> Path:
    zip_folder(folder, target)
    return target


def test_unpacked_it_verifies(folder: Path, tmp_path: Path) -> None:
    target = written(folder, tmp_path / "case.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "unpacked")
    assert verify_folder(tmp_path / "unpacked" / "案件", read_pcm).faults == ()


def test_python_s_own_tool_lists_every_file(folder: Path, tmp_path: Path) -> None:
    target = written(folder, tmp_path / "case.zip")
    done = subprocess.run(
        [sys.executable, "-m", "zipfile", "-t", str(target)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == [f"案件/{name}" for name in sorted(file_names(folder), key=str.encode)]


def test_the_same_folder_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    one = written(folder, tmp_path / "one.zip")
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    other = written(folder, tmp_path / "other.zip")
    assert one.read_bytes() == other.read_bytes()


def test_entries_are_stored_plain_files_of_a_fixed_day(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(written(folder, tmp_path / "case.zip")) as archive:
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.create_system == 3
            assert entry.external_attr >> 16 == 0o100644
            assert entry.date_time == (2020, 1, 1, 0, 0, 0)


def by_the_standard_library(folder: Path, target: Path) -> bytes:
    """What we promise to be equal to."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(file_names(folder), key=str.encode):
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", (2020, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.file_size = (folder / name).stat().st_size
            with archive.open(entry, "w") as file:
                file.write((folder / name).read_bytes())
    return target.read_bytes()


def test_its_bytes_are_those_of_the_standard_library(folder: Path, tmp_path: Path) -> None:
    target = written(folder, tmp_path / "case.zip")
    assert target.read_bytes() == by_the_standard_library(folder, tmp_path / "other.zip")


@pytest.mark.parametrize("limit", [1, 100, 40_000, 100_000])
def test_files_and_places_over_the_limit_take_the_large_form(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    # The limit is lowered instead of writing 2 GiB.
    for module, name, number in (
        (zipfile, "ZIP64_LIMIT", limit),
        (zip_folder_module, "LARGE", limit),
        (zipfile, "ZIP_FILECOUNT_LIMIT", 5),
        (zip_folder_module, "MANY", 5),
    ):
        monkeypatch.setattr(module, name, number)
    target = written(folder, tmp_path / "case.zip")
    assert target.read_bytes() == by_the_standard_library(folder, tmp_path / "other.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(file_names(folder))


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs unzip")
def test_a_file_of_5_gib_is_listed_with_its_size(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    with (folder / "long.flac").open("wb") as file:
        file.truncate(5 << 30)
    chunks = zip_folder_module.zip_chunks(folder)
    head = next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    assert head[18:26] == b"\xff" * 8
    assert (5 << 30).to_bytes(8, "little") * 2 in head


def test_a_file_that_changes_meanwhile_is_named(folder: Path, tmp_path: Path) -> None:
    path = folder / "START-HERE.html"
    content = path.read_bytes()

    def change() -> bool:
        path.write_bytes(content[::-1] if path.read_bytes() == content else content)
        return False

    with pytest.raises(Known) as raised:
        zip_folder(folder, tmp_path / "case.zip", change)
    assert raised.value.code is Code.ORIGINAL_CHANGED
    assert not (tmp_path / "case.zip").exists()


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
    target = written(folder, tmp_path / "case.zip")
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
    assert raised.value.code is Code.TARGET_FULL
    assert list(tmp_path.glob("case*")) == []
