"""The journal refuses to be changed, by us and by other tools."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock
from evidencedesk.store.driver import connect, driver
from evidencedesk.store.library_store import LibraryStore

# ruff: noqa: S608 - statements of ours, against a database of ours
_COLUMNS = "(case_id, seq, type, prev, hash, line)"
_NEXT = "SELECT case_id, 4, type, hash, 'h', line FROM events WHERE seq = 3"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET line = x'00' WHERE seq = 2",
        "UPDATE OR IGNORE events SET type = 'note.taken'",
        "DELETE FROM events",
        "DELETE FROM events WHERE seq = 3",
        f"INSERT OR REPLACE INTO events {_COLUMNS} SELECT case_id, seq, type, prev, 'h', line FROM events",
        f"REPLACE INTO events {_COLUMNS} SELECT case_id, 3, type, prev, 'h', line FROM events WHERE seq = 3",
        f"INSERT INTO events {_COLUMNS} SELECT * FROM events WHERE true ON CONFLICT DO UPDATE SET type = ''",
        f"INSERT INTO events {_COLUMNS} VALUES ('c-00000001', 5, 't', '', 'h', x'00')",
        f"INSERT INTO events {_COLUMNS} SELECT case_id, 5, type, hash, 'h', line FROM events WHERE seq = 3",
        f"INSERT INTO events {_COLUMNS} SELECT case_id, 4, type, prev, 'h', line FROM events WHERE seq = 3",
        f"INSERT INTO events {_COLUMNS} VALUES ('c-00000009', 1, 't', 'not zeros', 'h', x'00')",
        f"INSERT INTO events {_COLUMNS} VALUES ('c-00000009', 0, 't', '{'0' * 64}', 'h', x'00')",
    ],
)
def test_the_database_itself_refuses(
    database: Path, closed_case: str, statement: str, key: bytes | None
) -> None:
    with closing(connect(database, key)) as connection:
        before = connection.execute("SELECT * FROM events ORDER BY case_id, seq").fetchall()
        assert len(before) == 3
        with pytest.raises(driver(key).IntegrityError, match="an event"):
            connection.execute(statement)
        connection.commit()
        assert connection.execute("SELECT * FROM events ORDER BY case_id, seq").fetchall() == before


def test_what_follows_is_let_in(database: Path, closed_case: str, key: bytes | None) -> None:
    with closing(connect(database, key)) as connection:
        connection.execute(f"INSERT INTO events {_COLUMNS} {_NEXT}")  # the control of the test above


def test_replacing_is_refused_by_our_own_connections_even_without_the_guard_on_order(
    store: LibraryStore, case: str, tamper: Callable[..., None]
) -> None:
    tamper("DROP TRIGGER events_follow")  # only recursive_triggers stands in the way now

    def replace_first() -> None:
        with store._writing() as connection:
            connection.exec_driver_sql(
                f"REPLACE INTO events {_COLUMNS} SELECT case_id, seq, 'x', prev, hash, line FROM events"
            )

    with pytest.raises(ValueError, match="never deleted"):
        replace_first()


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (["DROP TRIGGER events_never_go"], "events_never_go"),
        (
            ["DROP TRIGGER events_follow", "DROP TRIGGER events_never_change"],
            "events_follow, events_never_change",
        ),
        (
            [
                "DROP TRIGGER events_never_go",
                "CREATE TRIGGER events_never_go BEFORE DELETE ON events BEGIN SELECT 1; END",
            ],
            "events_never_go",
        ),
        (["CREATE TRIGGER spy AFTER INSERT ON events BEGIN DELETE FROM notes; END"], "spy"),
        (["INSERT INTO deleting VALUES ('c-00000001')"], "deleting"),
    ],
    ids=["gone", "two gone", "hollowed out", "one too many", "standing permission"],
)
def test_a_library_whose_guards_were_touched_is_not_opened_until_they_are_restored(
    library: Path,
    clock: Clock,
    closed_case: str,
    open_store: Callable[[], LibraryStore],
    tamper: Callable[..., None],
    statements: list[str],
    named: str,
    key: bytes | None,
) -> None:
    tamper(*statements)
    for _ in range(2):  # the first refusal must not heal it unseen
        with pytest.raises(Known) as caught:
            open_store()
        assert caught.value.code is Code.GUARDS_MISSING
        assert caught.value.facts["guards"] == named
        assert "path" in caught.value.facts
    store = LibraryStore.open(library, clock, "1.2.3", restore_guards=True, key=key)
    assert store.check() == ()
    store.close()
    assert open_store().head(closed_case).seq == 3


def test_guards_are_not_restored_over_a_journal_that_was_changed(
    library: Path,
    clock: Clock,
    closed_case: str,
    open_store: Callable[[], LibraryStore],
    tamper: Callable[..., None],
    key: bytes | None,
) -> None:
    tamper(
        "DROP TRIGGER events_never_change",
        "UPDATE events SET line = replace(CAST(line AS TEXT), 'second', 'secret') WHERE seq = 2",
    )
    with pytest.raises(Known) as caught:
        LibraryStore.open(library, clock, "1.2.3", restore_guards=True, key=key)
    assert caught.value.code is Code.LIBRARY_DAMAGED
    with pytest.raises(Known) as caught:
        open_store()
    assert caught.value.code is Code.GUARDS_MISSING


def test_guards_stand_again_after_a_case_was_deleted(
    store: LibraryStore, case: str, open_store: Callable[[], LibraryStore]
) -> None:
    store.delete_case(case)
    store.close()
    again = open_store()
    again.append("c-00000002", [(EventType.CASE_OPENED, {"title": "t", "creditor": "", "contract": ""})])
    with pytest.raises(ValueError, match="never deleted"), again._writing() as connection:
        connection.exec_driver_sql("DELETE FROM events")
