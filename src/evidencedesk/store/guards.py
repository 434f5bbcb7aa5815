"""Triggers that refuse to change the journal: a rail against mistakes, not evidence.

Whoever owns the file can drop them; the evidence is the chain of hashes. Events leave the table in one
way only: ``delete_case`` names its case in ``deletions``, deletes, and takes the name out again, all in
one transaction. To change a trigger: change it here; the next migration installs it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_ZEROS = "0" * 64

GUARDS = {
    "events_refuse_update": """
CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END""".strip(),
    "events_refuse_delete": """
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
WHEN NOT EXISTS (SELECT 1 FROM deletions WHERE "case" = OLD."case")
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END""".strip(),
    "events_refuse_disorder": f"""
CREATE TRIGGER events_refuse_disorder BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE "case" = NEW."case")
  OR NEW.seq IS NOT json_extract(NEW.line, '$.seq')
  OR NEW."case" IS NOT json_extract(NEW.line, '$.case')
  OR NEW.type IS NOT json_extract(NEW.line, '$.type')
  OR json_extract(NEW.line, '$.prev') IS NOT coalesce(
        (SELECT hash FROM events WHERE "case" = NEW."case" ORDER BY seq DESC LIMIT 1), '{_ZEROS}')
BEGIN
    SELECT RAISE(ABORT, 'not the next event');
END""".strip(),
}


def install_guards(connection: Connection) -> None:
    """Create the triggers anew. Alembic's batch mode drops them without a word when it copies a table."""
    for name, sql in GUARDS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(sql)


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """Names of triggers that are not there, or not as they should be."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    present = {name: sql for name, sql in rows}
    return tuple(name for name, sql in GUARDS.items() if present.get(name) != sql)
