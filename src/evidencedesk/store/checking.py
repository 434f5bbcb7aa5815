"""Check a whole library: database, guards, every journal's chain, query tables against the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, select

from evidencedesk.custody.journal import JournalHead, event_line, line_hash
from evidencedesk.custody.projection import project
from evidencedesk.domain.event import Event
from evidencedesk.domain.finding import Finding, Layer
from evidencedesk.domain.search import findable_in
from evidencedesk.store.guards import missing_guards
from evidencedesk.store.journal_rows import read_event
from evidencedesk.store.rows import read_case_file
from evidencedesk.store.search_index import GRAMS, indexed, stray_texts
from evidencedesk.store.tables import cases, events

Note = Callable[[Finding], None]


def check_library(connection: Connection, library_journal: str) -> tuple[Finding, ...]:
    """Everything that is not as it should be; goes on after the first fault."""
    torn = _torn_pages(connection)
    if torn:
        return torn  # SQLCipher reads nothing more once it met one
    findings: list[Finding] = []
    for (verdict,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if verdict != "ok":
            findings.append(Finding(Layer.FILES, "database-damaged", "library.sqlite3", found=str(verdict)))
    findings += [Finding(Layer.FILES, "guards-missing", guard) for guard in missing_guards(connection)]
    journals = set(connection.execute(select(events.c.case_id).distinct()).scalars())
    known = set(connection.execute(select(cases.c.id)).scalars())
    for case_id in sorted(journals | known):
        journal = _check_journal(connection, case_id, findings.append)
        if case_id != library_journal:
            _check_facts(connection, case_id, journal, findings.append)
    named = {finding.subject for finding in findings}
    strays = [case_id or GRAMS for case_id in stray_texts(connection)]
    findings += [Finding(Layer.FACTS, "facts-disagree", stray) for stray in strays if stray not in named]
    return tuple(findings)


def _torn_pages(connection: Connection) -> tuple[Finding, ...]:
    """Pages of a sealed database that were changed, also where nothing is: each has a seal of its own."""
    told = connection.exec_driver_sql("PRAGMA cipher_integrity_check")  # a plain one has no such thing
    lines = told.scalars() if told.returns_rows else ()
    return tuple(
        Finding(Layer.FILES, "database-damaged", "library.sqlite3", found=str(line)) for line in lines
    )


def _check_journal(connection: Connection, case_id: str, note: Note) -> list[Event] | None:
    """The events of a journal, or None if a line can't be read."""
    rows = connection.execute(select(events).where(events.c.case_id == case_id).order_by(events.c.seq))
    head = JournalHead()
    journal: list[Event] = []
    readable = True
    for row in rows:
        subject = f"{case_id}:{row.seq}"
        line = row.line if isinstance(row.line, bytes) else repr(row.line).encode()
        try:
            event = read_event(line)
            canonical = event_line(event) == line
        except (ValueError, KeyError, TypeError) as error:
            note(Finding(Layer.JOURNAL, "journal-line", subject, found=type(error).__name__))
            readable = canonical = False
        else:
            journal.append(event)
            if event.prev != head.hash:
                note(Finding(Layer.JOURNAL, "journal-chain", subject, head.hash, event.prev))
            if event.seq != head.seq + 1:
                note(Finding(Layer.JOURNAL, "journal-order", subject, str(head.seq + 1), str(event.seq)))
            columns = (row.case_id, row.seq, row.type, row.prev)
            if not canonical or columns != (event.case, event.seq, event.type.value, event.prev):
                note(Finding(Layer.JOURNAL, "journal-line", subject))
        digest = line_hash(line)
        if digest != row.hash:
            note(Finding(Layer.JOURNAL, "journal-chain", subject, row.hash, digest))
        head = JournalHead(row.seq, digest)
    return journal if readable else None


def _check_facts(connection: Connection, case_id: str, journal: Iterable[Event] | None, note: Note) -> None:
    if journal is None:
        return  # already said: a line can't be read
    try:
        stored = read_case_file(connection, case_id)
        told = project(journal)
        found = indexed(connection, case_id)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        note(Finding(Layer.FACTS, "facts-unreadable", case_id, found=str(error)))
        return
    if stored is None or (stored.events, stored.head) != (told.events, told.head):
        end = "" if stored is None else f"{stored.events} {stored.head}"
        note(Finding(Layer.JOURNAL, "journal-head", case_id, f"{told.events} {told.head}", end))
    elif stored != told or found != frozenset(findable_in(told)):
        note(Finding(Layer.FACTS, "facts-disagree", case_id))
