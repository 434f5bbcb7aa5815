"""A library is locked and unlocked: interrupted anywhere, it goes on and holds what it held."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.kept import hash_kept, is_sealed, read_kept
from evidencedesk.custody.kept_place import attachment_file, place_of
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.vault import VaultState
from evidencedesk.store.database import is_plain
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.secret_store import NoSecrets
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.back_up import back_up, last_backup
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.import_case import import_case
from evidencedesk.workflows.library_key import open_library_at
from evidencedesk.workflows.lock_library import (
    begin_locking,
    begin_unlocking,
    conversion_left,
    finish_conversion,
    lock_again,
)
from evidencedesk.workflows.move_library import move_library, remove_old
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.recover_recordings import recover_all
from evidencedesk.workflows.restore_library import restore_library
from evidencedesk.workflows.run_doctor import Health, run_doctor
from fakes.recordings import until
from fakes.small_disk import small_disk

PASSPHRASE = "four words nobody knows"  # noqa: S105
KILLS = int(os.environ.get("EVIDENCEDESK_KILLS", "3"))
_CONVERT = """
import sys
from pathlib import Path
from evidencedesk.custody.vault import Vault
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.secret_store import NoSecrets
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.lock_library import finish_conversion

keys = Vault(Path(sys.argv[1]), NoSecrets()).open(sys.argv[2])
print("opened", flush=True)
with open_desk(Path(sys.argv[1]), SystemClock(), keys=keys) as desk:
    finish_conversion(desk)
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain library with a recording and twelve files; to be copied."""
    place = tmp_path_factory.mktemp("used")
    generator = random.Random(7)
    sound = place / "visit.wav"
    _sound(sound)
    with open_desk(place / "library", SystemClock()) as desk:
        case = open_case(desk, "来分期", "某某消费金融", "LFQ-1")
        encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id, apart=False)
        for number in range(12):
            paper = place / f"材料{number}.pdf"
            paper.write_bytes(b"%PDF-1.4" + generator.randbytes(number * 40_000))
            attach_file(desk, case.id, paper)
        while not encounter.finished:
            encounter.poll()
            time.sleep(0.02)
    return place / "library"


@pytest.fixture
def library(used: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(used, tmp_path / "library"))


@pytest.fixture
def locked(library: Path) -> VaultKeys:
    """The same, locked."""
    keys = _begin(library)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
    return keys


def _sound(path: Path) -> None:
    samples = np.random.default_rng(8).integers(-9000, 9000, size=(12_800, 1), dtype=np.int16)
    sf.write(path, samples, 8000, subtype="PCM_16")


def _begin(library: Path) -> VaultKeys:
    with open_desk(library, SystemClock()) as desk:
        keys, _code = begin_locking(desk, PASSPHRASE)
    return keys


def _promised(desk: Desk) -> Mapping[str, str]:
    promised = desk.store.file_hashes()
    assert len(promised) >= 14
    return promised


def _is_whole(desk: Desk) -> bool:
    """Every file has the hash that the journal promises of its plain bytes."""
    promised = _promised(desk)
    assert desk.store.check() == ()
    return all(hash_kept(place_of(desk.library, name))[0] == sha256 for name, sha256 in promised.items())


def _all_sealed(desk: Desk) -> set[bool]:
    return {is_sealed(place_of(desk.library, name)) for name in _promised(desk)}


def test_locking_seals_every_file_and_keeps_times_rights_and_content(library: Path) -> None:
    with open_desk(library, SystemClock()) as desk:
        before = {name: (library / name).stat() for name in _promised(desk)}
    keys = _begin(library)
    told: list[tuple[int, int]] = []
    with open_desk(library, SystemClock(), keys=keys) as desk:
        assert conversion_left(desk)
        assert _is_whole(desk), "half way it works already"
        converted = finish_conversion(desk, lambda done, total, _name: told.append((done, total)))
        assert not conversion_left(desk)
        assert _all_sealed(desk) == {True}
        assert _is_whole(desk)
        for name, facts in before.items():
            now = place_of(library, name).stat()
            assert (now.st_mtime_ns, now.st_mode) == (facts.st_mtime_ns, facts.st_mode)
    assert converted.files >= 14
    assert told[-1][0] == told[-1][1] == converted.file_bytes
    assert not [path for path in library.rglob("*") if "材料" in path.name]


def test_without_its_keys_a_locked_library_is_not_opened(library: Path, locked: VaultKeys) -> None:
    other = Vault(library, NoSecrets()).facts()
    assert other is not None
    with pytest.raises(Known) as caught, open_desk(library, SystemClock()):
        pass
    assert caught.value.code is Code.VAULT_LOCKED
    name = next(path for path in (library / "cases").rglob("sealed"))
    with pytest.raises(Known) as caught:
        hash_kept(name)
    assert caught.value.code is Code.VAULT_LOCKED, "closing forgot the keys"


def test_given_up_it_is_as_it_was_before_any_lock(library: Path, used: Path, locked: VaultKeys) -> None:
    with open_desk(library, SystemClock(), keys=locked) as desk:
        begin_unlocking(desk)
    with open_desk(library, SystemClock(), keys=locked) as desk:
        finish_conversion(desk)
    with open_desk(library, SystemClock()) as desk:
        assert desk.vault is not None
        assert desk.vault.facts() is None
        assert _is_whole(desk)
        assert _all_sealed(desk) == {False}

    def named(place: Path) -> set[str]:
        return {path.relative_to(place).as_posix() for path in (place / "cases").rglob("*")}

    assert named(library) == named(used)


def test_somebody_who_changes_their_mind_ends_with_a_locked_library(library: Path, locked: VaultKeys) -> None:
    with open_desk(library, SystemClock(), keys=locked) as desk:
        begin_unlocking(desk)
    stop_after = iter([False] * 8 + [True] * 1000)
    with open_desk(library, SystemClock(), keys=locked) as desk:
        with pytest.raises(Known) as caught:
            finish_conversion(desk, cancelled=lambda: next(stop_after))
        assert caught.value.code is Code.CANCELLED
        assert _all_sealed(desk) == {True, False}
        assert _is_whole(desk)
        lock_again(desk)
    with open_desk(library, SystemClock(), keys=locked) as desk:
        finish_conversion(desk)
        assert _all_sealed(desk) == {True}
        assert _is_whole(desk)


@pytest.mark.parametrize("locking", [True, False], ids=["locking", "unlocking"])
def test_killed_at_any_moment_it_goes_on_and_holds_everything(
    library: Path, request: pytest.FixtureRequest, *, locking: bool
) -> None:
    if locking:
        keys = _begin(library)
    else:
        keys = request.getfixturevalue("locked")
        with open_desk(library, SystemClock(), keys=keys) as desk:
            begin_unlocking(desk)
    generator = random.Random(20260519)
    killed = 0
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", _CONVERT, library, PASSPHRASE], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            time.sleep(generator.uniform(0, 0.15))  # somewhere in the middle, that is the point
            process.kill()
            killed += process.wait() != 0
        if Vault(library, NoSecrets()).facts() is None:
            break
        with open_desk(library, SystemClock(), keys=keys) as desk:
            assert _is_whole(desk)
    assert killed
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
        assert _is_whole(desk)
        assert _all_sealed(desk) == {locking}
    assert not list(library.rglob("*.partial"))


@pytest.mark.parametrize("locking", [True, False], ids=["locking", "unlocking"])
def test_a_full_disk_stops_it_and_with_room_it_goes_on(used: Path, tmp_path: Path, *, locking: bool) -> None:
    with small_disk(tmp_path / "disk", "16m") as disk:
        library = Path(shutil.copytree(used, disk / "library"))
        keys = _begin(library)
        if not locking:
            with open_desk(library, SystemClock(), keys=keys) as desk:
                finish_conversion(desk)
                begin_unlocking(desk)
        with open_desk(library, SystemClock(), keys=keys) as desk:
            filler = disk / "filler"
            free = shutil.disk_usage(disk).free
            filler.write_bytes(bytes(free - 150_000))
            with pytest.raises(Known) as caught:
                finish_conversion(desk)
            assert caught.value.code is Code.DISK_FULL
            assert _is_whole(desk)
            assert not list(library.rglob("*.partial"))
            filler.unlink()
            finish_conversion(desk)
            assert _is_whole(desk)
            assert _all_sealed(desk) == {locking}


def test_a_disk_that_is_full_for_the_database_is_said_first_and_keeps_nobody_out(
    used: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "16m") as disk:
        library = Path(shutil.copytree(used, disk / "library"))
        filler = disk / "filler"
        with open_desk(library, SystemClock()) as desk:
            filler.write_bytes(bytes(shutil.disk_usage(disk).free - 300_000))
            with pytest.raises(Known) as caught:
                begin_locking(desk, PASSPHRASE)
            assert caught.value.code is Code.DISK_FULL
            assert not (library / "vault.json").exists()
        filler.unlink()
        keys = _begin(library)
        filler.write_bytes(bytes(shutil.disk_usage(disk).free - 120_000))
        with open_desk(library, SystemClock(), keys=keys) as desk:
            assert is_plain(library / "library.sqlite3")
            assert _is_whole(desk)
            with pytest.raises(Known) as caught:
                finish_conversion(desk)
            assert caught.value.code is Code.DISK_FULL
        filler.unlink()
        with open_desk(library, SystemClock(), keys=keys) as desk:
            finish_conversion(desk)
            assert _is_whole(desk)
            assert _all_sealed(desk) == {True}


def test_nothing_begins_while_something_is_recorded(library: Path, tmp_path: Path) -> None:
    sound = tmp_path / "long.wav"
    sf.write(sound, [[0.1]] * 400_000, 8000, subtype="PCM_16")
    with open_desk(library, SystemClock()) as desk:
        (case,) = desk.store.newest_cases()
        running = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id)
        try:
            with pytest.raises(Known) as caught:
                begin_locking(desk, PASSPHRASE)
            assert caught.value.code is Code.BUSY_RECORDING
        finally:
            running.stop()
            while not running.finished:
                running.poll()
                time.sleep(0.02)
        assert desk.vault is not None
        assert desk.vault.facts() is None


def test_a_recording_that_begins_meanwhile_comes_first(library: Path, tmp_path: Path) -> None:
    sound = tmp_path / "long.wav"
    sf.write(sound, [[0.1]] * 800_000, 8000, subtype="PCM_16")
    keys = _begin(library)
    begun: list[RecordEncounter] = []
    with open_desk(library, SystemClock(), keys=keys) as desk:
        (case,) = desk.store.newest_cases()

        def begin(_done: int, _total: int, _name: str) -> None:
            if not begun:
                begun.append(RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id))

        with pytest.raises(Known) as caught:
            finish_conversion(desk, begin)
        assert caught.value.code is Code.BUSY_RECORDING
        assert conversion_left(desk)
        (running,) = begun
        running.stop()
        while not running.finished:
            running.poll()
            time.sleep(0.02)
        finish_conversion(desk)
        assert not conversion_left(desk)
        assert _is_whole(desk)
        assert _all_sealed(desk) == {True}


def test_what_a_crashed_recorder_left_is_recovered_after_it_was_sealed(library: Path, tmp_path: Path) -> None:
    sound = tmp_path / "long.wav"
    sf.write(sound, [[0.1]] * 800_000, 8000, subtype="PCM_16")
    with open_desk(library, SystemClock()) as desk:
        (case,) = desk.store.newest_cases()
        running = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id)
        while running.poll().samples < 16_000:
            time.sleep(0.02)
        (capture,) = running_captures(library)
        os.kill(capture.pid, signal.SIGKILL)
        until(lambda: not running_captures(library), "the recorder is gone")
    keys = _begin(library)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
        (recovery,) = recover_all(desk)
        assert recovery.recovered is not None
        assert recovery.recovered.samples > 0
        assert recovery.recovered.agrees_with_pulses
        assert _is_whole(desk)
        assert _all_sealed(desk) == {True}


def test_a_letter_that_is_saved_while_it_is_sealed_is_not_lost(library: Path) -> None:
    letter = library / "letters" / "being-changed" / "c" / "信.docx"
    letter.parent.mkdir(parents=True)
    letter.write_bytes(b"before")
    keys = _begin(library)
    saved: list[str] = []

    def save(_done: int, _total: int, name: str) -> None:
        if name.endswith(".docx") and len(saved) < 2:  # as soon as it is looked at, and when it was read
            saved.append(name)
            letter.write_bytes(f"saved {len(saved)} times".encode())

    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk, save)
        assert len(saved) == 2
        assert is_sealed(letter)
        assert read_kept(letter) == b"saved 2 times"


def test_what_looks_like_a_sealed_file_of_somebody_else_is_sealed_as_it_is(
    library: Path, locked: VaultKeys, tmp_path: Path
) -> None:
    """A file taken in may be one of another locked library: it is evidence like any other."""
    (strange,) = (library / "cases").rglob("audio.flac")
    copied = Path(shutil.copy(strange, tmp_path / "strange.bin"))
    with open_desk(library, SystemClock(), keys=locked) as desk:
        case = open_case(desk, "别的", "", "")
        kept = attach_file(desk, case.id, copied)
        path = attachment_file(desk.case_folder(case.id), kept)
        assert hash_kept(path)[0] == kept.sha256


def test_a_back_up_of_a_locked_library_is_restored_with_its_passphrase(
    library: Path, locked: VaultKeys, tmp_path: Path
) -> None:
    with open_desk(library, SystemClock(), keys=locked) as desk:
        kept = back_up(desk, tmp_path / "back-up.zip")
        assert kept.differing == ()
        remembered = last_backup(library)
        assert remembered is not None
        assert remembered.path == str(kept.path)
    assert "材料".encode() not in kept.path.read_bytes()
    target = tmp_path / "restored"
    with pytest.raises(Known) as caught:
        restore_library(kept.path, target, SystemClock())
    assert caught.value.code is Code.VAULT_LOCKED
    with pytest.raises(Known) as caught:
        restore_library(kept.path, target, SystemClock(), unlock=lambda vault: vault.open("not this one"))
    assert caught.value.code is Code.VAULT_WRONG_PASSPHRASE
    assert not target.exists()
    restored = restore_library(kept.path, target, SystemClock(), unlock=lambda vault: vault.open(PASSPHRASE))
    assert restored.differing == ()
    assert restored.cases == 1
    with pytest.raises(Known):
        KEY_RING.secrets_of((target / "cases").rglob("sealed"))
    with open_desk(target, SystemClock(), keys=locked) as desk:
        assert _is_whole(desk)
        assert _all_sealed(desk) == {True}


def test_a_file_that_differs_is_named_by_a_back_up_of_a_locked_library(
    library: Path, locked: VaultKeys, tmp_path: Path
) -> None:
    (sound,) = (library / "cases").rglob("audio.flac")
    sound.chmod(0o600)
    content = bytearray(sound.read_bytes())
    content[len(content) // 2] ^= 1
    sound.write_bytes(content)
    with open_desk(library, SystemClock(), keys=locked) as desk:
        kept = back_up(desk, tmp_path / "back-up.zip")
    assert [Path(name).name for name in kept.differing] == ["audio.flac"]


def test_a_locked_library_moves_and_the_old_one_is_compared_and_removed(
    library: Path, locked: VaultKeys, tmp_path: Path
) -> None:
    with open_desk(library, SystemClock(), keys=locked) as desk:
        moved = move_library(desk, tmp_path / "elsewhere", lambda _place: None)

    def opened(place: Path) -> LibraryStore:
        return open_library_at(place, SystemClock(), locked)

    with KEY_RING.holding(locked.files):
        assert remove_old(library, moved.folder, SystemClock(), opened=opened) > 0
    with open_desk(moved.folder, SystemClock(), keys=locked) as desk:
        assert _is_whole(desk)
        assert _all_sealed(desk) == {True}


def test_one_that_was_locked_after_it_moved_is_still_the_same(library: Path, tmp_path: Path) -> None:
    with open_desk(library, SystemClock()) as desk:
        moved = move_library(desk, tmp_path / "elsewhere", lambda _place: None)
    keys = _begin(moved.folder)
    with open_desk(moved.folder, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
        assert remove_old(library, moved.folder, SystemClock(), opened=desk.store.open_copy) > 0
        assert _is_whole(desk)


def test_a_case_folder_is_taken_into_a_locked_library_and_sealed(
    used: Path, tmp_path: Path, words: Words
) -> None:
    with open_desk(used, SystemClock()) as desk:
        (case,) = desk.store.newest_cases()
        folder = export_case(desk, case.id, tmp_path / "case", words)
    library = tmp_path / "other"
    keys = _begin(library)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
        taken = import_case(desk, folder.path)
        assert taken.new_entries > 0
        assert _is_whole(desk)
        assert _all_sealed(desk) == {True}
        assert import_case(desk, folder.path).new_entries == 0


def test_an_export_is_byte_for_byte_the_same_locked_or_not(used: Path, tmp_path: Path, words: Words) -> None:
    library = tmp_path / "library"  # papers name the place

    def exported(name: str, *, locked: bool) -> dict[str, bytes]:
        shutil.rmtree(library, ignore_errors=True)
        shutil.copytree(used, library)
        keys = _begin(library) if locked else None
        with open_desk(library, SystemClock(), keys=keys) as desk:
            finish_conversion(desk)
            assert _all_sealed(desk) == {locked}
            (case,) = desk.store.newest_cases()
            folder = export_case(desk, case.id, tmp_path / name, words).path
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    first, second = exported("first", locked=False), exported("second", locked=False)
    # Two exports differ in what tells of the export itself, and in nothing else; Word files bear a minute.
    of_the_export = {name for name in first if first[name] != second.get(name)} | {"data/transcript.docx"}
    assert not any(name.startswith(("data/recordings", "data/attachments")) for name in of_the_export)
    third = exported("third", locked=True)
    assert set(third) == set(first)
    assert {name for name in first if first[name] != third[name]} <= of_the_export
    assert sum(name.startswith("data/attachments") for name in third) == 12


def test_the_doctor_looks_into_a_locked_library_with_its_keys(library: Path, locked: VaultKeys) -> None:
    def database(keys: VaultKeys | None) -> tuple[Health, Code | None]:
        (check,) = [one for one in run_doctor(library, SystemClock(), keys=keys) if one.name == "database"]
        return check.health, None if check.problem is None else check.problem.code

    assert database(None) == (Health.CARE, Code.VAULT_LOCKED)
    assert database(locked) == (Health.GOOD, None)


def test_a_damaged_file_is_left_and_named_and_the_lock_stays(library: Path, locked: VaultKeys) -> None:
    (sound,) = (library / "cases").rglob("audio.flac")
    sound.chmod(0o600)
    content = bytearray(sound.read_bytes())
    content[200] ^= 1
    sound.write_bytes(content)
    with open_desk(library, SystemClock(), keys=locked) as desk:
        begin_unlocking(desk)
    with open_desk(library, SystemClock(), keys=locked) as desk:
        converted = finish_conversion(desk)
        assert [Path(name).name for name in converted.left] == ["audio.flac"]
        assert desk.vault is not None
        facts = desk.vault.facts()
    assert facts is not None
    assert facts.state is VaultState.UNSEALING
    assert sound.read_bytes() == content
