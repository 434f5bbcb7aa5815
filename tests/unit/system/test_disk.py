"""Two folders on one drive, or on two."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from evidencedesk.system.disk import same_drive

_MEMORY = Path("/dev/shm")  # only looked at: a drive of its own on every Linux


def test_a_folder_is_on_the_drive_of_the_folder_above_it(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    assert same_drive(below, tmp_path)


def test_folders_that_are_not_there_yet_count_for_the_nearest_one_above(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert same_drive(tmp_path / "not" / "yet", tmp_path / "nor" / "this" / "one")
    assert same_drive(tmp_path / "file" / "in a file", tmp_path)


@pytest.mark.skipif(not _MEMORY.is_dir(), reason="no second drive to look at")
def test_another_drive_is_another_drive_although_the_folder_is_not_there(tmp_path: Path) -> None:
    if tmp_path.stat().st_dev == _MEMORY.stat().st_dev:
        pytest.skip("the temporary folder is in memory, too")
    assert not same_drive(tmp_path / "not yet", _MEMORY / "not yet" / "this")


@pytest.mark.skipif(not _MEMORY.is_dir(), reason="no second drive to look at")
def test_a_link_counts_for_where_it_leads(tmp_path: Path) -> None:
    if tmp_path.stat().st_dev == _MEMORY.stat().st_dev:
        pytest.skip("the temporary folder is in memory, too")
    link = tmp_path / "link"
    link.symlink_to(_MEMORY, target_is_directory=True)
    assert not same_drive(link / "not yet", tmp_path)


def test_a_relative_path_counts_from_where_we_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert same_drive(Path("not yet"), tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="a name of Windows may be longer")
def test_where_nobody_can_tell_no_second_drive_is_claimed(tmp_path: Path) -> None:
    impossible = tmp_path / ("n" * (os.pathconf(tmp_path, "PC_NAME_MAX") + 1))
    assert same_drive(impossible, _MEMORY)
