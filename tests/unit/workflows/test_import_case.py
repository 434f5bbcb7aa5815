"""Cases from another computer: verified, taken in as they are, and never half."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencedesk.custody.verify_path import verify_path
from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.redaction import Choices
from evidencedesk.workflows.checkpoints import disagreements
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_case import NotIntactError, import_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.recover_recordings import recover_all
from evidencedesk.workflows.redact_copy import redact_copy
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.golden import golden_folder
from fakes.handed_over import WORDS, computer, hand_over, record_case
from fakes.small_disk import fill_up, small_disk


@pytest.fixture
def case(desk: Desk, short_sound: Path) -> Case:
    return record_case(desk, short_sound)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    with computer(tmp_path / "other") as opened:
        yield opened


@pytest.mark.parametrize("zipped", [False, True])
def test_a_case_comes_over_as_it_is_and_goes_out_again(
    desk: Desk, case: Case, other: Desk, tmp_path: Path, *, zipped: bool
) -> None:
    folder = hand_over(desk, case, tmp_path / "out", zip_too=zipped)
    lines = list(desk.store.journal_lines(case.id))
    taken = import_case(other, folder.with_name("out.zip") if zipped else folder)
    assert taken.case.title == "来分期"
    assert taken.new_entries == len(lines)
    assert list(other.store.journal_lines(case.id))[: len(lines)] == lines, "the same bytes"
    told = list(other.store.events(case.id))[-1]
    assert told.type is EventType.CASE_IMPORTED
    assert told.data["head_before"]["seq"] == len(lines)
    assert told.data["device"] == taken.device != ""
    assert other.store.check() == ()
    for path in (desk.case_folder(case.id) / "attachments").rglob("*.wav"):
        there = other.case_folder(case.id) / path.relative_to(desk.case_folder(case.id))
        assert there.read_bytes() == path.read_bytes()
    assert not (other.library / "imports").exists()
    assert recover_all(other) == ()
    again = hand_over(other, case, tmp_path / "again")
    assert verify(again).faults == ()
    assert disagreements(other) == ()


def test_the_same_folder_twice_changes_nothing(desk: Desk, case: Case, other: Desk, tmp_path: Path) -> None:
    folder = hand_over(desk, case, tmp_path / "out")
    import_case(other, folder)
    head = other.store.head(case.id)
    again = import_case(other, folder)
    assert again.known_before
    assert again.new_entries == 0
    assert again.entries_beyond == 1, "the entry that says where it came from"
    assert other.store.head(case.id) == head


def test_there_and_back_again(desk: Desk, case: Case, other: Desk, tmp_path: Path) -> None:
    import_case(other, hand_over(desk, case, tmp_path / "out"))
    take_note(other, case.id, "律师看过了")
    back = import_case(desk, hand_over(other, case, tmp_path / "back"))
    assert back.known_before
    assert [note.text for note in desk.store.case_file(case.id).notes] == ["证件在车里", "律师看过了"]
    assert desk.store.check() == ()
    assert verify(hand_over(desk, case, tmp_path / "third")).faults == ()


def test_two_that_went_apart_are_refused_with_where(
    desk: Desk, case: Case, other: Desk, tmp_path: Path
) -> None:
    import_case(other, hand_over(desk, case, tmp_path / "out"))
    shared = desk.store.head(case.id).seq
    take_note(desk, case.id, "这边的")
    take_note(other, case.id, "那边的")
    head = desk.store.head(case.id)
    with pytest.raises(Known) as refused:
        import_case(desk, hand_over(other, case, tmp_path / "back"))
    assert refused.value.code is Code.IMPORT_APART
    assert refused.value.facts["count"] == shared
    assert desk.store.head(case.id) == head


def test_a_changed_folder_is_refused_with_what_was_found(
    desk: Desk, case: Case, other: Desk, tmp_path: Path
) -> None:
    folder = hand_over(desk, case, tmp_path / "out")
    sound = next(folder.rglob("audio.flac"))
    sound.chmod(0o600)
    content = bytearray(sound.read_bytes())
    content[len(content) // 2] ^= 1
    sound.write_bytes(bytes(content))
    with pytest.raises(NotIntactError) as refused:
        import_case(other, folder)
    assert "file-changed" in {finding.code for finding in refused.value.report.faults}
    assert other.store.cases() == ()
    assert not list(other.library.glob("cases/*"))


def test_a_redacted_copy_is_refused(desk: Desk, case: Case, other: Desk, tmp_path: Path) -> None:
    copy = redact_copy(desk, case.id, tmp_path / "copy", WORDS, _all(desk, case))
    with pytest.raises(Known) as refused:
        import_case(other, copy.path)
    assert refused.value.code is Code.IMPORT_REDACTED


def _all(desk: Desk, case: Case) -> Choices:
    notes = frozenset(note.id for note in desk.store.case_file(case.id).notes)
    return Choices(notes=notes)


@pytest.mark.parametrize("change", [{"v": 2}, {"type": "case.taught"}])
def test_a_folder_from_a_newer_version_is_said_to_be_newer(
    desk: Desk, case: Case, other: Desk, tmp_path: Path, change: dict[str, object]
) -> None:
    folder = hand_over(desk, case, tmp_path / "out")
    journal = folder / "data" / "journal.jsonl"
    journal.chmod(0o600)
    first, rest = journal.read_bytes().split(b"\n", 1)
    journal.write_bytes(json.dumps({**json.loads(first), **change}).encode() + b"\n" + rest)
    with pytest.raises(Known) as refused:
        import_case(other, folder)
    assert refused.value.code is Code.IMPORT_NEWER


def test_a_zip_that_leaves_its_folder_is_refused(other: Desk, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.zip"
    script = "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').writestr('../../evil.txt', 'x')"
    subprocess.run([sys.executable, "-c", script, str(hostile)], check=True)
    with pytest.raises(Known) as refused:
        import_case(other, hostile)
    assert refused.value.code is Code.ARCHIVE_REFUSED
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_cancelled_import_leaves_nothing(desk: Desk, case: Case, other: Desk, tmp_path: Path) -> None:
    folder = hand_over(desk, case, tmp_path / "out")
    with pytest.raises(Known) as refused:
        import_case(other, folder, cancelled=lambda: True)
    assert refused.value.code is Code.CANCELLED
    assert other.store.cases() == ()


def test_a_full_disk_takes_nothing_in(desk: Desk, case: Case, tmp_path: Path) -> None:
    folder = hand_over(desk, case, tmp_path / "out")
    with small_disk(tmp_path / "disk", "60m") as place, computer(place) as small:
        fill_up(place)
        with pytest.raises(Known) as refused:
            import_case(small, folder)
        assert refused.value.code is Code.DISK_FULL
        (place / "filler").unlink()
        assert small.store.cases() == ()
        assert not list(small.library.glob("cases/*"))


def test_a_folder_that_names_things_of_another_case_is_refused_whole(
    desk: Desk, case: Case, other: Desk, tmp_path: Path
) -> None:
    folder = hand_over(desk, case, tmp_path / "out")
    theirs = desk.store.case_file(case.id).notes[0]
    stranger = open_case(other, "陌生人的案件")
    facts = {"note": theirs.id, "encounter": None, "recording": None, "at_ms": None, "marker": None}
    other.store.append(stranger.id, [(EventType.NOTE_TAKEN, {**facts, "text": "同号"})])
    with pytest.raises(Known) as refused:
        import_case(other, folder)
    assert refused.value.code is Code.IMPORT_TAKEN
    assert [one.case.id for one in other.store.cases()] == [stranger.id]
    assert not (other.library / "imports").exists()
    assert other.store.check() == ()


_KILLED = """
import os, signal, sys
from pathlib import Path
from evidencedesk.store import pending_imports
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows import import_case as workflow
from evidencedesk.workflows.desk import open_desk

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

with open_desk(Path(sys.argv[1]), SystemClock()) as desk:
    if sys.argv[3] == "before-journal":
        workflow._append = die
    elif sys.argv[3] == "after-journal":
        settle = workflow.settle
        workflow.settle = lambda *given: die() if desk.store.cases() else settle(*given)
    else:
        replace = os.replace
        def once(*given):
            replace(*given)
            die()
        append = workflow._append
        def then(*given):
            append(*given)
            pending_imports.os.replace = once
        workflow._append = then
    workflow.import_case(desk, Path(sys.argv[2]))
"""


@pytest.mark.parametrize("at", ["before-journal", "after-journal", "between-files"])
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_kill_minus_nine_leaves_all_or_nothing(desk: Desk, case: Case, tmp_path: Path, at: str) -> None:
    folder = hand_over(desk, case, tmp_path / "out")
    place = tmp_path / "other"
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(place / "library"), str(folder), at],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with computer(place) as other:
        assert not (other.library / "imports").exists()
        assert recover_all(other) == ()
        if at == "before-journal":
            assert other.store.cases() == ()
            assert not list(other.library.glob("cases/*"))
            import_case(other, folder)
        assert other.store.check() == ()
        assert verify(hand_over(other, case, tmp_path / "again")).faults == ()


def test_the_golden_folder_comes_in_with_its_time_stamps(other: Desk, tmp_path: Path) -> None:
    folder = golden_folder(tmp_path)
    assert verify_path(folder).faults == ()
    taken = import_case(other, folder)
    assert other.store.check() == ()
    assert taken.remarks
