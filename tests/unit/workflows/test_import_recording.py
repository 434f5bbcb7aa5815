"""Recordings made elsewhere: kept bit for bit, and never taken for our own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from evidencedesk.domain.case import Attachment, Case, ImportedSound
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.finding import Layer, Weight
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.wording.language import Words
from evidencedesk.workflows import export_case as export_module
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.import_recording import import_recording, take_in
from evidencedesk.workflows.listening import copies_room_bytes
from evidencedesk.workflows.verify_folder import verify
from fakes.foreign_sounds import amr_file, made_by_ffmpeg, tone_file

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def _kept(desk: Desk, sound: ImportedSound) -> Path:
    return desk.case_folder(sound.case) / "attachments" / sound.id / sound.stored_name


def test_a_phone_recording_is_the_same_bytes_with_its_own_times(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    source = amr_file(tmp_path)
    os.utime(source, (1_700_000_000.25, 1_700_000_000.25))
    sound = import_recording(desk, case.id, source)
    assert _kept(desk, sound).read_bytes() == source.read_bytes()
    assert _kept(desk, sound).stat().st_mode & 0o222 == 0
    assert sound.name == "通话录音.amr"
    assert sound.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert sound.file_modified_utc == "2023-11-14T22:13:20.250000Z"
    assert sound.duration_ms == pytest.approx(2000, abs=60)
    case_file = desk.store.case_file(case.id)
    assert case_file.imported == (sound,)
    assert case_file.recordings == (), "it is no recording of this program"
    (summary,) = desk.store.cases()
    assert (summary.imported, summary.recordings, summary.recorded_ms) == (1, 0, 0)


def test_what_no_decoder_reads_is_kept_all_the_same(desk: Desk, case: Case, tmp_path: Path) -> None:
    source = tmp_path / "录音.qcp"
    source.write_bytes(b"from a phone that nobody makes any more")
    sound = import_recording(desk, case.id, source)
    assert _kept(desk, sound).read_bytes() == source.read_bytes()
    assert (sound.format, sound.duration_ms, sound.decoder) == ("", None, "")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.WAV", ImportedSound),
        ("微信视频.mp4", ImportedSound),
        ("b.3gp", ImportedSound),
        ("账单.pdf", Attachment),
        ("wav", Attachment),
        ("a.wav.txt", Attachment),
    ],
)
def test_sounds_and_films_are_imported_and_the_rest_attached(
    desk: Desk, case: Case, tmp_path: Path, name: str, kind: type
) -> None:
    path = tmp_path / name
    path.write_bytes(b"anything")
    assert type(take_in(desk, case.id, path)) is kind


def test_a_file_that_the_journal_could_not_take_does_not_stay(
    desk: Desk, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MachineFailure(Code.DISK_FULL, path="library")

    monkeypatch.setattr(LibraryStore, "append", full)
    for keep in (import_recording, take_in):
        with pytest.raises(Known):
            keep(desk, case.id, tone_file(tmp_path))
    kept = desk.case_folder(case.id) / "attachments"
    assert list(kept.iterdir()) == []


def test_the_case_folder_says_imported_and_holds_original_and_copy(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    phone = import_recording(desk, case.id, made_by_ffmpeg(tmp_path, "通话.m4a"))
    recorder = import_recording(desk, case.id, tone_file(tmp_path))
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    for sound in (phone, recorder):
        exported = folder / "data/attachments" / sound.id / sound.stored_name
        assert exported.read_bytes() == _kept(desk, sound).read_bytes()
    (copy,) = json.loads((folder / "data/listening/copies.json").read_text("utf-8"))["copies"]
    assert copy["made_from"] == [{"imported": phone.id, "file_sha256": phone.sha256}], "WAV plays as it is"
    assert (
        hashlib.sha256((folder / "data/listening" / copy["file"]).read_bytes()).hexdigest() == copy["sha256"]
    )
    page = (folder / "START-HERE.html").read_text("utf-8")
    assert page.count("导入，非本机录制") == 2
    assert f'src="data/listening/{copy["file"]}"' in page
    assert f'src="data/attachments/{recorder.id}/tone.wav"' in page
    assert phone.sha256 in page
    report = verify(folder)
    assert report.faults == ()
    remarks = [finding for finding in report.findings if finding.code == "made-elsewhere"]
    assert [(one.layer, one.weight, one.subject) for one in remarks] == [
        (Layer.ORIGIN, Weight.REMARK, "通话.m4a"),
        (Layer.ORIGIN, Weight.REMARK, "tone.wav"),
    ]


def test_an_import_exchanged_together_with_its_lists_is_named(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    sound = import_recording(desk, case.id, tone_file(tmp_path))
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    name = f"data/attachments/{sound.id}/{sound.stored_name}"
    (folder / name).chmod(0o600)
    (folder / name).write_bytes(b"something else")
    _list_anew(folder, name)
    found = {(finding.code, finding.subject) for finding in verify(folder).faults}
    assert ("file-changed", name) in found


def _list_anew(folder: Path, name: str) -> None:
    """Give the manifest the hash of the exchanged file, as a forger would."""
    manifest = folder / "manifest-sha256.txt"
    manifest.chmod(0o600)
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    lines = [
        f"{digest}  {name}" if line.endswith(f"  {name}") else line
        for line in manifest.read_text("utf-8").splitlines()
    ]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_room_for_copies_is_asked_for_before_an_export_begins(
    desk: Desk, case: Case, words: Words, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_recording(desk, case.id, made_by_ffmpeg(tmp_path, "通话.m4a"))
    most = copies_room_bytes(desk.store.case_file(case.id))
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    made = sum(path.stat().st_size for path in (folder / "data/listening").glob("*.flac"))
    assert made <= most < 3 * 24_000 * 2, "two seconds, a little more than the file says"
    kept = sum(path.stat().st_size for path in desk.case_folder(case.id).rglob("*") if path.is_file())
    monkeypatch.setattr(export_module, "free_bytes", lambda _: kept + 50_000_000 + most // 2)
    with pytest.raises(Known) as raised:
        export_case(desk, case.id, tmp_path / "full", words)
    assert raised.value.code is Code.DISK_FULL
