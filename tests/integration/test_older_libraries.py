"""A library made by an older version opens, keeps everything, and takes what is new."""

from __future__ import annotations

import sqlite3
import tarfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.case import Leg, Mode, RecordingState, Verdict
from evidencedesk.store.schema import COPY_MARK
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from evidencedesk.workflows.run_doctor import Health, run_doctor
from evidencedesk.workflows.verify_folder import verify
from fakes.foreign_sounds import tone_file

FIXTURES = Path(__file__).parents[1] / "fixtures"
# What that version wrote down, not what today's code finds.
SOUND_SHA256 = "4ac2aedd470e648ec23f112a299998e3fa97e59034bfa3ef4d5cf6e09f9a54d2"
FOUND_THEN = ["self-attested", "simulated"]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of schema 0001 as it was left on the disk."""
    with tarfile.open(FIXTURES / "libraries" / "v0001.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "library"


def _revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_everything_is_there_and_a_copy_was_made_first(library: Path) -> None:
    assert _revision(library / "library.sqlite3") == "0001"
    with open_desk(library, SystemClock()) as desk:
        assert desk.store.check() == ()
        (summary,) = desk.store.cases()
        case_file = desk.store.case_file(summary.case.id)
        (recording,) = case_file.recordings
        sound = desk.recording_folder(summary.case.id, recording.id) / recording.file
        assert hash_file(sound)[0] == recording.file_sha256 == SOUND_SHA256
    assert (summary.case.title, summary.case.contract) == ("来分期", "LFQ-2024-0831")
    assert (recording.state, recording.samples, recording.simulated) == (RecordingState.STOPPED, 12_000, True)
    assert (recording.leg, recording.part, recording.begins_ms) == (Leg.NEAR, 1, 0), "what was not known then"
    assert [(note.text, note.earlier, note.marker, note.at_ms) for note in case_file.notes] == [
        ("说证件在车里", ("证件在车里",), None, 500),
        ("两个人，没有说公司名", (), None, 900),
        ("", (), "threat", 1300),
    ]
    assert [(tick.verdict, tick.at_ms) for tick in case_file.ticks] == [
        (Verdict.BREACHED, 700),
        (Verdict.KEPT, 1100),
    ]
    assert [one.card.name for one in case_file.collectors] == ["张某"]
    assert [one.name for one in case_file.attachments] == ["短信.txt"]
    (copy,) = library.glob(f"library.sqlite3{COPY_MARK}*")
    assert _revision(copy) == "0001"


def test_the_doctor_finds_it_whole(library: Path) -> None:
    checks = {check.name: check for check in run_doctor(library, SystemClock())}
    assert (checks["database"].health, checks["journal"].health) == (Health.GOOD, Health.GOOD)


def test_it_exports_and_verifies_as_before(library: Path, tmp_path: Path) -> None:
    with open_desk(library, SystemClock()) as desk:
        (summary,) = desk.store.cases()
        folder = export_case(desk, summary.case.id, tmp_path / "out", Words("zh", resource("locale"))).path
    # The version that made it exported the same and found the same; signatures came later.
    found = [finding.code for finding in verify(folder).findings]
    assert found == ["signed-by-unknown", *FOUND_THEN]


def test_a_call_and_an_import_join_what_is_old_and_all_of_it_verifies(library: Path, tmp_path: Path) -> None:
    noise = tone_file(tmp_path)
    with open_desk(library, SystemClock()) as desk:
        (summary,) = desk.store.cases()
        case = summary.case.id
        options = RecordOptions(far_source=f"file:{noise}")
        live = RecordEncounter.begin(desk, Mode.CALL, f"file:{noise}", case, apart=False, options=options)
        while not live.finished:
            live.poll()
            time.sleep(0.02)
        import_recording(desk, case, noise)
        folder = export_case(desk, case, tmp_path / "out", Words("zh", resource("locale"))).path
        assert [one.leg for one in desk.store.case_file(case).recordings].count(Leg.FAR) == 1
    assert verify(folder).faults == ()
    page = (folder / "START-HERE.html").read_text("utf-8")
    assert "说证件在车里" in page
