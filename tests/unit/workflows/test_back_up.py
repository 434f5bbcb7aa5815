"""A whole library in one file, and back again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.case import Case, Mode
from evidencedesk.domain.errors import Code, Known
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.back_up import back_up, last_backup
from evidencedesk.workflows.backup_format import manifest_text
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.restore_library import restore_library
from evidencedesk.workflows.verify_folder import verify
from fakes.handed_over import hand_over, record_case
from fakes.small_disk import fill_up, small_disk


@pytest.fixture
def case(desk: Desk, short_sound: Path) -> Case:
    return record_case(desk, short_sound)


def restore(file: Path, folder: Path) -> None:
    restore_library(file, folder, SystemClock())


def test_everything_comes_back_and_can_be_handed_over(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    assert (kept.cases, kept.with_key, kept.differing) == (1, False, ())
    restored = restore_library(kept.path, tmp_path / "new", SystemClock())
    assert (restored.cases, restored.differing) == (1, ())
    lines = list(desk.store.journal_lines(case.id))
    with open_desk(tmp_path / "new", SystemClock()) as again:
        assert list(again.store.journal_lines(case.id)) == lines
        assert again.store.case_file(case.id) == desk.store.case_file(case.id)
        assert verify(hand_over(again, case, tmp_path / "out")).faults == ()
    sound = next((tmp_path / "new").rglob("audio.flac"))
    assert not sound.stat().st_mode & 0o222, "as unchangeable as it was"


def test_it_is_a_plain_stored_zip_that_checks_itself(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    with zipfile.ZipFile(kept.path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names[:2] == ["EvidenceDesk-backup/back-up.json", "EvidenceDesk-backup/manifest-sha256.txt"]
        archive.extractall(tmp_path / "by-hand")
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "../manifest-sha256.txt"],
        cwd=tmp_path / "by-hand" / "EvidenceDesk-backup" / "library",
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_the_key_goes_along_only_when_asked_for(desk: Desk, case: Case, tmp_path: Path) -> None:
    desk.key.open("")
    fingerprint = desk.key.fingerprint
    for with_key in (False, True):
        kept = back_up(desk, tmp_path / f"kept-{with_key}.zip", with_key=with_key)
        restore(kept.path, tmp_path / f"new-{with_key}")
        assert (tmp_path / f"new-{with_key}" / "keys" / "device.key").exists() is with_key
    with open_desk(tmp_path / "new-True", SystemClock()) as again:
        assert again.key.fingerprint == fingerprint


def test_an_encrypted_back_up_opens_with_its_key_only(desk: Desk, case: Case, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    key_file = tmp_path / "key.txt"
    key_file.write_text(f"{identity}\n")
    kept = back_up(desk, tmp_path / "kept.zip", encrypt_to=[str(identity.to_public())])
    assert kept.path.name == "kept.zip.age"
    with pytest.raises(Known) as locked:
        restore(kept.path, tmp_path / "new")
    assert locked.value.code is Code.ARCHIVE_LOCKED
    restored = restore_library(kept.path, tmp_path / "new", SystemClock(), key_file=key_file)
    assert restored.cases == 1


def test_the_date_of_the_last_one_is_remembered(desk: Desk, case: Case, tmp_path: Path) -> None:
    assert last_backup(desk.library) is None
    kept = back_up(desk, tmp_path)
    remembered = last_backup(desk.library)
    assert remembered is not None
    assert remembered.path == str(kept.path)
    assert kept.path.parent == tmp_path


def test_a_recording_comes_first(desk: Desk, case: Case, short_sound: Path, tmp_path: Path) -> None:
    live = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=True)
    try:
        with pytest.raises(Known) as refused:
            back_up(desk, tmp_path / "kept.zip")
    finally:
        live.stop()
        assert live.wait(20)
    assert refused.value.code is Code.BUSY_RECORDING
    assert not list(tmp_path.glob("kept*"))


def test_a_damaged_recording_does_not_keep_the_rest_from_being_kept(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    sound = next(desk.library.rglob("audio.flac"))
    sound.chmod(0o600)
    sound.write_bytes(sound.read_bytes()[:-1])
    kept = back_up(desk, tmp_path / "kept.zip")
    assert kept.differing == (sound.relative_to(desk.library).as_posix(),)
    assert restore_library(kept.path, tmp_path / "new", SystemClock()).differing == kept.differing


def test_cancelled_half_way_nothing_stays(desk: Desk, case: Case, tmp_path: Path) -> None:
    seen: list[int] = []
    with pytest.raises(Known) as refused:
        back_up(
            desk,
            tmp_path / "kept.zip",
            progress=lambda done, _total, _name: seen.append(done),
            cancelled=lambda: len(seen) > 5,
        )
    assert refused.value.code is Code.CANCELLED
    assert not list(tmp_path.glob("kept*"))
    assert not list(desk.library.glob(".back-up-*"))


def test_a_full_stick_leaves_nothing_half_written(desk: Desk, case: Case, tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", "64m") as stick:
        fill_up(stick)
        with pytest.raises(Known) as refused:
            back_up(desk, stick / "kept.zip")
        assert refused.value.code is Code.DISK_FULL
        assert not list(stick.glob("kept*"))


@pytest.mark.parametrize("where", ["library/kept.zip", "taken.zip"])
def test_a_place_that_is_no_place_is_refused(desk: Desk, case: Case, tmp_path: Path, where: str) -> None:
    (tmp_path / "taken.zip").write_text("mine")
    with pytest.raises(Known) as refused:
        back_up(desk, tmp_path / where)
    assert refused.value.code in (Code.TARGET_INSIDE_LIBRARY, Code.TARGET_NOT_EMPTY)
    assert (tmp_path / "taken.zip").read_text() == "mine"


def test_an_existing_library_is_never_restored_over(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    before = sorted(path.name for path in desk.library.iterdir())
    with pytest.raises(Known) as refused:
        restore(kept.path, desk.library)
    assert refused.value.code is Code.TARGET_NOT_EMPTY
    assert sorted(path.name for path in desk.library.iterdir()) == before


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40_000])


def _turn_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[content.index(b"fLaC") + 500] ^= 1
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("damage", [_cut, _turn_a_bit])
def test_a_damaged_file_says_what_is_missing_and_leaves_nothing(
    desk: Desk, case: Case, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    damage(kept.path)
    with pytest.raises(Known) as refused:
        restore(kept.path, tmp_path / "new")
    assert refused.value.code is Code.BACKUP_DAMAGED
    assert int(refused.value.facts["count"]) < int(refused.value.facts["total"])
    assert refused.value.facts["item"]
    assert not list(tmp_path.glob("*new*"))


def test_a_zip_that_is_something_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(Known) as refused:
        restore(other, tmp_path / "new")
    assert refused.value.code is Code.BACKUP_UNREADABLE


def test_a_zip_that_leaves_its_folder_is_refused(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    with zipfile.ZipFile(kept.path, "a") as archive:
        archive.writestr("EvidenceDesk-backup/../../evil.txt", "x")
    with pytest.raises(Known):
        restore(kept.path, tmp_path / "new")
    assert not list(tmp_path.rglob("evil.txt"))
    assert not list(tmp_path.glob("*new*"))


def test_one_file_too_many_is_no_back_up_of_ours(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(kept.path) as archive, zipfile.ZipFile(changed, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name))
        copy.writestr("EvidenceDesk-backup/library/cases/strange.txt", "x")
    with pytest.raises(Known) as refused:
        restore(changed, tmp_path / "new")
    assert refused.value.code is Code.BACKUP_DAMAGED
    assert refused.value.facts["item"] == "cases/strange.txt"


_KILLED = """
import os, signal, sys
from pathlib import Path
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.restore_library import restore_library

def die(done, total, name):
    if name.endswith("audio.flac"):
        os.kill(os.getpid(), signal.SIGKILL)

restore_library(Path(sys.argv[1]), Path(sys.argv[2]), SystemClock(), progress=die)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_kill_minus_nine_leaves_no_library_and_the_next_try_cleans_up(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    done = subprocess.run([sys.executable, "-c", _KILLED, str(kept.path), str(tmp_path / "new")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "new").exists()
    restore(kept.path, tmp_path / "new")
    assert not list(tmp_path.glob(".new*"))
    shutil.rmtree(tmp_path / "new")


def test_a_full_disk_keeps_no_half_library(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    with small_disk(tmp_path / "disk", "64m") as disk:
        fill_up(disk)
        with pytest.raises(Known) as refused:
            restore(kept.path, disk / "new")
        assert refused.value.code is Code.DISK_FULL
        assert not (disk / "new").exists()


def _with_database(kept: Path, target: Path, *statements: str) -> Path:
    """The same back-up with another database in it, as another version would have written it."""
    place = target.with_suffix("")
    with zipfile.ZipFile(kept) as archive:
        names = archive.namelist()
        archive.extractall(place)
    database = place / "EvidenceDesk-backup" / "library" / "library.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    library = place / "EvidenceDesk-backup" / "library"
    files = sorted(path for path in library.rglob("*") if path.is_file())
    hashes = {path.relative_to(library).as_posix(): hash_file(path)[0] for path in files}
    (place / "EvidenceDesk-backup" / "manifest-sha256.txt").write_bytes(manifest_text(hashes))
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.write(place / name, name)
    return target


def test_a_back_up_of_an_older_version_is_brought_up_to_date(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    dropped = [
        *(("attachments", name) for name in ("kind", "text", "debt", "template")),
        *(("follow_ups", name) for name in ("progress", "due", "remind", "outcome", "plan")),
        ("cases", "archived"),
    ]
    older = _with_database(
        kept.path,
        tmp_path / "older.zip",
        *(f"ALTER TABLE {table} DROP COLUMN {column}" for table, column in dropped),
        "DROP INDEX ix_events_case_id_type",
        "DROP TABLE search_texts",
        "DROP TABLE search_grams",
        "UPDATE alembic_version SET version_num = '0004'",
    )
    assert restore_library(older, tmp_path / "new", SystemClock()).cases == 1
    with open_desk(tmp_path / "new", SystemClock()) as again:
        assert again.store.case_file(case.id) == desk.store.case_file(case.id)


def test_a_back_up_of_a_newer_version_is_said_to_be_newer(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    newer = _with_database(
        kept.path, tmp_path / "newer.zip", "UPDATE alembic_version SET version_num = '9999'"
    )
    with pytest.raises(Known) as refused:
        restore(newer, tmp_path / "restored")
    assert refused.value.code is Code.LIBRARY_NEWER
    assert not list(tmp_path.glob("*restored*"))


def test_a_journal_that_was_changed_in_the_file_is_not_restored(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    kept = back_up(desk, tmp_path / "kept.zip")
    changed = _with_database(kept.path, tmp_path / "changed.zip", "UPDATE notes SET text = '没有这回事'")
    with pytest.raises(Known) as refused:
        restore(changed, tmp_path / "restored")
    assert refused.value.code is Code.BACKUP_DAMAGED
    assert case.id in str(refused.value.facts["item"])
    assert not list(tmp_path.glob("*restored*"))
