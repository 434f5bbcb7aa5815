"""A real drive becomes full, or is pulled out, while a case is copied to it: what is there is said."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.export.bag_writer import BagWriter, Original
from evidencedesk.export.zip_folder import zip_folder
from evidencedesk.system.resources import resource
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Words
from fakes.case_folders import BuiltCase
from fakes.small_disk import fill_up, small_disk, take_away

INFO = [("Bagging-Date", "2026-11-23")]
MEGABYTE = 1 << 20


@pytest.fixture
def originals(tmp_path: Path) -> list[Original]:
    found = []
    for number in range(3):
        path = tmp_path / f"sound-{number}"
        path.write_bytes(os.urandom(2 * MEGABYTE))
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        found.append(Original(path, f"data/recordings/r-{number}/audio.flac", sha256))
    return found


def failure(
    target: Path, originals: list[Original], at: Callable[[int, int, str], None] | None = None
) -> Known:
    with pytest.raises(Known) as raised:
        BagWriter(target, at).write(originals, [], INFO)
    return raised.value


def test_a_full_drive_says_so_and_nothing_half_written_stays(
    tmp_path: Path, originals: list[Original]
) -> None:
    with small_disk(tmp_path / "usb", "3m") as usb:
        error = failure(usb / "case", originals)
        assert error.code is Code.TARGET_FULL
        assert list(usb.iterdir()) == []
    said = describe(Words("en", resource("locale")), error)
    assert "nothing half-written stays" in said.safe
    assert str(usb / "case") in said.what


def test_a_drive_that_somebody_else_fills_meanwhile(tmp_path: Path, originals: list[Original]) -> None:
    with small_disk(tmp_path / "usb", "12m") as usb:
        error = failure(usb / "case", originals, lambda *_: fill_up(usb))
        assert error.code is Code.TARGET_FULL
        assert [path.name for path in usb.iterdir()] == ["filler"]


def test_a_full_drive_leaves_no_half_zip(tmp_path: Path, built: BuiltCase) -> None:
    folder = built.export(tmp_path / "case")
    with small_disk(tmp_path / "usb", "100k") as usb:
        with pytest.raises(Known) as raised:
            zip_folder(folder, usb / "case.zip")
        assert raised.value.code is Code.TARGET_FULL
        assert list(usb.iterdir()) == []


@pytest.mark.parametrize("after_bytes", [1, 3 * MEGABYTE, 6 * MEGABYTE])
def test_a_drive_that_is_pulled_out_while_copying(
    tmp_path: Path, originals: list[Original], after_bytes: int
) -> None:
    with small_disk(tmp_path / "usb", "40m") as usb:

        def pull(done: int, total: int, name: str) -> None:
            if done >= after_bytes:
                take_away(usb)

        error = failure(usb / "case", originals, pull)
        assert error.code is Code.TARGET_LOST
        assert not (usb / "case").exists()
    said = describe(Words("zh", resource("locale")), error)
    assert "case.partial" in said.safe
    assert "半成品" in said.safe


def test_a_drive_that_is_pulled_out_while_it_is_read_back(tmp_path: Path, originals: list[Original]) -> None:
    with small_disk(tmp_path / "usb", "40m") as usb:
        with pytest.raises(Known) as raised:
            BagWriter(usb / "case", reading_back=lambda *_: take_away(usb)).write(originals, [], INFO)
        assert raised.value.code is Code.TARGET_LOST
        assert not (usb / "case").exists()
