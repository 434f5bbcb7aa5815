"""What each event changes in the query tables.

The same fold without a database is ``custody.projection``; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from evidencedesk.custody.casefile_json import plain_json
from evidencedesk.custody.fold_contacts import contact_details_from_json, follow_up_details_from_json
from evidencedesk.custody.fold_people import PaperMoments, Papers, card_from_json, paper_moments
from evidencedesk.custody.journal import JournalHead
from evidencedesk.domain.case import (
    AttachmentKind,
    ContactSource,
    Document,
    FollowUpDetails,
    Leg,
    Mode,
    RecordingState,
    Verdict,
)
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.stamp import Subject
from evidencedesk.store import tables
from evidencedesk.store.rows import FOLDED, paper_moments_of, papers_of
from evidencedesk.store.search_index import forget_case, index_events


def apply_events(
    connection: Connection, written: Sequence[Event], head: JournalHead, *, indexed: bool = True
) -> None:
    """Bring the query tables up to events of one case in order; ``head`` is the journal's new end.

    With ``indexed`` the search index follows; whoever replays everything fills it at the end.

    Ticks come by the thousand after a list of contacts was taken in; those in a row go in at once. Raises
    ValueError or KeyError when an event speaks of something that never began: a bug of ours.
    """
    for kind, same in groupby(written, key=lambda event: event.type):
        if kind is EventType.TICK_SET:
            connection.execute(insert(tables.ticks), [_tick_values(event) for event in same])
        else:
            for event in same:
                STEPS[kind](connection, event, event.data)
    if written:
        _change(
            connection,
            tables.cases,
            written[-1],
            written[-1].case,
            head_seq=head.seq,
            head_hash=head.hash,
            last_utc=written[-1].moment.utc,
            last_offset_minutes=written[-1].moment.offset_minutes,
        )
        if indexed:
            index_events(connection, written)


def clear_case(connection: Connection, case_id: str) -> None:
    """Delete a case's rows from all query tables, and its words from the search index."""
    forget_case(connection, case_id)
    for table in tables.PROJECTIONS:
        named = table.c.id if table is tables.cases else table.c.case_id
        connection.execute(delete(table).where(named == case_id))


def moment_values(prefix: str, moment: Moment) -> dict[str, Any]:
    """A moment as its four columns."""
    return {
        f"{prefix}_utc": moment.utc,
        f"{prefix}_offset_minutes": moment.offset_minutes,
        f"{prefix}_boot": moment.boot,
        f"{prefix}_mono_ns": moment.mono_ns,
    }


def _add(connection: Connection, table: Table, event: Event, **values: Any) -> None:
    connection.execute(insert(table).values(case_id=event.case, seq=event.seq, **values))


def _change(connection: Connection, table: Table, event: Event, row_id: str, **values: Any) -> None:
    statement = update(table).where(table.c.id == row_id).values(**values)
    if table is not tables.cases:
        statement = statement.where(table.c.case_id == event.case)
    if connection.execute(statement).rowcount != 1:
        raise KeyError(row_id)


def _case_opened(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    connection.execute(
        insert(tables.cases).values(
            id=event.case,
            title=data["title"],
            creditor=data["creditor"],
            contract=data["contract"],
            head_seq=0,
            head_hash="",
            last_utc=event.moment.utc,
            last_offset_minutes=event.moment.offset_minutes,
            **moment_values("opened", event.moment),
        )
    )


def _case_changed(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    changes = {key: data[key] for key in ("title", "creditor", "contract", "hotline") if key in data}
    if changes:
        _change(connection, tables.cases, event, event.case, **changes)


def _case_archived(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _change(connection, tables.cases, event, event.case, archived=data["archived"])


def _encounter_opened(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.encounters,
        event,
        id=data["encounter"],
        mode=Mode(data["mode"]).value,
        **moment_values("opened", event.moment),
    )


def _encounter_closed(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    closed = moment_values("closed", event.moment)
    _change(connection, tables.encounters, event, data["encounter"], **closed)


def _encounter_described(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    told = {"present": data["present"], "agreed": data["agreed"]}
    _change(connection, tables.encounters, event, data["encounter"], **told)


def _recording_started(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.recordings,
        event,
        id=data["recording"],
        encounter_id=data["encounter"],
        state=RecordingState.RUNNING.value,
        device=data["device"],
        rate_hz=data["rate_hz"],
        channels=data["channels"],
        simulated=data["simulated"],
        file=data["file"],
        leg=data.get("leg", Leg.NEAR.value),
        part=data.get("part", 1),
        begins_ms=data.get("begins_ms", 0),
        earlier_ms=data.get("earlier_ms", 0),
        **moment_values("started", event.moment),
    )


def _recording_stopped(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _change(
        connection,
        tables.recordings,
        event,
        data["recording"],
        state=RecordingState.STOPPED.value,
        reason=data["reason"],
        copy=data.get("copy"),
        **_sound(data),
        **moment_values("stopped", event.moment),
    )


def _recording_recovered(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _change(
        connection,
        tables.recordings,
        event,
        data["recording"],
        state=RecordingState.RECOVERED.value,
        found_file=data["found_file"],
        found_sha256=data["found_sha256"],
        missing_ms=data["missing_ms"],
        cut_bytes=data["cut_bytes"],
        **_sound(data),
        **moment_values("stopped", event.moment),
    )


def _sound(data: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("samples", "file", "file_bytes", "file_sha256", "pcm_sha256", "pulse_sha256")
    return {key: data[key] for key in keys}


def _recording_gap(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.gaps,
        event,
        recording_id=data["recording"],
        at_ms=data["at_ms"],
        length_ms=data["length_ms"],
        cause=data["cause"],
        **moment_values("noted", event.moment),
    )


def _recording_warning(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.warnings,
        event,
        recording_id=data["recording"],
        at_ms=data["at_ms"],
        code=data["code"],
        by_ms=data.get("by_ms"),
        **moment_values("noted", event.moment),
    )


def _note_taken(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.notes,
        event,
        id=data["note"],
        encounter_id=data["encounter"],
        recording_id=data["recording"],
        at_ms=data["at_ms"],
        text=data["text"],
        marker=data["marker"],
        corrected=False,
        earlier=[],
        **moment_values("taken", event.moment),
    )


def _note_corrected(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    notes = tables.notes
    query = select(notes.c.text, notes.c.earlier).where(notes.c.id == data["note"])
    row = connection.execute(query).one_or_none()
    if row is None:
        raise KeyError(data["note"])
    earlier = [*row.earlier, row.text]
    _change(connection, notes, event, data["note"], text=data["text"], corrected=True, earlier=earlier)


def _tick_set(connection: Connection, event: Event, _data: Mapping[str, Any]) -> None:
    connection.execute(insert(tables.ticks), _tick_values(event))


def _tick_values(event: Event) -> dict[str, Any]:
    data = event.data
    return {
        "case_id": event.case,
        "seq": event.seq,
        "id": data["tick"],
        "encounter_id": data["encounter"],
        "recording_id": data["recording"],
        "at_ms": data["at_ms"],
        "pack": data["pack"],
        "pack_version": data["pack_version"],
        "item": data["item"],
        "verdict": Verdict(data["verdict"]).value,
        "automatic": data["automatic"],
        "withdrawn": False,
        "rule": data.get("rule", ""),
        "facts": dict(data.get("facts", {})),
        "subject": data.get("subject", ""),
        **moment_values("set", event.moment),
    }


def _tick_withdrawn(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _change(connection, tables.ticks, event, data["tick"], withdrawn=True)


def _collector_added(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.collectors,
        event,
        id=data["collector"],
        encounter_id=data["encounter"],
        **_card(data["card"], (), (), event.moment),
        **moment_values("added", event.moment),
    )


def _collector_changed(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    row = connection.execute(
        select(tables.collectors).where(tables.collectors.c.id == data["collector"])
    ).one_or_none()
    if row is None:
        raise KeyError(data["collector"])
    before, since = papers_of(row), paper_moments_of(row)
    card = _card(data["card"], before, since, event.moment)
    _change(connection, tables.collectors, event, data["collector"], **card)


def _card(data: Mapping[str, Any], before: Papers, since: PaperMoments, moment: Moment) -> dict[str, Any]:
    card = card_from_json(data)
    return {
        "name": card.name,
        "staff_number": card.staff_number,
        "organisation": card.organisation,
        "lender": card.lender,
        "phone": card.phone,
        "plate": card.plate,
        "description": card.description,
        "documents": {document.value: shown.value for document, shown in card.documents},
        "credit_code": card.credit_code,
        "names_on": {document.value: name for document, name in card.names_on},
        "letter_until": card.letter_until,
        "listed": None if card.listed is None else card.listed.value,
        "document_moments": {
            document.value: plain_json(shown_at)
            for document, shown_at in paper_moments(before, since, card.documents, moment)
        },
    }


def _attachment_added(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.attachments,
        event,
        id=data["attachment"],
        encounter_id=data["encounter"],
        name=data["name"],
        stored_name=data["stored_name"],
        file_bytes=data["file_bytes"],
        sha256=data["sha256"],
        template=data.get("template", ""),
        **_shows(data),
        **moment_values("added", event.moment),
    )


def _attachment_described(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    shows = {"encounter_id": data["encounter"], **_shows(data)}
    _change(connection, tables.attachments, event, data["attachment"], **shows)


def _shows(data: Mapping[str, Any]) -> dict[str, Any]:
    document, kind = data.get("document"), data.get("kind")
    return {
        "collector_id": data.get("collector"),
        "document": None if document is None else Document(document).value,
        "contact_id": data.get("contact"),
        "follow_up_id": data.get("follow_up"),
        "kind": None if kind is None else AttachmentKind(kind).value,
        "text": data.get("text", ""),
        "debt": data.get("debt", False),
    }


def _contact_logged(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.contacts,
        event,
        id=data["contact"],
        encounter_id=data["encounter"],
        source=ContactSource(data["source"]).value,
        changed=False,
        withdrawn=False,
        **plain_json(contact_details_from_json(data["details"])),
        **moment_values("logged", event.moment),
    )


def _contact_changed(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    details = plain_json(contact_details_from_json(data["details"]))
    about = {"encounter_id": data["encounter"]} if "encounter" in data else {}
    _change(connection, tables.contacts, event, data["contact"], changed=True, **details, **about)


def _contact_withdrawn(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _change(connection, tables.contacts, event, data["contact"], withdrawn=True)


def _follow_up_logged(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.follow_ups,
        event,
        id=data["follow_up"],
        encounter_id=data["encounter"],
        recording_id=data["recording"],
        at_ms=data["at_ms"],
        collector_id=data["collector"],
        changed=False,
        withdrawn=False,
        **_step(follow_up_details_from_json(data["details"])),
        **moment_values("logged", event.moment),
    )


def _follow_up_changed(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    details = _step(follow_up_details_from_json(data["details"]))
    _change(connection, tables.follow_ups, event, data["follow_up"], changed=True, **details)


def _step(details: FollowUpDetails) -> dict[str, Any]:
    """All columns: one that says nothing now may have said something before."""
    return {name: plain_json(getattr(details, name)) for name in FollowUpDetails.__slots__}


def _follow_up_withdrawn(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _change(connection, tables.follow_ups, event, data["follow_up"], withdrawn=True)


def _stamp_received(connection: Connection, event: Event, data: Mapping[str, Any]) -> None:
    _add(
        connection,
        tables.stamps,
        event,
        id=data["stamp"],
        subject=Subject(data["subject"]).value,
        imprint=data["imprint"],
        head_seq=data["seq"],
        authority=data["authority"],
        gen_time=data["gen_time"],
        serial=data["serial"],
        policy=data["policy"],
        token_sha256=data["token_sha256"],
        **moment_values("received", event.moment),
    )


def _nothing(_connection: Connection, _event: Event, _data: Mapping[str, Any]) -> None:
    """Exports and the like happened to the case, but change no fact of it."""


def _read_from_journal(_connection: Connection, _event: Event, _data: Mapping[str, Any]) -> None:
    """Rare: ``rows`` reads it from the journal itself, without a table."""


STEPS: Mapping[EventType, Callable[[Connection, Event, Mapping[str, Any]], None]] = {
    EventType.CASE_OPENED: _case_opened,
    EventType.CASE_CHANGED: _case_changed,
    EventType.CASE_DELETED: _nothing,
    EventType.CASE_EXPORTED: _nothing,
    EventType.CASE_EXPORT_FAILED: _nothing,
    EventType.CASE_REDACTED: _nothing,
    EventType.CASE_ARCHIVED: _case_archived,
    EventType.CASE_IMPORTED: _nothing,
    EventType.ENCOUNTER_OPENED: _encounter_opened,
    EventType.ENCOUNTER_CLOSED: _encounter_closed,
    EventType.ENCOUNTER_DESCRIBED: _encounter_described,
    EventType.RECORDING_STARTED: _recording_started,
    EventType.RECORDING_GAP: _recording_gap,
    EventType.RECORDING_WARNING: _recording_warning,
    EventType.RECORDING_STOPPED: _recording_stopped,
    EventType.RECORDING_RECOVERED: _recording_recovered,
    EventType.RECORDING_IMPORTED: _read_from_journal,
    EventType.NOTE_TAKEN: _note_taken,
    EventType.NOTE_CORRECTED: _note_corrected,
    EventType.TICK_SET: _tick_set,
    EventType.TICK_WITHDRAWN: _tick_withdrawn,
    EventType.COLLECTOR_ADDED: _collector_added,
    EventType.COLLECTOR_CHANGED: _collector_changed,
    EventType.ATTACHMENT_ADDED: _attachment_added,
    EventType.ATTACHMENT_DESCRIBED: _attachment_described,
    EventType.CONTACT_LOGGED: _contact_logged,
    EventType.CONTACT_CHANGED: _contact_changed,
    EventType.CONTACT_WITHDRAWN: _contact_withdrawn,
    EventType.FOLLOW_UP_LOGGED: _follow_up_logged,
    EventType.FOLLOW_UP_CHANGED: _follow_up_changed,
    EventType.FOLLOW_UP_WITHDRAWN: _follow_up_withdrawn,
    **dict.fromkeys(FOLDED, _read_from_journal),
    EventType.STAMP_RECEIVED: _stamp_received,
}
