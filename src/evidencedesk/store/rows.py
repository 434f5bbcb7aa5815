"""Read the facts of a case from the query tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Table, select

from evidencedesk.custody.fold import Fold
from evidencedesk.custody.fold_contacts import contact_details_from_json, follow_up_details_from_json
from evidencedesk.custody.fold_people import PaperMoments, Papers
from evidencedesk.custody.fold_recordings import imported_from_event
from evidencedesk.custody.projection import STEPS
from evidencedesk.domain.case import (
    Attachment,
    AttachmentKind,
    Case,
    CaseFile,
    Collector,
    CollectorCard,
    Contact,
    ContactSource,
    Document,
    Encounter,
    FollowUp,
    Gap,
    Leg,
    Listed,
    Mode,
    Note,
    Recording,
    RecordingState,
    RecordingWarning,
    Shown,
    Stamp,
    Tick,
    Verdict,
)
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.stamp import Subject
from evidencedesk.store import tables
from evidencedesk.store.journal_rows import read_events_of

# Kinds that no table keeps: a case has few of them, and they are folded when it is read.
FOLDED = (
    EventType.DEBT_DESCRIBED,
    EventType.CLAIM_LOGGED,
    EventType.CLAIM_CHANGED,
    EventType.CLAIM_WITHDRAWN,
    EventType.EVIDENCE_ARRANGED,
    EventType.TRANSCRIPT_DRAFTED,
    EventType.TRANSCRIPT_HEARD,
    EventType.TRANSCRIPT_CORRECTED,
)


def read_case_file(connection: Connection, case_id: str) -> CaseFile | None:
    """Everything known about a case, or None."""
    row = connection.execute(select(tables.cases).where(tables.cases.c.id == case_id)).one_or_none()
    if row is None:
        return None
    told = _folded(connection, case_id)
    return CaseFile(
        case=case_of(row),
        encounters=tuple(_encounter(r) for r in _rows(connection, tables.encounters, case_id)),
        recordings=tuple(_recording(r) for r in _rows(connection, tables.recordings, case_id)),
        gaps=tuple(_gap(r) for r in _rows(connection, tables.gaps, case_id)),
        warnings=tuple(_warning(r) for r in _rows(connection, tables.warnings, case_id)),
        notes=tuple(_note(r) for r in _rows(connection, tables.notes, case_id)),
        ticks=tuple(_tick(r) for r in _rows(connection, tables.ticks, case_id)),
        collectors=tuple(_collector(r) for r in _rows(connection, tables.collectors, case_id)),
        attachments=tuple(_attachment(r) for r in _rows(connection, tables.attachments, case_id)),
        head=row.head_hash,
        events=row.head_seq,
        imported=tuple(
            imported_from_event(event)
            for event in read_events_of(connection, case_id, EventType.RECORDING_IMPORTED)
        ),
        stamps=tuple(_stamp(r) for r in _rows(connection, tables.stamps, case_id)),
        contacts=tuple(_contact(r) for r in _rows(connection, tables.contacts, case_id)),
        follow_ups=tuple(follow_up_of(r) for r in _rows(connection, tables.follow_ups, case_id)),
        debt=told.debt,
        claims=tuple(told.claims.values()),
        transcripts=tuple(told.transcripts.values()),
        evidence=told.evidence,
    )


def _folded(connection: Connection, case_id: str) -> Fold:
    fold = Fold()
    for event in read_events_of(connection, case_id, *FOLDED):
        STEPS[event.type](fold, event, event.data)
    return fold


def read_recording(connection: Connection, recording_id: str) -> Recording | None:
    """One recording, or None."""
    row = _row(connection, tables.recordings, recording_id)
    return None if row is None else _recording(row)


def read_encounter(connection: Connection, encounter_id: str) -> Encounter | None:
    """One encounter, or None."""
    row = _row(connection, tables.encounters, encounter_id)
    return None if row is None else _encounter(row)


def case_of(row: Row[Any]) -> Case:
    """A case from its row."""
    return Case(
        row.id, row.title, row.creditor, row.contract, _moment(row, "opened"), row.hotline, row.archived
    )


def _rows(connection: Connection, table: Table, case_id: str) -> list[Row[Any]]:
    query = select(table).where(table.c.case_id == case_id).order_by(table.c.seq)
    return list(connection.execute(query))


def _row(connection: Connection, table: Table, row_id: str) -> Row[Any] | None:
    return connection.execute(select(table).where(table.c.id == row_id)).one_or_none()


def _moment(row: Row[Any], prefix: str) -> Moment:
    columns = row._mapping  # noqa: SLF001 - SQLAlchemy's documented name
    return Moment(
        utc=columns[f"{prefix}_utc"],
        offset_minutes=columns[f"{prefix}_offset_minutes"],
        boot=columns[f"{prefix}_boot"],
        mono_ns=columns[f"{prefix}_mono_ns"],
    )


def _encounter(row: Row[Any]) -> Encounter:
    closed = None if row.closed_utc is None else _moment(row, "closed")
    return Encounter(
        row.id, row.case_id, Mode(row.mode), _moment(row, "opened"), closed, row.present, row.agreed
    )


def _recording(row: Row[Any]) -> Recording:
    return Recording(
        id=row.id,
        case=row.case_id,
        encounter=row.encounter_id,
        state=RecordingState(row.state),
        started=_moment(row, "started"),
        device=row.device,
        rate_hz=row.rate_hz,
        channels=row.channels,
        simulated=row.simulated,
        file=row.file,
        samples=row.samples,
        file_bytes=row.file_bytes,
        file_sha256=row.file_sha256,
        pcm_sha256=row.pcm_sha256,
        pulse_sha256=row.pulse_sha256,
        found_file=row.found_file,
        found_sha256=row.found_sha256,
        missing_ms=row.missing_ms,
        cut_bytes=row.cut_bytes,
        stopped=None if row.stopped_utc is None else _moment(row, "stopped"),
        reason=row.reason,
        leg=Leg(row.leg),
        part=row.part,
        begins_ms=row.begins_ms,
        earlier_ms=row.earlier_ms,
        copy=row.copy,
    )


def _gap(row: Row[Any]) -> Gap:
    return Gap(row.case_id, row.recording_id, row.at_ms, row.length_ms, row.cause, _moment(row, "noted"))


def _warning(row: Row[Any]) -> RecordingWarning:
    noted = _moment(row, "noted")
    return RecordingWarning(row.case_id, row.recording_id, row.at_ms, row.code, noted, row.by_ms)


def _note(row: Row[Any]) -> Note:
    return Note(
        id=row.id,
        case=row.case_id,
        encounter=row.encounter_id,
        recording=row.recording_id,
        at_ms=row.at_ms,
        text=row.text,
        marker=row.marker,
        moment=_moment(row, "taken"),
        corrected=row.corrected,
        earlier=tuple(row.earlier),
    )


def _tick(row: Row[Any]) -> Tick:
    return Tick(
        id=row.id,
        case=row.case_id,
        encounter=row.encounter_id,
        recording=row.recording_id,
        at_ms=row.at_ms,
        pack=row.pack,
        pack_version=row.pack_version,
        item=row.item,
        verdict=Verdict(row.verdict),
        automatic=row.automatic,
        moment=_moment(row, "set"),
        withdrawn=row.withdrawn,
        rule=row.rule,
        facts=tuple(sorted(row.facts.items())),
        subject=row.subject,
    )


def papers_of(row: Row[Any]) -> Papers:
    """How the papers stand in a collector's row."""
    return tuple(sorted((Document(name), Shown(how)) for name, how in row.documents.items()))


def paper_moments_of(row: Row[Any]) -> PaperMoments:
    """Since when they stand so."""
    return tuple(
        (Document(name), Moment(told["utc"], told["offset_minutes"], told["boot"], int(told["mono_ns"])))
        for name, told in sorted(row.document_moments.items())
    )


def _collector(row: Row[Any]) -> Collector:
    card = CollectorCard(
        name=row.name,
        staff_number=row.staff_number,
        organisation=row.organisation,
        lender=row.lender,
        phone=row.phone,
        plate=row.plate,
        description=row.description,
        documents=papers_of(row),
        credit_code=row.credit_code,
        names_on=tuple(sorted((Document(paper), name) for paper, name in row.names_on.items())),
        letter_until=row.letter_until,
        listed=None if row.listed is None else Listed(row.listed),
    )
    moment = _moment(row, "added")
    return Collector(row.id, row.case_id, row.encounter_id, card, moment, paper_moments_of(row))


def _attachment(row: Row[Any]) -> Attachment:
    return Attachment(
        id=row.id,
        case=row.case_id,
        encounter=row.encounter_id,
        name=row.name,
        stored_name=row.stored_name,
        file_bytes=row.file_bytes,
        sha256=row.sha256,
        moment=_moment(row, "added"),
        collector=row.collector_id,
        document=None if row.document is None else Document(row.document),
        contact=row.contact_id,
        follow_up=row.follow_up_id,
        kind=None if row.kind is None else AttachmentKind(row.kind),
        text=row.text,
        debt=row.debt,
        template=row.template,
    )


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        id=row.id,
        case=row.case_id,
        encounter=row.encounter_id,
        source=ContactSource(row.source),
        details=contact_details_from_json(row._asdict()),
        moment=_moment(row, "logged"),
        changed=row.changed,
        withdrawn=row.withdrawn,
    )


def follow_up_of(row: Row[Any]) -> FollowUp:
    """A step, of a row of its table."""
    return FollowUp(
        id=row.id,
        case=row.case_id,
        encounter=row.encounter_id,
        recording=row.recording_id,
        at_ms=row.at_ms,
        collector=row.collector_id,
        details=follow_up_details_from_json(row._asdict()),
        moment=_moment(row, "logged"),
        changed=row.changed,
        withdrawn=row.withdrawn,
    )


def _stamp(row: Row[Any]) -> Stamp:
    return Stamp(
        id=row.id,
        case=row.case_id,
        subject=Subject(row.subject),
        imprint=row.imprint,
        seq=row.head_seq,
        authority=row.authority,
        gen_time=row.gen_time,
        serial=row.serial,
        policy=row.policy,
        token_sha256=row.token_sha256,
        moment=_moment(row, "received"),
    )
