"""The one write path: all or nothing, in order, found again."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.event import FIRST_PREV, EventType
from evidencedesk.domain.moment import Clock
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.store.tables import deleting

OPENED = (EventType.CASE_OPENED, {"title": "t", "creditor": "", "contract": ""})


def _note(name: str, text: str = "text") -> tuple[EventType, dict[str, Any]]:
    facts = {"note": name, "encounter": None, "recording": None, "at_ms": None, "text": text, "marker": None}
    return EventType.NOTE_TAKEN, facts


def test_each_line_names_the_hash_of_the_line_before(store: LibraryStore, case: str) -> None:
    store.append(case, [_note("n-1"), _note("n-2")])
    store.append(case, [(EventType.NOTE_CORRECTED, {"note": "n-1", "text": "better", "corrects": 2})])
    prev = FIRST_PREV
    for number, line in enumerate(store.journal_lines(case), start=1):
        written = json.loads(line)
        assert (written["seq"], written["prev"]) == (number, prev)
        prev = hashlib.sha256(line).hexdigest()
    head = store.head(case)
    assert (head.seq, head.hash) == (4, prev)
    assert (store.case_file(case).events, store.case_file(case).head) == (4, prev)


def test_events_of_one_call_share_a_moment_and_come_back_as_written(
    store: LibraryStore, case: str, clock: Clock
) -> None:
    moment = clock.now()
    written = store.append(case, [_note("n-1"), _note("n-2")], moment)
    assert [event.moment for event in written] == [moment, moment]
    assert tuple(store.events(case))[1:] == written


def test_a_call_that_fails_half_way_leaves_nothing(store: LibraryStore, case: str) -> None:
    before = (store.head(case), store.case_file(case))
    with pytest.raises(KeyError):
        store.append(case, [_note("n-1"), (EventType.TICK_WITHDRAWN, {"tick": "t-unknown"})])
    assert (store.head(case), store.case_file(case)) == before
    assert store.check() == ()


@pytest.mark.parametrize(
    "second",
    [
        OPENED,
        _note("n-1"),
        (EventType.CASE_CHANGED, {"title": 1.5}),
        (EventType.ENCOUNTER_OPENED, {"encounter": "e-1", "mode": "letter"}),
    ],
    ids=["opened twice", "same note twice", "float", "no such mode"],
)
def test_an_event_that_makes_no_sense_is_refused(
    store: LibraryStore, case: str, second: tuple[EventType, dict[str, Any]]
) -> None:
    store.append(case, [_note("n-1")])
    with pytest.raises(ValueError):  # noqa: PT011 - whoever finds the fault words it
        store.append(case, [second])
    assert store.head(case).seq == 2


def test_one_case_can_not_change_what_is_another_s(store: LibraryStore, case: str) -> None:
    store.append(case, [_note("n-1")])
    store.append("c-00000002", [OPENED])
    with pytest.raises(KeyError):
        store.append("c-00000002", [(EventType.NOTE_CORRECTED, {"note": "n-1", "text": "x", "corrects": 2})])
    assert store.case_file(case).notes[0].text == "text"


@pytest.mark.parametrize("case_id", ["c-nowhere0", "library"])
def test_a_case_that_was_never_opened_is_unknown(store: LibraryStore, case_id: str) -> None:
    for call in (
        lambda: store.append(case_id, [_note("n-1")]),
        lambda: store.case_file(case_id),
        lambda: store.head(case_id),
        lambda: store.find_case(case_id),
        lambda: store.delete_case(case_id),
    ):
        with pytest.raises(WrongUse) as caught:
            call()
        assert caught.value.code is Code.UNKNOWN_CASE
        assert caught.value.facts["case"] == case_id
    with pytest.raises(WrongUse):
        store.append("library", [OPENED])


def test_a_case_is_found_by_the_beginning_of_its_name(store: LibraryStore) -> None:
    for case_id in ("c-abc00000", "c-abd00000", "c-xyz00000"):
        store.append(case_id, [OPENED])
    assert store.find_case("c-abc").id == "c-abc00000"
    assert store.find_case(" C-XYZ ").id == "c-xyz00000"
    assert store.find_case("xy").id == "c-xyz00000"
    assert store.find_case("c-abd00000").id == "c-abd00000"
    with pytest.raises(WrongUse) as caught:
        store.find_case("ab")
    assert caught.value.code is Code.AMBIGUOUS_CASE
    assert caught.value.facts["cases"] == "c-abc00000, c-abd00000"
    for unknown in ("", "%", "c-_bc"):
        with pytest.raises(WrongUse) as caught:
            store.find_case(unknown)
        assert caught.value.code is Code.UNKNOWN_CASE


def test_the_case_something_happened_to_last_comes_first(store: LibraryStore) -> None:
    for case_id in ("c-00000001", "c-00000002"):
        store.append(case_id, [OPENED])
    assert [summary.case.id for summary in store.cases()] == ["c-00000002", "c-00000001"]
    store.append("c-00000001", [_note("n-1")])
    assert [summary.case.id for summary in store.cases()] == ["c-00000001", "c-00000002"]


def test_what_the_journal_does_not_know_is_none(store: LibraryStore) -> None:
    assert store.recording("r-00000000") is None
    assert store.encounter("e-00000000") is None
    assert store.cases() == ()
    assert list(store.journal_lines("c-00000000")) == []


def test_recordings_and_encounters_are_found_by_name(store: LibraryStore, case: str) -> None:
    started = {
        "recording": "r-1",
        "encounter": "e-1",
        "device": "mic",
        "source": "default",
        "rate_hz": 48000,
        "channels": 1,
        "simulated": False,
        "file": "audio.flac",
        "started_utc": "2026-11-23T14:00:00.000000Z",
    }
    opened = {"encounter": "e-1", "mode": "visit"}
    store.append(case, [(EventType.ENCOUNTER_OPENED, opened), (EventType.RECORDING_STARTED, started)])
    case_file = store.case_file(case)
    assert store.encounter("e-1") == case_file.encounters[0]
    assert store.recording("r-1") == case_file.recordings[0]


def test_a_long_journal_is_read_page_by_page_while_it_grows(store: LibraryStore, case: str) -> None:
    store.append(case, [_note(f"n-{number}") for number in range(1200)])
    lines = store.journal_lines(case)
    first = list(islice(lines, 10))
    store.append(case, [_note("n-late")])
    assert len(first) + len(list(lines)) == 1202


def test_two_threads_append_and_read_without_losing_anything(store: LibraryStore, case: str) -> None:
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(60):
                store.append(case, [_note(f"n-{name}-{number}")])
                assert store.case_file(case).events >= number
        except BaseException as error:  # noqa: BLE001 - shown by the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("window", "jobs")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.head(case).seq == 121
    assert store.check() == ()


def test_another_process_that_writes_too_is_named_after_waiting(
    store: LibraryStore, case: str, open_store: Callable[[], LibraryStore]
) -> None:
    other = open_store()
    with store._reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    with other._writing(), pytest.raises(Known) as caught:
        store.append(case, [_note("n-1")])
    assert caught.value.code is Code.LIBRARY_IN_USE
    store.append(case, [_note("n-1")])


def test_a_full_disk_is_said_loses_nothing_and_is_over_when_there_is_room(
    store: LibraryStore, case: str, database: Path
) -> None:
    with store._reading() as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")
    saved = 0

    def fill_up() -> None:
        nonlocal saved
        for number in range(1000):
            store.append(case, [_note(f"n-{number}", "long " * 200)])
            saved += 1

    with pytest.raises(Known) as caught:
        fill_up()
    assert caught.value.code is Code.DISK_FULL
    assert caught.value.facts["path"] == str(database)
    assert saved
    assert len(store.case_file(case).notes) == saved
    with store._reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.append(case, [_note("n-after")])
    assert len(store.case_file(case).notes) == saved + 1
    assert store.check() == ()


def test_a_commit_that_sqlite_already_rolled_back_is_never_taken_for_saved(
    store: LibraryStore, case: str
) -> None:
    def begin_and_lose_it() -> None:
        with store._writing() as connection:
            connection.exec_driver_sql("ROLLBACK")

    with pytest.raises(RuntimeError, match="rolled back"):
        begin_and_lose_it()
    store.append(case, [_note("n-1")])


def test_a_deleted_case_is_gone_from_the_disk_and_the_library_remembers_that_it_was(
    store: LibraryStore, case: str, library: Path
) -> None:
    secret = "the text nobody may find again"  # noqa: S105 - a note, not a password
    store.append(case, [_note("n-1", secret)])
    store.append("c-00000002", [OPENED, _note("n-2")])
    copy = library / "library.sqlite3.before-0000"
    copy.write_bytes(b"an older copy holds the case too")
    head = store.head(case)

    store.delete_case(case)

    assert [summary.case.id for summary in store.cases()] == ["c-00000002"]
    assert list(store.journal_lines(case)) == []
    (event,) = store.events("library")
    assert event.type is EventType.CASE_DELETED
    assert event.data == {"case": case, "events": head.seq, "head": head.hash}
    assert len(store.case_file("c-00000002").notes) == 1
    assert store.check() == ()
    assert not copy.exists()
    for file in library.iterdir():
        assert secret.encode() not in file.read_bytes()
    store.delete_case("c-00000002")
    assert [event.seq for event in store.events("library")] == [1, 2]
    with store._reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM deleting").scalar_one() == 0


def test_deleting_that_fails_leaves_the_case_whole(
    store: LibraryStore, case: str, tamper: Callable[..., None]
) -> None:
    store.append(case, [_note("n-1")])
    tamper("CREATE TRIGGER stop BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'stop'); END")
    with pytest.raises(ValueError, match="stop"):
        store.delete_case(case)
    tamper("DROP TRIGGER stop")
    assert len(store.case_file(case).notes) == 1
    assert store.check() == ()


def test_a_closed_library_is_not_opened_again_by_a_late_thread(store: LibraryStore, case: str) -> None:
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.cases()
    with pytest.raises(RuntimeError, match="closed"):
        store.append(case, [_note("n-1")])


def test_a_permission_to_delete_does_not_outlive_its_transaction(
    store: LibraryStore, open_store: Callable[[], LibraryStore], case: str
) -> None:
    with store._writing() as connection:
        connection.execute(insert(deleting).values(case_id=case))
    store.close()
    with pytest.raises(Known) as caught:
        open_store()
    assert caught.value.code is Code.GUARDS_MISSING
    assert caught.value.facts["guards"] == "deleting"
