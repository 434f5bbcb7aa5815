"""Fold a case's events into what is known about the case, without any database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evidencedesk.custody.journal import event_line, line_hash
from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    Collector,
    CollectorCard,
    Document,
    Encounter,
    Gap,
    ImportedSound,
    Leg,
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
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.stamp import Subject

OnFault = Callable[[Event, Exception], None]


@dataclass
class _Fold:
    """The facts while the events pass by; dicts keep the order in which things began."""

    case: Case | None = None
    encounters: dict[str, Encounter] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    warnings: list[RecordingWarning] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    ticks: dict[str, Tick] = field(default_factory=dict)
    collectors: dict[str, Collector] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    imported: dict[str, ImportedSound] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)


def project(events: Iterable[Event], on_fault: OnFault | None = None) -> CaseFile:
    """Everything known after these events, which must be one case's, whole and in order.

    Raises ValueError or KeyError when an event speaks of something that never began. With ``on_fault``
    such an event is passed to it and left out, so that the rest of a damaged journal can be checked.
    """
    fold = _Fold()
    head, count = "", 0
    for event in events:
        if on_fault is not None and fold.case is None and event.type is not EventType.CASE_OPENED:
            fold.case = Case(event.case, "", "", "", event.moment)
        try:
            _STEPS[event.type](fold, event, event.data)
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
    )


def imported_from_event(event: Event) -> ImportedSound:
    """The file that a ``recording.imported`` event tells of. Raises KeyError."""
    data = event.data
    return ImportedSound(
        id=data["imported"],
        case=event.case,
        encounter=data["encounter"],
        name=data["name"],
        stored_name=data["stored_name"],
        file_bytes=data["file_bytes"],
        sha256=data["sha256"],
        file_modified_utc=data["file_modified_utc"],
        format=data["format"],
        duration_ms=data["duration_ms"],
        rate_hz=data["rate_hz"],
        channels=data["channels"],
        decoder=data["decoder"],
        moment=event.moment,
    )


def card_from_json(card: Mapping[str, Any]) -> CollectorCard:
    """Read a collector's card as the journal writes it."""
    documents = tuple(sorted((Document(name), Shown(how)) for name, how in card["documents"].items()))
    return CollectorCard(
        name=card["name"],
        staff_number=card["staff_number"],
        organisation=card["organisation"],
        lender=card["lender"],
        phone=card["phone"],
        plate=card["plate"],
        description=card["description"],
        documents=documents,
    )


def _case_opened(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    if fold.case is not None:
        raise ValueError("the case was opened twice")
    fold.case = Case(event.case, data["title"], data["creditor"], data["contract"], event.moment)


def _case_changed(fold: _Fold, _event: Event, data: Mapping[str, Any]) -> None:
    if fold.case is None:
        raise ValueError("a case was changed before it was opened")
    changes = {key: data[key] for key in ("title", "creditor", "contract") if key in data}
    fold.case = replace(fold.case, **changes)


def _encounter_opened(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    name = data["encounter"]
    fold.encounters[name] = Encounter(name, event.case, Mode(data["mode"]), event.moment)


def _encounter_closed(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    name = data["encounter"]
    fold.encounters[name] = replace(fold.encounters[name], closed=event.moment)


def _recording_started(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.recordings[data["recording"]] = Recording(
        id=data["recording"],
        case=event.case,
        encounter=data["encounter"],
        state=RecordingState.RUNNING,
        started=event.moment,
        device=data["device"],
        rate_hz=data["rate_hz"],
        channels=data["channels"],
        simulated=data["simulated"],
        file=data["file"],
        leg=Leg(data.get("leg", Leg.NEAR)),
        part=data.get("part", 1),
        begins_ms=data.get("begins_ms", 0),
        earlier_ms=data.get("earlier_ms", 0),
    )


def _recording_stopped(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.recordings[data["recording"]] = replace(
        fold.recordings[data["recording"]],
        state=RecordingState.STOPPED,
        samples=data["samples"],
        file=data["file"],
        file_bytes=data["file_bytes"],
        file_sha256=data["file_sha256"],
        pcm_sha256=data["pcm_sha256"],
        pulse_sha256=data["pulse_sha256"],
        stopped=event.moment,
        reason=data["reason"],
        copy=data.get("copy"),
    )


def _recording_recovered(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.recordings[data["recording"]] = replace(
        fold.recordings[data["recording"]],
        state=RecordingState.RECOVERED,
        samples=data["samples"],
        file=data["file"],
        file_bytes=data["file_bytes"],
        file_sha256=data["file_sha256"],
        pcm_sha256=data["pcm_sha256"],
        pulse_sha256=data["pulse_sha256"],
        found_file=data["found_file"],
        found_sha256=data["found_sha256"],
        missing_ms=data["missing_ms"],
        cut_bytes=data["cut_bytes"],
        stopped=event.moment,
    )


def _recording_gap(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    gap = Gap(event.case, data["recording"], data["at_ms"], data["length_ms"], data["cause"], event.moment)
    fold.gaps.append(gap)


def _recording_warning(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.warnings.append(
        RecordingWarning(
            event.case, data["recording"], data["at_ms"], data["code"], event.moment, data.get("by_ms")
        )
    )


def _note_taken(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
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


def _note_corrected(fold: _Fold, _event: Event, data: Mapping[str, Any]) -> None:
    note = fold.notes[data["note"]]
    fold.notes[note.id] = replace(note, text=data["text"], corrected=True, earlier=(*note.earlier, note.text))


def _tick_set(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
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
    )


def _tick_withdrawn(fold: _Fold, _event: Event, data: Mapping[str, Any]) -> None:
    fold.ticks[data["tick"]] = replace(fold.ticks[data["tick"]], withdrawn=True)


def _collector_added(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.collectors[data["collector"]] = Collector(
        id=data["collector"],
        case=event.case,
        encounter=data["encounter"],
        card=card_from_json(data["card"]),
        moment=event.moment,
    )


def _collector_changed(fold: _Fold, _event: Event, data: Mapping[str, Any]) -> None:
    known = fold.collectors[data["collector"]]
    fold.collectors[data["collector"]] = replace(known, card=card_from_json(data["card"]))


def _attachment_added(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    fold.attachments[data["attachment"]] = Attachment(
        id=data["attachment"],
        case=event.case,
        encounter=data["encounter"],
        name=data["name"],
        stored_name=data["stored_name"],
        file_bytes=data["file_bytes"],
        sha256=data["sha256"],
        moment=event.moment,
    )


def _recording_imported(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
    if data["imported"] in fold.imported:
        raise ValueError("a file was imported twice under one name")
    fold.imported[data["imported"]] = imported_from_event(event)


def _stamp_received(fold: _Fold, event: Event, data: Mapping[str, Any]) -> None:
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


def _nothing(_fold: _Fold, _event: Event, _data: Mapping[str, Any]) -> None:
    """Exports and the like happened to the case, but change no fact of it."""


_STEPS: dict[EventType, Callable[[_Fold, Event, Mapping[str, Any]], None]] = {
    EventType.CASE_OPENED: _case_opened,
    EventType.CASE_CHANGED: _case_changed,
    EventType.CASE_DELETED: _nothing,
    EventType.CASE_EXPORTED: _nothing,
    EventType.CASE_EXPORT_FAILED: _nothing,
    EventType.CASE_REDACTED: _nothing,
    EventType.ENCOUNTER_OPENED: _encounter_opened,
    EventType.ENCOUNTER_CLOSED: _encounter_closed,
    EventType.RECORDING_STARTED: _recording_started,
    EventType.RECORDING_GAP: _recording_gap,
    EventType.RECORDING_WARNING: _recording_warning,
    EventType.RECORDING_STOPPED: _recording_stopped,
    EventType.RECORDING_RECOVERED: _recording_recovered,
    EventType.RECORDING_IMPORTED: _recording_imported,
    EventType.NOTE_TAKEN: _note_taken,
    EventType.NOTE_CORRECTED: _note_corrected,
    EventType.TICK_SET: _tick_set,
    EventType.TICK_WITHDRAWN: _tick_withdrawn,
    EventType.COLLECTOR_ADDED: _collector_added,
    EventType.COLLECTOR_CHANGED: _collector_changed,
    EventType.ATTACHMENT_ADDED: _attachment_added,
    EventType.STAMP_RECEIVED: _stamp_received,
}
