"""What each kind of event must say, and in which types: strangers' journals are checked against it.

``resources/schemas/event.schema.json`` says the same for outsiders; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidencedesk.custody.field_checks import (
    Shape,
    is_amount,
    is_authority,
    is_count,
    is_day,
    is_day_or_nothing,
    is_flag,
    is_id_of,
    is_language,
    is_list_of,
    is_map,
    is_map_from,
    is_number,
    is_offset,
    is_one_of,
    is_policy,
    is_positive,
    is_sha256,
    is_sha256_or_nothing,
    is_text,
    is_utc,
    is_whole,
    or_none,
    wrong_key,
)
from evidencedesk.domain.case import (
    AttachmentKind,
    ContactKind,
    ContactSource,
    Document,
    Leg,
    Listed,
    Mode,
    Progress,
    Reached,
    Shown,
    Step,
    Verdict,
)
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.identifiers import Kind
from evidencedesk.domain.stamp import Subject


def wrong_in(event: Event) -> str:
    """The first field that is not as it must be (``data.rate_hz``); empty when all are."""
    for name, good in (
        ("utc", is_utc(event.moment.utc)),
        ("case", is_id_of(Kind.CASE)(event.case)),
        ("seq", is_positive(event.seq)),
        ("offset_minutes", is_offset(event.moment.offset_minutes)),
        ("boot", is_text(event.moment.boot)),
        ("prev", is_sha256(event.prev)),
        ("data", isinstance(event.data, dict)),
    ):
        if not good:
            return name
    optional = ADDED_LATER.get(event.type, {})
    shape = {**SHAPES[event.type], **{key: optional[key] for key in event.data.keys() & optional.keys()}}
    wrong = wrong_key(event.data, shape, whole=event.type is not EventType.CASE_CHANGED)
    return f"data.{wrong}" if wrong else ""


_CASE: Shape = {"title": is_text, "creditor": is_text, "contract": is_text}
_CARD: Shape = {
    "name": is_text,
    "staff_number": is_text,
    "organisation": is_text,
    "lender": is_text,
    "phone": is_text,
    "plate": is_text,
    "description": is_text,
    "documents": is_map_from(is_one_of(Document), is_one_of(Shown)),
}
_CARD_LATER: Shape = {
    "credit_code": is_text,
    "names_on": is_map_from(is_one_of(Document), is_text),
    "letter_until": is_day,
    "listed": is_one_of(Listed),
}
_CONTACT: Shape = {
    "kind": is_one_of(ContactKind),
    "begun_utc": is_utc,
    "begun_offset_minutes": is_offset,
    "reached": is_one_of(Reached),
    "length_s": or_none(is_count),
    "party": is_text,
    "name": is_text,
    "text": is_text,
    "outgoing": is_flag,
    "announces": is_flag,
    "agreed": is_flag,
}
_FOLLOW_UP: Shape = {
    "step": is_one_of(Step),
    "done_utc": is_utc,
    "done_offset_minutes": is_offset,
    "item": is_text,
    "number": is_text,
    "whom": is_text,
    "agent": is_text,
    "receipt": is_text,
    "answer": is_text,
    "amount": is_amount,
}


def is_sound(value: Any) -> bool:
    """A recording made here, or one that was taken in."""
    return is_id_of(Kind.RECORDING)(value) or is_id_of(Kind.ATTACHMENT)(value)


_INSTALMENT: Shape = {
    "due": is_day,
    "amount": is_amount,
    "principal": is_amount,
    "interest": is_amount,
    "fees": is_amount,
}
_FOLLOW_UP_LATER: Shape = {
    "progress": is_one_of(Progress),
    "due": is_day,
    "remind": is_day,
    "outcome": is_text,
    "plan": is_list_of(is_map(_INSTALMENT)),
}
_TERMS: Shape = {
    "principal": is_amount,
    "received": is_amount,
    "received_on": is_day_or_nothing,
    "currency": is_text,
    "yearly_rate": is_amount,
    "overdue_rate": is_amount,
    "fees": is_list_of(is_map({"name": is_text, "amount": is_amount, "day": is_day_or_nothing})),
    "instalments": is_list_of(is_map(_INSTALMENT)),
    "remarks": is_text,
}
_CLAIM: Shape = {
    "amount": is_amount,
    "claimed_utc": is_utc,
    "claimed_offset_minutes": is_offset,
    "by": is_text,
    "principal": is_amount,
    "interest": is_amount,
    "fees": is_amount,
    "penalty": is_amount,
    "text": is_text,
}
_SHOWS: Shape = {
    "collector": or_none(is_id_of(Kind.COLLECTOR)),
    "document": or_none(is_one_of(Document)),
    "contact": or_none(is_id_of(Kind.CONTACT)),
    "follow_up": or_none(is_id_of(Kind.FOLLOW_UP)),
    "kind": or_none(is_one_of(AttachmentKind)),
    "text": is_text,
    "debt": is_flag,
}
_HANDED_OVER: Shape = {
    "folder": is_text,
    "language": is_language,
    "head_before": is_map({"seq": is_count, "hash": is_sha256}),
}
_SEALED: Shape = {
    "recording": is_id_of(Kind.RECORDING),
    "samples": is_count,
    "file": is_text,
    "file_bytes": is_count,
    "file_sha256": is_sha256_or_nothing,
    "pcm_sha256": is_sha256_or_nothing,
    "pulse_sha256": is_sha256_or_nothing,
}
_PLACE: Shape = {
    "encounter": or_none(is_id_of(Kind.ENCOUNTER)),
    "recording": or_none(is_id_of(Kind.RECORDING)),
    "at_ms": or_none(is_count),
}

SHAPES: Mapping[EventType, Shape] = {
    EventType.CASE_OPENED: _CASE,
    EventType.CASE_CHANGED: _CASE,
    EventType.CASE_DELETED: {"case": is_id_of(Kind.CASE), "events": is_count, "head": is_sha256},
    EventType.CASE_EXPORTED: _HANDED_OVER,
    EventType.CASE_EXPORT_FAILED: {"folder": is_text, "code": is_text},
    EventType.CASE_REDACTED: {
        **_HANDED_OVER,
        "notes": is_count,
        "collectors": is_count,
        "attachments": is_count,
        "imported": is_count,
        "earlier_wordings": is_count,
        "muted": is_count,
    },
    EventType.CASE_ARCHIVED: {"archived": is_flag},
    EventType.CASE_IMPORTED: {
        "folder": is_text,
        "head_before": is_map({"seq": is_count, "hash": is_sha256}),
        "device": is_sha256_or_nothing,
        "findings": is_count,
    },
    EventType.ENCOUNTER_OPENED: {"encounter": is_id_of(Kind.ENCOUNTER), "mode": is_one_of(Mode)},
    EventType.ENCOUNTER_CLOSED: {"encounter": is_id_of(Kind.ENCOUNTER)},
    EventType.ENCOUNTER_DESCRIBED: {
        "encounter": is_id_of(Kind.ENCOUNTER),
        "present": or_none(is_count),
        "agreed": or_none(is_flag),
    },
    EventType.RECORDING_STARTED: {
        "recording": is_id_of(Kind.RECORDING),
        "encounter": is_id_of(Kind.ENCOUNTER),
        "device": is_text,
        "source": is_text,
        "rate_hz": is_positive,
        "channels": is_positive,
        "simulated": is_flag,
        "file": is_text,
        "started_utc": is_utc,
    },
    EventType.RECORDING_GAP: {
        "recording": is_id_of(Kind.RECORDING),
        "at_ms": is_count,
        "length_ms": is_count,
        "cause": is_text,
    },
    EventType.RECORDING_WARNING: {"recording": is_id_of(Kind.RECORDING), "at_ms": is_count, "code": is_text},
    EventType.RECORDING_STOPPED: {**_SEALED, "reason": is_text},
    EventType.RECORDING_RECOVERED: {
        **_SEALED,
        "saved_samples": is_count,
        "missing_ms": is_count,
        "cut_bytes": is_count,
        "found_file": is_text,
        "found_bytes": is_count,
        "found_sha256": is_sha256,
        "agrees_with_pulses": is_flag,
    },
    EventType.RECORDING_IMPORTED: {
        "imported": is_id_of(Kind.ATTACHMENT),
        "encounter": or_none(is_id_of(Kind.ENCOUNTER)),
        "name": is_text,
        "stored_name": is_text,
        "file_bytes": is_count,
        "sha256": is_sha256,
        "file_modified_utc": or_none(is_utc),
        "format": is_text,
        "duration_ms": or_none(is_count),
        "rate_hz": or_none(is_positive),
        "channels": or_none(is_positive),
        "decoder": is_text,
    },
    EventType.NOTE_TAKEN: {
        **_PLACE,
        "note": is_id_of(Kind.NOTE),
        "text": is_text,
        "marker": or_none(is_text),
    },
    EventType.NOTE_CORRECTED: {"note": is_id_of(Kind.NOTE), "text": is_text, "corrects": is_positive},
    EventType.TICK_SET: {
        **_PLACE,
        "tick": is_id_of(Kind.TICK),
        "pack": is_text,
        "pack_version": is_text,
        "item": is_text,
        "verdict": is_one_of(Verdict),
        "automatic": is_flag,
    },
    EventType.TICK_WITHDRAWN: {"tick": is_id_of(Kind.TICK)},
    EventType.COLLECTOR_ADDED: {
        "collector": is_id_of(Kind.COLLECTOR),
        "encounter": is_id_of(Kind.ENCOUNTER),
        "card": is_map(_CARD, _CARD_LATER),
    },
    EventType.COLLECTOR_CHANGED: {"collector": is_id_of(Kind.COLLECTOR), "card": is_map(_CARD, _CARD_LATER)},
    EventType.ATTACHMENT_ADDED: {
        "attachment": is_id_of(Kind.ATTACHMENT),
        "encounter": or_none(is_id_of(Kind.ENCOUNTER)),
        "name": is_text,
        "stored_name": is_text,
        "file_bytes": is_count,
        "sha256": is_sha256,
    },
    EventType.ATTACHMENT_DESCRIBED: {
        "attachment": is_id_of(Kind.ATTACHMENT),
        "encounter": or_none(is_id_of(Kind.ENCOUNTER)),
        **_SHOWS,
    },
    EventType.CONTACT_LOGGED: {
        "contact": is_id_of(Kind.CONTACT),
        "encounter": or_none(is_id_of(Kind.ENCOUNTER)),
        "source": is_one_of(ContactSource),
        "details": is_map(_CONTACT),
    },
    EventType.CONTACT_CHANGED: {"contact": is_id_of(Kind.CONTACT), "details": is_map(_CONTACT)},
    EventType.CONTACT_WITHDRAWN: {"contact": is_id_of(Kind.CONTACT)},
    EventType.FOLLOW_UP_LOGGED: {
        **_PLACE,
        "follow_up": is_id_of(Kind.FOLLOW_UP),
        "collector": or_none(is_id_of(Kind.COLLECTOR)),
        "details": is_map(_FOLLOW_UP, _FOLLOW_UP_LATER),
    },
    EventType.FOLLOW_UP_CHANGED: {
        "follow_up": is_id_of(Kind.FOLLOW_UP),
        "details": is_map(_FOLLOW_UP, _FOLLOW_UP_LATER),
    },
    EventType.FOLLOW_UP_WITHDRAWN: {"follow_up": is_id_of(Kind.FOLLOW_UP)},
    EventType.DEBT_DESCRIBED: {"terms": is_map(_TERMS)},
    EventType.CLAIM_LOGGED: {
        "claim": is_id_of(Kind.CLAIM),
        "encounter": or_none(is_id_of(Kind.ENCOUNTER)),
        "collector": or_none(is_id_of(Kind.COLLECTOR)),
        "contact": or_none(is_id_of(Kind.CONTACT)),
        "attachment": or_none(is_id_of(Kind.ATTACHMENT)),
        "details": is_map(_CLAIM),
    },
    EventType.CLAIM_CHANGED: {"claim": is_id_of(Kind.CLAIM), "details": is_map(_CLAIM)},
    EventType.CLAIM_WITHDRAWN: {"claim": is_id_of(Kind.CLAIM)},
    EventType.EVIDENCE_ARRANGED: {
        "items": is_list_of(is_map({"id": is_text, "group": is_text, "proves": is_text}))
    },
    EventType.TRANSCRIPT_DRAFTED: {
        "transcript": is_id_of(Kind.TRANSCRIPT),
        "recording": is_sound,
        "model": is_text,
        "model_sha256": is_sha256,
        "program": is_text,
        "language": is_text,
    },
    EventType.TRANSCRIPT_HEARD: {
        "transcript": is_id_of(Kind.TRANSCRIPT),
        "sentences": is_list_of(is_map({"at_ms": is_count, "length_ms": is_count, "text": is_text})),
    },
    EventType.TRANSCRIPT_CORRECTED: {
        "transcript": is_id_of(Kind.TRANSCRIPT),
        "sentence": is_count,
        "text": is_text,
    },
    EventType.STAMP_RECEIVED: {
        "stamp": is_id_of(Kind.STAMP),
        "subject": is_one_of(Subject),
        "imprint": is_sha256,
        "seq": or_none(is_positive),
        "authority": is_authority,
        "gen_time": is_utc,
        "serial": is_number,
        "policy": is_policy,
        "token_sha256": is_sha256,
    },
}

# What later versions say as well, or what is said only of a signed folder; others do without.
ADDED_LATER: Mapping[EventType, Shape] = {
    EventType.CASE_EXPORTED: {"device": is_sha256, "unsigned": is_text},
    EventType.CASE_REDACTED: {
        "device": is_sha256,
        "contacts": is_count,
        "follow_ups": is_count,
        "masked_notes": is_count,
        "debts": is_count,
        "claims": is_count,
        "transcripts": is_count,
    },
    EventType.CASE_CHANGED: {"hotline": is_text},
    EventType.TICK_WITHDRAWN: {"automatic": is_flag},
    EventType.CONTACT_CHANGED: {"encounter": or_none(is_id_of(Kind.ENCOUNTER))},
    EventType.TICK_SET: {"rule": is_text, "facts": is_map_from(is_text, is_text), "subject": is_text},
    EventType.ATTACHMENT_ADDED: {
        "collector": is_id_of(Kind.COLLECTOR),
        "document": is_one_of(Document),
        "contact": is_id_of(Kind.CONTACT),
        "follow_up": is_id_of(Kind.FOLLOW_UP),
        "kind": is_one_of(AttachmentKind),
        "text": is_text,
        "debt": is_flag,
        "template": is_text,
    },
    EventType.RECORDING_STARTED: {
        "leg": is_one_of(Leg),
        "part": is_positive,
        "begins_ms": is_count,
        "earlier_ms": is_count,
    },
    EventType.RECORDING_WARNING: {"by_ms": is_whole},
    EventType.RECORDING_STOPPED: {"copy": is_text},
    EventType.RECORDING_RECOVERED: {"from_second": is_flag},
}
