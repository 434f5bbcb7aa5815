"""A library goes to another disk, or stays where it is: nothing between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evidencedesk.domain.case import Case, Mode
from evidencedesk.domain.errors import Code, Known
from evidencedesk.system import library_place, places
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings, save_settings
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.move_library import move_library, remove_old
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.handed_over import hand_over, record_case
from fakes.small_disk import fill_up, small_disk


@pytest.fixture
def case(desk: Desk, short_sound: Path) -> Case:
    return record_case(desk, short_sound)


def test_everything_is_in_the_new_place_and_the_old_one_stays(desk: Desk, case: Case, tmp_path: Path) -> None:
    chosen: list[Path] = []
    desk.key.open("")
    fingerprint = desk.key.fingerprint
    before = desk.store.case_file(case.id)
    moved = move_library(desk, tmp_path / "new", chosen.append)
    assert chosen == [tmp_path / "new"] == [moved.folder]
    assert (desk.library / "library.sqlite3").exists()
    with open_desk(moved.folder, SystemClock()) as there:
        assert there.store.case_file(case.id) == before
        assert there.store.check() == ()
        assert there.key.fingerprint == fingerprint
        assert verify(hand_over(there, case, tmp_path / "out")).faults == ()


def test_the_old_desk_writes_nothing_any_more(desk: Desk, case: Case, tmp_path: Path) -> None:
    move_library(desk, tmp_path / "new", lambda _: None)
    with pytest.raises(Known) as refused:
        take_note(desk, case.id, "zu spät")
    assert refused.value.code is Code.LIBRARY_MOVED


def test_when_the_choice_is_not_kept_the_old_one_is_in_use(desk: Desk, case: Case, tmp_path: Path) -> None:
    def refuse(_: Path) -> None:
        raise Known(Code.NOT_WRITABLE)

    with pytest.raises(Known):
        move_library(desk, tmp_path / "new", refuse)
    assert not list(tmp_path.glob("*new*"))
    take_note(desk, case.id, "weiter")


def test_a_recording_comes_first(desk: Desk, case: Case, short_sound: Path, tmp_path: Path) -> None:
    live = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=True)
    try:
        with pytest.raises(Known) as refused:
            move_library(desk, tmp_path / "new", lambda _: None)
    finally:
        live.stop()
        assert live.wait(20)
    assert refused.value.code is Code.BUSY_RECORDING


@pytest.mark.parametrize("where", ["library/inside", "full"])
def test_a_place_that_is_no_place_is_refused(desk: Desk, case: Case, tmp_path: Path, where: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(Known) as refused:
        move_library(desk, tmp_path / where, lambda _: None)
    assert refused.value.code in (Code.TARGET_INSIDE_LIBRARY, Code.TARGET_NOT_EMPTY)


def test_a_full_disk_leaves_the_old_one_in_use(desk: Desk, case: Case, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64m") as disk:
        fill_up(disk)
        with pytest.raises(Known) as refused:
            move_library(desk, disk / "new", lambda _: pytest.fail("switched"))
        assert refused.value.code is Code.DISK_FULL
        assert [path.name for path in disk.iterdir()] == ["filler"]
    take_note(desk, case.id, "weiter")


def test_cancelled_nothing_stays(desk: Desk, case: Case, tmp_path: Path) -> None:
    with pytest.raises(Known) as refused:
        move_library(desk, tmp_path / "new", lambda _: None, cancelled=lambda: True)
    assert refused.value.code is Code.CANCELLED
    assert not list(tmp_path.glob("*new*"))


_KILLED = """
import os, signal, sys
from pathlib import Path
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.move_library import move_library

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

with open_desk(Path(sys.argv[1]), SystemClock()) as desk:
    at_file = die if sys.argv[3] == "at-a-file" else None
    move_library(desk, Path(sys.argv[2]), die, progress=at_file)
"""


@pytest.mark.parametrize("at", ["at-a-file", "at-the-switch"])
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_kill_minus_nine_leaves_the_old_one_in_use(tmp_path: Path, short_sound: Path, at: str) -> None:
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        case = record_case(desk, short_sound)
    script = [sys.executable, "-c", _KILLED, str(library), str(tmp_path / "new"), at]
    assert subprocess.run(script, check=False).returncode == -signal.SIGKILL
    with open_desk(library, SystemClock()) as desk:
        take_note(desk, case.id, "weiter")
        target = tmp_path / "new" if at == "at-a-file" else tmp_path / "elsewhere"
        move_library(desk, target, lambda _: None)
        assert at != "at-a-file" or not list(tmp_path.glob(".new.moving-*"))


def test_the_old_one_stays_while_a_program_has_it_open(desk: Desk, case: Case, tmp_path: Path) -> None:
    moved = move_library(desk, tmp_path / "new", lambda _: None)
    with pytest.raises(Known) as in_use:
        remove_old(moved.old, moved.folder, SystemClock())
    assert in_use.value.code is Code.LIBRARY_IN_USE
    assert (moved.old / "library.sqlite3").exists()


def test_the_old_one_is_compared_and_then_taken_away(tmp_path: Path, short_sound: Path) -> None:
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        record_case(desk, short_sound)
        moved = move_library(desk, tmp_path / "new", lambda _: None)
    (library / "cases" / "mine.txt").write_text("not of the library")
    sound = next(moved.folder.rglob("audio.flac"))
    content = sound.read_bytes()
    sound.chmod(0o600)
    sound.write_bytes(content[:-1])
    with pytest.raises(Known) as differs:
        remove_old(library, moved.folder, SystemClock())
    assert differs.value.code is Code.MOVE_DIFFERS
    assert (library / "library.sqlite3").exists()
    sound.write_bytes(content)
    (library / "cases" / "mine.txt").unlink()
    (library / "mine.txt").write_text("not of the library")
    assert remove_old(library, moved.folder, SystemClock()) > 0
    assert not (library / "library.sqlite3").exists()
    assert not (library / "cases").exists()


@pytest.fixture
def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(places.LIBRARY_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    place = tmp_path / "moved"
    save_settings(places.config_file(), Settings(library=str(place)))
    return place


def test_the_settings_remember_the_place(remembered: Path) -> None:
    assert library_place.library_place() == remembered


def test_a_drive_that_is_not_plugged_in_gets_no_empty_library(remembered: Path) -> None:
    with pytest.raises(Known) as away:
        library_place.require_there(remembered)
    assert away.value.code is Code.LIBRARY_AWAY
    remembered.mkdir()
    (remembered / "library.sqlite3").write_bytes(b"")
    library_place.require_there(remembered)
