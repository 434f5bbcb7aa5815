"""Fold a case's events into what is known about the case, without any database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from evidencedesk.custody import fold_contacts, fold_desk, fold_people, fold_recordings
from evidencedesk.custody.fold import Fold
from evidencedesk.custody.journal import event_line, line_hash
from evidencedesk.domain.case import (
    Attachment,
    AttachmentKind,
    Case,
    CaseFile,
    Document,
    Encounter,
    Mode,
    Note,
    Stamp,
    Tick,
    Verdict,
)
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.stamp import Subject

OnFault = Callable[[Event, Exception], None]


def project(events: Iterable[Event], on_fault: OnFault | None = None) -> CaseFile:
    """Everything known after these events, which must be one case's, whole and in order.

    Raises ValueError or KeyError when an event speaks of something that never began. With ``on_fault``
    such an event is passed to it and left out, so that the rest of a damaged journal can be checked.
    """
    fold = Fold()
    head, count = "", 0
    for event in events:
        if on_fault is not None and fold.case is None and event.type is not EventType.CASE_OPENED:
            fold.case = Case(event.case, "", "", "", event.moment)
        try:
            STEPS[event.type](fold, event, event.data)
        except (ValueError, KeyError) as error:
            if on_fault is None:
                raise
            on_fault(event, error)
        head = line_hash(event_line(event))
        count += 1
    if fold.case is None:
        raise ValueError("no case was opened")
    return CaseFile(
        case=fold.case,
        encounters=tuple(fold.encounters.values()),
        recordings=tuple(fold.recordings.values()),
        gaps=tuple(fold.gaps),
        warnings=tuple(fold.warnings),
        notes=tuple(fold.notes.values()),
        ticks=tuple(fold.ticks.values()),
        collectors=tuple(fold.collectors.values()),
        attachments=tuple(fold.attachments.values()),
        head=head,
        events=count,
        imported=tuple(fold.imported.values()),
        stamps=tuple(fold.stamps.values()),
        contacts=tuple(fold.contacts.values()),
        follow_ups=tuple(fold.follow_ups.values()),
        debt=fold.debt,
        claims=tuple(fold.claims.values()),
        transcripts=tuple(fold.transcripts.values()),
        evidence=fold.evidence,
    )


def _case_opened(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    if fold.case is not None:
        raise ValueError("the case was opened twice")
    fold.case = Case(event.case, data["title"], data["creditor"], data["contract"], event.moment)


def _case_changed(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    if fold.case is None:
        raise ValueError("a case was changed before it was opened")
    changes = {key: data[key] for key in ("title", "creditor", "contract", "hotline") if key in data}
    fold.case = replace(fold.case, **changes)


def _case_archived(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    if fold.case is None:
        raise ValueError("a case was archived before it was opened")
    fold.case = replace(fold.case, archived=data["archived"])


def _encounter_opened(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    name = data["encounter"]
    fold.encounters[name] = Encounter(name, event.case, Mode(data["mode"]), event.moment)


def _encounter_closed(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    name = data["encounter"]
    fold.encounters[name] = replace(fold.encounters[name], closed=event.moment)


def _encounter_described(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    known = fold.encounters[data["encounter"]]
    fold.encounters[known.id] = replace(known, present=data["present"], agreed=data["agreed"])


def _note_taken(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.notes[data["note"]] = Note(
        id=data["note"],
        case=event.case,
        encounter=data["encounter"],
        recording=data["recording"],
        at_ms=data["at_ms"],
        text=data["text"],
        marker=data["marker"],
        moment=event.moment,
    )


def _note_corrected(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    note = fold.notes[data["note"]]
    fold.notes[note.id] = replace(note, text=data["text"], corrected=True, earlier=(*note.earlier, note.text))


def _tick_set(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.ticks[data["tick"]] = Tick(
        id=data["tick"],
        case=event.case,
        encounter=data["encounter"],
        recording=data["recording"],
        at_ms=data["at_ms"],
        pack=data["pack"],
        pack_version=data["pack_version"],
        item=data["item"],
        verdict=Verdict(data["verdict"]),
        automatic=data["automatic"],
        moment=event.moment,
        rule=data.get("rule", ""),
        facts=tuple(sorted(data.get("facts", {}).items())),
        subject=data.get("subject", ""),
    )


def _tick_withdrawn(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    fold.ticks[data["tick"]] = replace(fold.ticks[data["tick"]], withdrawn=True)


def _attachment_added(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    document, kind = data.get("document"), data.get("kind")
    fold.attachments[data["attachment"]] = Attachment(
        id=data["attachment"],
        case=event.case,
        encounter=data["encounter"],
        name=data["name"],
        stored_name=data["stored_name"],
        file_bytes=data["file_bytes"],
        sha256=data["sha256"],
        moment=event.moment,
        collector=data.get("collector"),
        document=None if document is None else Document(document),
        contact=data.get("contact"),
        follow_up=data.get("follow_up"),
        kind=None if kind is None else AttachmentKind(kind),
        text=data.get("text", ""),
        debt=data.get("debt", False),
        template=data.get("template", ""),
    )


def _attachment_described(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    known = fold.attachments[data["attachment"]]
    document, kind = data["document"], data["kind"]
    fold.attachments[known.id] = replace(
        known,
        encounter=data["encounter"],
        collector=data["collector"],
        document=None if document is None else Document(document),
        contact=data["contact"],
        follow_up=data["follow_up"],
        kind=None if kind is None else AttachmentKind(kind),
        text=data["text"],
        debt=data["debt"],
    )


def _stamp_received(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    if data["stamp"] in fold.stamps:
        raise ValueError("a stamp was received twice under one name")
    fold.stamps[data["stamp"]] = Stamp(
        id=data["stamp"],
        case=event.case,
        subject=Subject(data["subject"]),
        imprint=data["imprint"],
        seq=data["seq"],
        authority=data["authority"],
        gen_time=data["gen_time"],
        serial=data["serial"],
        policy=data["policy"],
        token_sha256=data["token_sha256"],
        moment=event.moment,
    )


def _nothing(_fold: Fold, _event: Event, _data: Mapping[str, Any]) -> None:
    """Exports and the like happened to the case, but change no fact of it."""


STEPS: Mapping[EventType, Callable[[Fold, Event, Mapping[str, Any]], None]] = {
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
    EventType.RECORDING_STARTED: fold_recordings.recording_started,
    EventType.RECORDING_GAP: fold_recordings.recording_gap,
    EventType.RECORDING_WARNING: fold_recordings.recording_warning,
    EventType.RECORDING_STOPPED: fold_recordings.recording_stopped,
    EventType.RECORDING_RECOVERED: fold_recordings.recording_recovered,
    EventType.RECORDING_IMPORTED: fold_recordings.recording_imported,
    EventType.NOTE_TAKEN: _note_taken,
    EventType.NOTE_CORRECTED: _note_corrected,
    EventType.TICK_SET: _tick_set,
    EventType.TICK_WITHDRAWN: _tick_withdrawn,
    EventType.COLLECTOR_ADDED: fold_people.collector_added,
    EventType.COLLECTOR_CHANGED: fold_people.collector_changed,
    EventType.ATTACHMENT_ADDED: _attachment_added,
    EventType.ATTACHMENT_DESCRIBED: _attachment_described,
    EventType.CONTACT_LOGGED: fold_contacts.contact_logged,
    EventType.CONTACT_CHANGED: fold_contacts.contact_changed,
    EventType.CONTACT_WITHDRAWN: fold_contacts.contact_withdrawn,
    EventType.FOLLOW_UP_LOGGED: fold_contacts.follow_up_logged,
    EventType.FOLLOW_UP_CHANGED: fold_contacts.follow_up_changed,
    EventType.FOLLOW_UP_WITHDRAWN: fold_contacts.follow_up_withdrawn,
    EventType.DEBT_DESCRIBED: fold_desk.debt_described,
    EventType.CLAIM_LOGGED: fold_desk.claim_logged,
    EventType.CLAIM_CHANGED: fold_desk.claim_changed,
    EventType.CLAIM_WITHDRAWN: fold_desk.claim_withdrawn,
    EventType.EVIDENCE_ARRANGED: fold_desk.evidence_arranged,
    EventType.TRANSCRIPT_DRAFTED: fold_desk.transcript_drafted,
    EventType.TRANSCRIPT_HEARD: fold_desk.transcript_heard,
    EventType.TRANSCRIPT_CORRECTED: fold_desk.transcript_corrected,
    EventType.STAMP_RECEIVED: _stamp_received,
}
