"""``check`` names everything that is not as it should be, and goes on after the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidencedesk.domain.event import EventType
from evidencedesk.store.guards import GUARDS
from evidencedesk.store.library_store import LibraryStore

_FREE = "DROP TRIGGER events_never_change", "DROP TRIGGER events_never_go", "DROP TRIGGER events_follow"
_LOCK = tuple(GUARDS.values())


@pytest.fixture
def three(store: LibraryStore, case: str) -> str:
    for title in ("second", "third"):
        store.append(case, [(EventType.CASE_CHANGED, {"title": title})])
    return case


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "UPDATE events SET line = CAST(replace(CAST(line AS TEXT), 'second', 'secret') AS BLOB)",
            {("journal-chain", ":2"), ("journal-chain", ":3")},
        ),
        ("UPDATE events SET hash = 'x' WHERE seq = 1", {("journal-chain", ":1")}),
        ("UPDATE events SET type = 'note.taken' WHERE seq = 2", {("journal-line", ":2")}),
        ("UPDATE events SET line = x'7b7d' WHERE seq = 3", {("journal-line", ":3"), ("journal-chain", ":3")}),
        (
            "UPDATE events SET line = CAST(CAST(line AS TEXT) || ' ' AS BLOB) WHERE seq = 3",
            {("journal-line", ":3"), ("journal-chain", ":3")},
        ),
        (
            "DELETE FROM events WHERE seq = 2",
            {("journal-chain", ":3"), ("journal-order", ":3"), ("journal-head", "")},
        ),
        ("DELETE FROM events WHERE seq = 3", {("journal-head", "")}),
        (
            "DELETE FROM events WHERE seq = 1",
            {("journal-chain", ":2"), ("journal-order", ":2"), ("facts-unreadable", "")},
        ),
        ("DELETE FROM events", {("facts-unreadable", "")}),
        ("UPDATE cases SET title = 'other'", {("facts-disagree", "")}),
        ("DELETE FROM cases", {("journal-head", "")}),
        ("UPDATE cases SET opened_utc = 'yesterday'", {("facts-unreadable", "")}),
    ],
)
def test_each_fault_is_named_with_its_place(
    store: LibraryStore,
    three: str,
    tamper: Callable[..., None],
    statement: str,
    expected: set[tuple[str, str]],
) -> None:
    assert store.check() == ()
    tamper(*_FREE, statement, *_LOCK)
    found = {(finding.code, finding.subject.removeprefix(three)) for finding in store.check()}
    assert found == expected


def test_missing_guards_are_findings_of_an_open_library(
    store: LibraryStore, three: str, tamper: Callable[..., None]
) -> None:
    tamper(_FREE[0])
    assert [(f.code, f.subject) for f in store.check()] == [("guards-missing", "events_never_change")]


def test_a_fault_in_an_index_is_found(store: LibraryStore, three: str, tamper: Callable[..., None]) -> None:
    opened = (EventType.ENCOUNTER_OPENED, {"encounter": "e-1", "mode": "visit"})
    store.append(three, [opened])
    tamper(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE "
        "name = 'ix_notes_case_id_seq') WHERE name = 'ix_encounters_case_id_seq'",
        "PRAGMA schema_version = 9999",  # connections that are open read the schema again
    )
    assert "database-damaged" in {finding.code for finding in store.check()}


def test_query_tables_that_were_changed_are_made_again_from_the_journal(
    store: LibraryStore, three: str, tamper: Callable[..., None]
) -> None:
    tamper("UPDATE cases SET title = 'other'")
    assert store.check() != ()
    store.rebuild_projections()
    assert store.check() == ()
    assert store.case_file(three).case.title == "third"
