"""The journal in the ``events`` table: append at the end, read in order, nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, select

from evidencedesk.custody.journal import JournalHead, event_line, line_hash, next_event
from evidencedesk.domain.event import Event, EventType, event_from_json
from evidencedesk.domain.moment import Moment
from evidencedesk.store.tables import cases, events

NewEvent = tuple[EventType, Mapping[str, Any]]


def read_head(connection: Connection, case_id: str) -> JournalHead:
    """The last event's number and hash; JournalHead() when there is none."""
    query = select(events.c.seq, events.c.hash).where(events.c.case_id == case_id)
    row = connection.execute(query.order_by(events.c.seq.desc()).limit(1)).one_or_none()
    return JournalHead() if row is None else JournalHead(row.seq, row.hash)


def write_events(
    connection: Connection, case_id: str, head: JournalHead, new: Iterable[NewEvent], moment: Moment
) -> tuple[tuple[Event, ...], JournalHead]:
    """Add events after ``head``; returns them and the new head.

    Raises ValueError for data that has no canonical text.
    """
    written, rows = [], []
    for kind, data in new:
        event = next_event(case_id, head, kind, data, moment)
        line = event_line(event)
        head = JournalHead(event.seq, line_hash(line))
        written.append(event)
        rows.append(_row(event, line, head))
    if rows:
        connection.execute(insert(events), rows)
    return tuple(written), head


def write_lines(
    connection: Connection, case_id: str, head: JournalHead, lines: Iterable[bytes]
) -> tuple[tuple[Event, ...], JournalHead]:
    """Add lines of another library after ``head`` as they are. Raises ValueError when one does not follow."""
    taken, rows = [], []
    for line in lines:
        event = read_event(line)
        if (event.case, event.seq, event.prev) != (case_id, head.seq + 1, head.hash):
            raise ValueError(f"entry {event.seq} does not follow {head.seq}")
        if event_line(event) != line:
            raise ValueError(f"entry {event.seq} is not in the canonical form")
        head = JournalHead(event.seq, line_hash(line))
        taken.append(event)
        rows.append(_row(event, line, head))
    if rows:
        connection.execute(insert(events), rows)
    return tuple(taken), head


def _row(event: Event, line: bytes, head: JournalHead) -> dict[str, Any]:
    return {
        "case_id": event.case,
        "seq": event.seq,
        "type": event.type.value,
        "prev": event.prev,
        "hash": head.hash,
        "line": line,
    }


def read_lines(connection: Connection, case_id: str, after: int = 0, limit: int = -1) -> list[bytes]:
    """The exact lines with a number greater than ``after``, in order."""
    query = select(events.c.line).where(events.c.case_id == case_id, events.c.seq > after)
    lines = list(connection.execute(query.order_by(events.c.seq).limit(limit)).scalars())
    if not all(isinstance(line, bytes) for line in lines):
        raise TypeError("a line that is not bytes")  # SQLite lets another tool put text there
    return lines


def read_events_of(connection: Connection, case_id: str, *kinds: EventType) -> list[Event]:
    """A case's events of these kinds, in order."""
    wanted = [kind.value for kind in kinds]
    query = select(events.c.line).where(events.c.case_id == case_id, events.c.type.in_(wanted))
    return [read_event(line) for line in connection.execute(query.order_by(events.c.seq)).scalars()]


def read_event(line: bytes) -> Event:
    """An event from its line."""
    return event_from_json(json.loads(line))


def broken_ends(connection: Connection) -> tuple[str, ...]:
    """Journals with events missing between, or whose last line is not what its hash says. Quick."""
    counted = select(events.c.case_id, func.max(events.c.seq).label("last"), func.count().label("count"))
    ends = counted.group_by(events.c.case_id).subquery()
    query = select(ends.c.case_id, ends.c.last, ends.c["count"], events.c.hash, events.c.line).join(
        events, (events.c.case_id == ends.c.case_id) & (events.c.seq == ends.c.last)
    )
    return tuple(
        case_id
        for case_id, last, count, digest, line in connection.execute(query)
        if last != count or not isinstance(line, bytes) or line_hash(line) != digest
    )


def wrong_heads(connection: Connection) -> tuple[str, ...]:
    """Cases whose row does not say where their journal ends. Quick."""
    last = select(func.max(events.c.seq)).where(events.c.case_id == cases.c.id)
    digest = select(events.c.hash).where(events.c.case_id == cases.c.id, events.c.seq == cases.c.head_seq)
    query = select(
        cases.c.id,
        cases.c.head_seq,
        cases.c.head_hash,
        last.correlate(cases).scalar_subquery().label("last"),
        digest.correlate(cases).scalar_subquery().label("digest"),
    )
    return tuple(
        row.id for row in connection.execute(query) if (row.last, row.digest) != (row.head_seq, row.head_hash)
    )
