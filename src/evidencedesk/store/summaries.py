"""The list of cases, counted by the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, Table, and_, func, literal, or_, select

from evidencedesk.domain.case import Case, CaseSummary, Verdict
from evidencedesk.domain.event import EventType
from evidencedesk.store.rows import case_of
from evidencedesk.store.tables import attachments, cases, encounters, events, notes, recordings, ticks


def read_summaries(connection: Connection, case_id: str | None = None) -> tuple[CaseSummary, ...]:
    """One line for each case, or for one; the one something happened to last comes first."""
    recorded_ms = func.sum(recordings.c.samples * 1000 // recordings.c.rate_hz)
    query = select(
        cases,
        _count(encounters).label("encounter_count"),
        _count(recordings).label("recording_count"),
        _of(recordings, func.coalesce(recorded_ms, 0)).label("recorded_ms"),
        _of(recordings, func.coalesce(func.max(recordings.c.simulated), False)).label("simulated"),
        _of(recordings, func.coalesce(func.min(recordings.c.simulated), False)).label("only_simulated"),
        _count(notes).label("note_count"),
        _breaches().label("breach_count"),
        _count(attachments).label("attachment_count"),
        _imported().label("imported_count"),
    )
    if case_id is not None:
        query = query.where(cases.c.id == case_id)
    newest_first = query.order_by(cases.c.last_utc.desc(), cases.c.id)
    return tuple(
        CaseSummary(
            case=case_of(row),
            encounters=row.encounter_count,
            recordings=row.recording_count,
            recorded_ms=row.recorded_ms,
            notes=row.note_count,
            breaches=row.breach_count,
            attachments=row.attachment_count,
            imported=row.imported_count,
            last_utc=row.last_utc,
            last_offset_minutes=row.last_offset_minutes,
            simulated=bool(row.simulated),
            practice=bool(row.only_simulated) and not row.imported_count,
        )
        for row in connection.execute(newest_first)
    )


def newest_cases(connection: Connection) -> tuple[Case, ...]:
    """Those that are not archived; the one something happened to last comes first."""
    query = select(cases).where(cases.c.archived.is_(False)).order_by(cases.c.last_utc.desc(), cases.c.id)
    return tuple(case_of(row) for row in connection.execute(query))


def cases_named(connection: Connection, name: str, limit: int = 6) -> tuple[Case, ...]:
    """Cases whose name is ``name`` or begins so; the letter and dash in front may be left out."""
    if not name:
        return ()
    exact = connection.execute(select(cases).where(cases.c.id == name)).one_or_none()
    if exact is not None:
        return (case_of(exact),)
    text = func.substr(cases.c.id, 1, len(name), type_=String)
    without_letter = func.substr(cases.c.id, 3, len(name), type_=String)
    wanted = literal(name)
    query = (
        select(cases).where((text == wanted) | (without_letter == wanted)).order_by(cases.c.id).limit(limit)
    )
    return tuple(case_of(row) for row in connection.execute(query))


def _of(table: Table, value: ColumnElement[Any]) -> Any:
    return select(value).where(table.c.case_id == cases.c.id).correlate(cases).scalar_subquery()


def _count(table: Table) -> Any:
    return _of(table, func.count(table.c.id))


def _imported() -> Any:
    query = select(func.count(events.c.seq)).where(
        events.c.case_id == cases.c.id, events.c.type == EventType.RECORDING_IMPORTED.value
    )
    return query.correlate(cases).scalar_subquery()


def _breaches() -> Any:
    """Items marked as breached: the same marks as ``domain.standing`` counts."""
    newer = ticks.alias("newer")
    replaced = (
        select(newer.c.id)
        .where(
            and_(
                newer.c.case_id == ticks.c.case_id,
                newer.c.encounter_id.is_not_distinct_from(ticks.c.encounter_id),
                newer.c.pack == ticks.c.pack,
                newer.c.item == ticks.c.item,
                newer.c.subject == ticks.c.subject,
                newer.c.withdrawn.is_(False),
                _outweighs(newer, ticks),
            )
        )
        .correlate(ticks)
        .exists()
    )
    query: Select[Any] = select(func.count(ticks.c.id)).where(
        ticks.c.case_id == cases.c.id,
        ticks.c.verdict == Verdict.BREACHED.value,
        ticks.c.withdrawn.is_(False),
        ~replaced,
    )
    return query.correlate(cases).scalar_subquery()


def _outweighs(newer: Any, older: Table) -> ColumnElement[bool]:
    """Whether one mark replaces another: the later one, but never an automatic one the user's own."""
    later = newer.c.seq > older.c.seq
    users = newer.c.automatic.is_(False)
    return or_(and_(users, older.c.automatic.is_(True)), and_(later, or_(users, older.c.automatic.is_(True))))
