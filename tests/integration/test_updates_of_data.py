"""A library of every earlier version opens, can be gone back to, and survives a crash or a full disk."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.app.services import OpenedDesk
from evidencedesk.domain.case import Leg, RecordingState, Verdict
from evidencedesk.domain.errors import Code, Known
from evidencedesk.store.schema import COPY_MARK
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.roll_back import roll_back
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.older_libraries import (
    OLDER,
    REVISIONS,
    SCHEMAS,
    TODAY,
    files_of,
    journal_of,
    older_library,
    revision_of,
)
from fakes.small_disk import small_disk

DATABASE = "library.sqlite3"
# Which version brought what: before it, there is none of it in the library.
SINCE = {"contacts": "0004", "follow_ups": "0004", "claims": "0005"}


def command(library: Path, *words: str, language: str = "en") -> tuple[int, list[dict[str, Any]], str]:
    """Run one for real: its exit code, its lines as JSON, and what it said for people."""
    given = [*words, "--library", str(library), "--language", language]
    program = [sys.executable, "-m", "evidencedesk"]
    done = subprocess.run([*program, *given, "--json"], capture_output=True, text=True, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def copies(library: Path) -> list[str]:
    return sorted(path.name.partition(COPY_MARK)[2] for path in library.glob(f"{DATABASE}{COPY_MARK}*"))


def test_there_is_a_library_of_every_earlier_schema() -> None:
    assert len(SCHEMAS) >= 6
    assert SCHEMAS[:-1] == OLDER


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_window_finds_everything_in_it(revision: str, tmp_path: Path) -> None:
    library = older_library(revision, tmp_path)
    journal, files = journal_of(library / DATABASE), files_of(library)
    opened = OpenedDesk(library, SystemClock())
    try:
        assert opened.trouble is None
        store = opened.desk.store
        assert store.check() == ()
        (summary,) = store.cases()
        assert (summary.case.title, summary.case.contract) == ("来分期", "LFQ-2024-0831")
        case_file = store.case_file(summary.case.id)
    finally:
        opened.close()
    assert {one.state for one in case_file.recordings} == {RecordingState.STOPPED}
    assert len([one for one in case_file.recordings if one.leg is Leg.FAR]) == (revision >= "0002")
    assert "说证件在车里" in [note.text for note in case_file.notes]
    assert [tick.verdict for tick in case_file.ticks] == [Verdict.BREACHED, Verdict.KEPT]
    assert [one.card.name for one in case_file.collectors] == ["张某"]
    assert [one.name for one in case_file.attachments] == ["短信.txt"]
    for name, since in SINCE.items():
        assert len(getattr(case_file, name)) == (revision >= since), name
    assert journal_of(library / DATABASE) == journal
    after = files_of(library)
    kept = {name: after[name] for name in files if name != DATABASE}
    assert kept == {name: sha256 for name, sha256 in files.items() if name != DATABASE}
    assert revision_of(library / DATABASE) == TODAY


@pytest.mark.parametrize("revision", OLDER)
def test_a_copy_as_it_was_is_made_first_and_said(revision: str, tmp_path: Path) -> None:
    library = older_library(revision, tmp_path)
    journal = journal_of(library / DATABASE)
    code, lines, said = command(library, "cases")
    assert code == 0
    (told,) = [line for line in lines if line["event"] == "library-upgraded"]
    assert (told["before"], told["now"]) == (revision, TODAY)
    copy = Path(told["copy"])
    assert (revision_of(copy), journal_of(copy)) == (revision, journal)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "evidencedesk rollback" in said
    assert str(copy) in said
    _, again, said_again = command(library, "cases")
    assert "library-upgraded" not in [line["event"] for line in again]
    assert "rollback" not in said_again


@pytest.mark.parametrize("revision", REVISIONS)
def test_its_case_exports_and_verifies(revision: str, tmp_path: Path) -> None:
    library = older_library(revision, tmp_path)
    with open_desk(library, SystemClock()) as desk:
        (summary,) = desk.store.cases()
        words = Words("zh", resource("locale"))
        folder = export_case(desk, summary.case.id, tmp_path / "out", words).path
    assert verify(folder).faults == ()


@pytest.mark.parametrize("revision", OLDER)
def test_going_back_gives_it_as_it_was_and_keeps_the_newer_one(revision: str, tmp_path: Path) -> None:
    library = older_library(revision, tmp_path)
    before, journal = _content(library / DATABASE), journal_of(library / DATABASE)
    with open_desk(library, SystemClock()):
        pass
    newer = _content(library / DATABASE)
    done = roll_back(library)
    assert (done.now, done.before, done.lost_events) == (TODAY, revision, 0)
    assert _content(library / DATABASE) == before
    assert _content(done.kept) == newer
    assert not list(library.glob(f"{DATABASE}-*"))
    # And forth again: nothing was lost on the way.
    with open_desk(library, SystemClock()) as desk:
        assert desk.store.check() == ()
    assert journal_of(library / DATABASE) == journal
    assert revision_of(library / DATABASE) == TODAY


def test_going_back_is_refused_when_it_would_leave_something_behind(tmp_path: Path) -> None:
    library = older_library("0003", tmp_path)
    with open_desk(library, SystemClock()) as desk:
        (summary,) = desk.store.cases()
        take_note(desk, summary.case.id, "written after the update")
        open_case(desk, "second")
    before = files_of(library)
    code, lines, said = command(library, "rollback")
    assert code == 2
    assert lines[-1]["code"] == Code.ROLLBACK_LOSES.value
    assert "2 entries were added to 2 cases" in said
    assert files_of(library) == before

    code, lines, said = command(library, "rollback", "--anyway")
    assert code == 0
    (told,) = [line for line in lines if line["event"] == "rolled-back"]
    assert told["lost_events"] == 2
    lines_kept = [bytes(line[3]) for line in journal_of(Path(told["kept"])) if isinstance(line[3], bytes)]
    assert any(b"written after the update" in line for line in lines_kept)
    assert revision_of(library / DATABASE) == "0003"
    assert "only in the kept file" in said


def test_a_second_way_back_overwrites_nothing(tmp_path: Path) -> None:
    library = older_library("0004", tmp_path)
    kept = []
    for title in ("first", "second"):
        with open_desk(library, SystemClock()) as desk:
            open_case(desk, title)
        kept.append(roll_back(library, anyway=True).kept)
    assert len(set(kept)) == 2
    for file, title in zip(kept, ("first", "second"), strict=True):
        with closing(sqlite3.connect(file)) as raw:
            assert title in [row[0] for row in raw.execute("SELECT title FROM cases")]


@pytest.mark.parametrize("made_by_today", [True, False], ids=["today's", "none"])
def test_where_there_is_no_copy_it_is_said(made_by_today: bool, tmp_path: Path) -> None:
    library = tmp_path / "library"
    if made_by_today:
        with open_desk(library, SystemClock()):
            pass
    code, lines, _ = command(library, "rollback")
    assert (code, lines[-1]["code"]) == (2, Code.NO_EARLIER_LIBRARY.value)


def test_a_copy_that_is_not_this_librarys_past_is_not_taken(tmp_path: Path) -> None:
    library = older_library("0004", tmp_path)
    with open_desk(library, SystemClock()):
        pass
    other = older_library("0003", tmp_path / "other")
    (library / f"{DATABASE}{COPY_MARK}{TODAY}").write_bytes((other / DATABASE).read_bytes())
    before = files_of(library)
    with pytest.raises(Known) as refused:
        roll_back(library, anyway=True)
    assert refused.value.code is Code.LIBRARY_DAMAGED
    assert files_of(library) == before


def test_nobody_goes_back_under_an_open_window(tmp_path: Path) -> None:
    library = older_library("0004", tmp_path)
    with open_desk(library, SystemClock()):
        with pytest.raises(Known) as refused:
            roll_back(library)
        assert refused.value.code is Code.LIBRARY_IN_USE


def test_only_the_copy_of_the_last_update_is_kept(tmp_path: Path) -> None:
    library = older_library("0002", tmp_path)
    for left in ("0003", "0005"):
        (library / f"{DATABASE}{COPY_MARK}{left}").write_bytes(b"an earlier copy")
    with open_desk(library, SystemClock()):
        assert copies(library) == [TODAY]
    (library / f"{DATABASE}{COPY_MARK}0003").write_bytes(b"an earlier copy")
    with open_desk(library, SystemClock()):
        assert copies(library) == ["0003", TODAY], "no update, nothing taken away"


# Kills itself where the named function of the module is reached the n-th time.
_KILLED = """
import os, signal, sys
from pathlib import Path
from evidencedesk.store import schema
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
library, name = Path(sys.argv[1]), sys.argv[2]
whole = getattr(schema, name)
def die_there(*given, **named):
    if sys.argv[3] == "after":
        whole(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(schema, name, die_there)
with open_desk(library, SystemClock()):
    pass
"""
MOMENTS = [
    ("fsync_file", "before"),  # the copy is written, not on the disk yet
    ("copy_file", "after"),  # the copy is there, nothing is changed
    ("missing_guards", "after"),  # in the transaction, before the first table
    ("create_guards", "before"),  # all tables are changed, not committed
    ("fill_if_empty", "after"),  # the index is filled, too
    ("remove_copies", "before"),  # committed
]


@pytest.mark.parametrize(("place", "moment"), MOMENTS)
def test_after_a_kill_in_the_middle_the_library_is_the_old_one_or_the_new_one(
    place: str, moment: str, tmp_path: Path
) -> None:
    library = older_library("0001", tmp_path)
    journal = journal_of(library / DATABASE)
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(library), place, moment], capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    committed = place == "remove_copies"
    assert revision_of(library / DATABASE) == (TODAY if committed else "0001")
    assert journal_of(library / DATABASE) == journal
    with open_desk(library, SystemClock()) as desk:
        assert desk.store.check() == ()
        assert len(desk.store.cases()) == 1
    assert copies(library) == [TODAY]
    assert revision_of(library / f"{DATABASE}{COPY_MARK}{TODAY}") == "0001"
    assert not list(library.glob("*.partial")), "what the killed copy left"


def test_a_kill_while_going_back_leaves_the_one_or_the_other(tmp_path: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from evidencedesk.store import rollback
from evidencedesk.workflows.roll_back import roll_back
whole, wanted, done = rollback.copy_file, int(sys.argv[2]), 0
def counted(source, target, key=None):
    global done
    whole(source, target, key)
    done += 1
    if done == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
rollback.copy_file = counted
roll_back(Path(sys.argv[1]))
"""
    library = older_library("0003", tmp_path)
    before = _content(library / DATABASE)
    with open_desk(library, SystemClock()):
        pass
    newer = _content(library / DATABASE)
    for wanted in (1, 2):
        done = subprocess.run(
            [sys.executable, "-c", script, str(library), str(wanted)], capture_output=True, check=False
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert _content(library / DATABASE) == newer
    roll_back(library)
    assert _content(library / DATABASE) == before


@pytest.mark.parametrize("room", [0, 8192, "copy"], ids=["none", "a little", "for the copy only"])
def test_a_full_disk_leaves_the_old_library_as_it_was(room: int | str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4M") as disk:
        library = older_library("0001", disk)
        (library / "library.lock").touch()  # the lock itself needs no room then
        before = files_of(library)
        journal = journal_of(library / DATABASE)
        size = (library / DATABASE).stat().st_size
        _leave(disk, size + 12_288 if room == "copy" else int(room))
        with pytest.raises(Known) as refused, open_desk(library, SystemClock()):
            pass
        assert refused.value.code is Code.DISK_FULL
        after = files_of(library)
        assert {name: after[name] for name in before} == before
        (disk / "filler").unlink()
        assert revision_of(library / DATABASE) == "0001"
        with open_desk(library, SystemClock()) as desk:
            assert desk.store.check() == ()
        assert journal_of(library / DATABASE) == journal


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_newer_library_is_refused_with_words_and_nothing_is_written(language: str, tmp_path: Path) -> None:
    library = _newer(tmp_path)
    before = files_of(library)
    words = {"en": "newer version of EvidenceDesk", "zh": "更新版本"}[language]
    for asked in (["cases"], ["record", "--seconds", "1"]):
        code, lines, said = command(library, *asked, language=language)
        assert (code, lines[-1]["code"]) == (3, Code.LIBRARY_NEWER.value)
        assert words in said
        assert files_of(library) == before
    with pytest.raises(Known) as refused:
        OpenedDesk(library, SystemClock())
    assert refused.value.code is Code.LIBRARY_NEWER
    assert files_of(library) == before


def _newer(place: Path) -> Path:
    """A library whose tables a version after this one made."""
    library = older_library(REVISIONS[-1], place)
    with closing(sqlite3.connect(library / DATABASE)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.execute("CREATE TABLE of_a_later_time (facts TEXT)")
        raw.commit()
    return library


def _content(database: Path) -> list[str]:
    """Everything in it, as SQL."""
    with closing(sqlite3.connect(database)) as raw:
        return [line for line in raw.iterdump() if "search_grams" not in line]


def _leave(disk: Path, room: int) -> None:
    """Fill a disk but for so many bytes."""
    facts = os.statvfs(disk)
    wanted = facts.f_bavail * facts.f_frsize - room
    with (disk / "filler").open("wb") as file:
        file.write(bytes(max(0, wanted)))
