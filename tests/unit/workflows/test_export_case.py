"""A case goes out whole, or not at all."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.case import Case, Mode
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.export.verify_page import verify_page_html
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify


@pytest.fixture
def recorded(desk: Desk, case: Case, short_sound: Path) -> RecordEncounter:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=False)
    take_note(desk, case.id, "证件在车里", encounter.encounter, encounter.recording, 500)
    attach_file(desk, case.id, short_sound)
    while not encounter.finished:
        encounter.poll()
        time.sleep(0.02)
    return encounter


def test_an_exported_case_verifies_and_says_it_is_simulated(
    desk: Desk, case: Case, recorded: RecordEncounter, words: Words, tmp_path: Path
) -> None:
    folder = export_case(desk, case.id, tmp_path / "out", words)
    report = verify(folder.path)
    assert report.faults == ()
    assert {finding.code for finding in report.findings} >= {"simulated", "self-attested"}
    assert "证件在车里" in (folder.path / "START-HERE.html").read_text("utf-8")
    assert (folder.path / "VERIFY.html").read_bytes() == verify_page_html(words.language).encode()


def test_an_original_changed_in_the_library_stops_the_export(
    desk: Desk, case: Case, recorded: RecordEncounter, words: Words, tmp_path: Path
) -> None:
    sound = Path(recorded.folder) / "audio.flac"
    sound.chmod(0o600)
    data = bytearray(sound.read_bytes())
    data[len(data) // 2] ^= 1
    sound.write_bytes(bytes(data))
    with pytest.raises(Known) as raised:
        export_case(desk, case.id, tmp_path / "out", words)
    assert raised.value.code is Code.ORIGINAL_CHANGED
    assert not list(tmp_path.glob("out*")), "nothing half-written stays"
    assert list(desk.store.events(case.id))[-1].type is EventType.CASE_EXPORT_FAILED


def test_a_cancelled_export_leaves_no_folder(
    desk: Desk, case: Case, recorded: RecordEncounter, words: Words, tmp_path: Path
) -> None:
    with pytest.raises(Known) as raised:
        export_case(desk, case.id, tmp_path / "out", words, cancelled=lambda: True)
    assert raised.value.code is Code.CANCELLED
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("place", ["library", "library/cases/x", ""])
def test_a_target_in_or_around_the_library_is_refused(
    desk: Desk, case: Case, words: Words, tmp_path: Path, place: str
) -> None:
    with pytest.raises(Known) as raised:
        export_case(desk, case.id, tmp_path / place, words)
    assert raised.value.code is Code.TARGET_INSIDE_LIBRARY


def test_a_target_with_something_in_it_is_refused(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(Known) as raised:
        export_case(desk, case.id, target, words)
    assert raised.value.code is Code.TARGET_NOT_EMPTY
    assert (target / "mine.txt").read_text("utf-8") == "keep"


def test_a_running_recording_must_end_first(
    desk: Desk, case: Case, short_sound: Path, words: Words, tmp_path: Path
) -> None:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=False)
    with pytest.raises(Known) as raised:
        export_case(desk, case.id, tmp_path / "out", words)
    assert raised.value.code is Code.STILL_RECORDING
    encounter.stop()
    assert encounter.wait(10)


def test_a_recording_beyond_repair_is_handed_over_as_found_and_named(
    desk: Desk, case: Case, short_sound: Path, words: Words, tmp_path: Path
) -> None:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=True)
    while encounter.poll().saved_samples == 0:
        time.sleep(0.02)
    os.kill(running_captures(desk.library)[0].pid, signal.SIGKILL)
    assert encounter.wait(10)
    sound = Path(encounter.folder) / "audio.flac"
    sound.write_bytes(b"nothing of it is left" * 100)
    folder = export_case(desk, case.id, tmp_path / "out", words)
    handed_over = folder.path / "data" / "recordings" / encounter.recording / "audio.flac"
    assert handed_over.read_bytes() == sound.read_bytes()
    assert "recording-unsealed" in {finding.code for finding in verify(folder.path).faults}
