"""Triggers that refuse to change the journal.

They guard against mistakes, of this program and of other tools. They are no evidence: whoever owns
the file can take them away. Evidence is the chain of hashes in what was handed over.

Alembic's ``batch_alter_table`` rebuilds a table and silently loses its triggers, so they are made anew
at the end of every migration, in its transaction, and looked for at every start.

The one way to delete: ``delete_case`` writes the case's name into ``deleting``, deletes, and takes the
name out again, all in one transaction. The triggers themselves are never taken away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Connection

from evidencedesk.domain.event import FIRST_PREV

_SPACE = re.compile(r"\s+")

GUARDS: Mapping[str, str] = {
    "events_never_change": """
        CREATE TRIGGER events_never_change BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END
    """,
    "events_never_go": """
        CREATE TRIGGER events_never_go BEFORE DELETE ON events
        WHEN NOT EXISTS (SELECT 1 FROM deleting WHERE case_id = OLD.case_id)
        BEGIN SELECT RAISE(ABORT, 'an event is never deleted alone'); END
    """,
    "events_follow": f"""
        CREATE TRIGGER events_follow BEFORE INSERT ON events
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE case_id = NEW.case_id)
          OR NEW.prev IS NOT coalesce(
               (SELECT hash FROM events WHERE case_id = NEW.case_id AND seq = NEW.seq - 1),
               '{FIRST_PREV}')
        BEGIN SELECT RAISE(ABORT, 'an event must follow the last one'); END
    """,  # noqa: S608 - the only thing put in is a constant of ours
}


def create_guards(connection: Connection) -> None:
    """Make all guards anew, and take away every other trigger."""
    for name in _triggers(connection):
        quoted = name.replace('"', '""')
        connection.exec_driver_sql(f'DROP TRIGGER "{quoted}"')
    for statement in GUARDS.values():
        connection.exec_driver_sql(_one_line(statement))


def missing_guards(connection: Connection, *, any_text: bool = False) -> tuple[str, ...]:
    """Names of guards that are gone, changed or got company, and ``deleting`` if it is not empty.

    ``any_text`` accepts guards as an older version of the program worded them.
    """
    found = _triggers(connection)
    wanted = {name: _one_line(statement) for name, statement in GUARDS.items()}
    if any_text:
        faults = set(wanted) ^ set(found)
    else:
        faults = {name for name in {*wanted, *found} if wanted.get(name) != found.get(name)}
    if connection.exec_driver_sql("SELECT count(*) FROM deleting").scalar_one():
        faults.add("deleting")
    return tuple(sorted(faults))


def _triggers(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {str(name): _one_line(str(sql)) for name, sql in rows}


def _one_line(statement: str) -> str:
    return _SPACE.sub(" ", statement).strip()
