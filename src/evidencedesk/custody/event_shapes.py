"""What each kind of event must say, and in which types: strangers' journals are checked against it.

``resources/schemas/event.schema.json`` says the same for outsiders; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from evidencedesk.domain.case import Document, Leg, Mode, Shown, Verdict
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.identifiers import Kind, is_id
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.stamp import Subject, is_authority_name

Check = Callable[[Any], bool]
Shape = Mapping[str, Check]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"-?[0-9]{1,60}")
_POLICY = re.compile(r"[0-9]+(\.[0-9]+)+")
_DAY_MINUTES = 24 * 60
_EXACT = 1 << 53  # beyond it JSON numbers are not the same everywhere


def wrong_in(event: Event) -> str:
    """The first field that is not as it must be (``data.rate_hz``); empty when all are."""
    for name, good in (
        ("utc", _utc(event.moment.utc)),
        ("case", _id(Kind.CASE)(event.case)),
        ("seq", _positive(event.seq)),
        ("offset_minutes", _whole(event.moment.offset_minutes)),
        ("boot", _text(event.moment.boot)),
        ("prev", _sha256(event.prev)),
        ("data", isinstance(event.data, dict)),
    ):
        if not good:
            return name
    if abs(event.moment.offset_minutes) >= _DAY_MINUTES:
        return "offset_minutes"
    optional = ADDED_LATER.get(event.type, {})
    shape = {**SHAPES[event.type], **{key: optional[key] for key in event.data.keys() & optional.keys()}}
    wrong = _wrong_key(event.data, shape, whole=event.type is not EventType.CASE_CHANGED)
    return f"data.{wrong}" if wrong else ""


def _wrong_key(data: Mapping[str, Any], shape: Shape, *, whole: bool = True) -> str:
    for key in sorted(data.keys() | shape.keys()):
        if key not in shape or (key in data and not shape[key](data[key])) or (whole and key not in data):
            return key
    return ""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _utc(value: Any) -> bool:
    try:
        parse_utc(value)
    except (ValueError, TypeError):
        return False
    return True


def _language(value: Any) -> bool:
    return value in ("zh", "en")


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT


def _count(value: Any) -> bool:
    return _whole(value) and value >= 0


def _positive(value: Any) -> bool:
    return _whole(value) and value > 0


def _sha256(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _sha256_or_nothing(value: Any) -> bool:
    # A recording that ended before its first sample has no files.
    return value == "" or _sha256(value)


def _authority(value: Any) -> bool:
    return isinstance(value, str) and is_authority_name(value)


def _number(value: Any) -> bool:
    # As text: serial numbers have up to 160 bits.
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def _policy(value: Any) -> bool:
    return isinstance(value, str) and _POLICY.fullmatch(value) is not None


def _id(kind: Kind) -> Check:
    return lambda value: isinstance(value, str) and value.startswith(kind.value) and is_id(value)


def _word(words: type[StrEnum]) -> Check:
    return lambda value: isinstance(value, str) and value in {word.value for word in words}


def _maybe(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _map(shape: Shape) -> Check:
    return lambda value: isinstance(value, dict) and not _wrong_key(value, shape)


def _documents(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _word(Document)(name) and _word(Shown)(how) for name, how in value.items()
    )


_CASE: Shape = {"title": _text, "creditor": _text, "contract": _text}
_CARD: Shape = {
    "name": _text,
    "staff_number": _text,
    "organisation": _text,
    "lender": _text,
    "phone": _text,
    "plate": _text,
    "description": _text,
    "documents": _documents,
}
_SEALED: Shape = {
    "recording": _id(Kind.RECORDING),
    "samples": _count,
    "file": _text,
    "file_bytes": _count,
    "file_sha256": _sha256_or_nothing,
    "pcm_sha256": _sha256_or_nothing,
    "pulse_sha256": _sha256_or_nothing,
}
_PLACE: Shape = {
    "encounter": _maybe(_id(Kind.ENCOUNTER)),
    "recording": _maybe(_id(Kind.RECORDING)),
    "at_ms": _maybe(_count),
}

SHAPES: Mapping[EventType, Shape] = {
    EventType.CASE_OPENED: _CASE,
    EventType.CASE_CHANGED: _CASE,
    EventType.CASE_DELETED: {"case": _id(Kind.CASE), "events": _count, "head": _sha256},
    EventType.CASE_EXPORTED: {
        "folder": _text,
        "language": _language,
        "head_before": _map({"seq": _count, "hash": _sha256}),
    },
    EventType.CASE_EXPORT_FAILED: {"folder": _text, "code": _text},
    EventType.ENCOUNTER_OPENED: {"encounter": _id(Kind.ENCOUNTER), "mode": _word(Mode)},
    EventType.ENCOUNTER_CLOSED: {"encounter": _id(Kind.ENCOUNTER)},
    EventType.RECORDING_STARTED: {
        "recording": _id(Kind.RECORDING),
        "encounter": _id(Kind.ENCOUNTER),
        "device": _text,
        "source": _text,
        "rate_hz": _positive,
        "channels": _positive,
        "simulated": _flag,
        "file": _text,
        "started_utc": _utc,
    },
    EventType.RECORDING_GAP: {
        "recording": _id(Kind.RECORDING),
        "at_ms": _count,
        "length_ms": _count,
        "cause": _text,
    },
    EventType.RECORDING_WARNING: {"recording": _id(Kind.RECORDING), "at_ms": _count, "code": _text},
    EventType.RECORDING_STOPPED: {**_SEALED, "reason": _text},
    EventType.RECORDING_RECOVERED: {
        **_SEALED,
        "saved_samples": _count,
        "missing_ms": _count,
        "cut_bytes": _count,
        "found_file": _text,
        "found_bytes": _count,
        "found_sha256": _sha256,
        "agrees_with_pulses": _flag,
    },
    EventType.RECORDING_IMPORTED: {
        "imported": _id(Kind.ATTACHMENT),
        "encounter": _maybe(_id(Kind.ENCOUNTER)),
        "name": _text,
        "stored_name": _text,
        "file_bytes": _count,
        "sha256": _sha256,
        "file_modified_utc": _maybe(_utc),
        "format": _text,
        "duration_ms": _maybe(_count),
        "rate_hz": _maybe(_positive),
        "channels": _maybe(_positive),
        "decoder": _text,
    },
    EventType.NOTE_TAKEN: {**_PLACE, "note": _id(Kind.NOTE), "text": _text, "marker": _maybe(_text)},
    EventType.NOTE_CORRECTED: {"note": _id(Kind.NOTE), "text": _text, "corrects": _positive},
    EventType.TICK_SET: {
        **_PLACE,
        "tick": _id(Kind.TICK),
        "pack": _text,
        "pack_version": _text,
        "item": _text,
        "verdict": _word(Verdict),
        "automatic": _flag,
    },
    EventType.TICK_WITHDRAWN: {"tick": _id(Kind.TICK)},
    EventType.COLLECTOR_ADDED: {
        "collector": _id(Kind.COLLECTOR),
        "encounter": _id(Kind.ENCOUNTER),
        "card": _map(_CARD),
    },
    EventType.COLLECTOR_CHANGED: {"collector": _id(Kind.COLLECTOR), "card": _map(_CARD)},
    EventType.ATTACHMENT_ADDED: {
        "attachment": _id(Kind.ATTACHMENT),
        "encounter": _maybe(_id(Kind.ENCOUNTER)),
        "name": _text,
        "stored_name": _text,
        "file_bytes": _count,
        "sha256": _sha256,
    },
    EventType.STAMP_RECEIVED: {
        "stamp": _id(Kind.STAMP),
        "subject": _word(Subject),
        "imprint": _sha256,
        "seq": _maybe(_positive),
        "authority": _authority,
        "gen_time": _utc,
        "serial": _number,
        "policy": _policy,
        "token_sha256": _sha256,
    },
}

# What later versions say as well; journals written before do without.
ADDED_LATER: Mapping[EventType, Shape] = {
    EventType.CASE_EXPORTED: {"device": _sha256, "unsigned": _text},
    EventType.RECORDING_STARTED: {
        "leg": _word(Leg),
        "part": _positive,
        "begins_ms": _count,
        "earlier_ms": _count,
    },
    EventType.RECORDING_WARNING: {"by_ms": _whole},
    EventType.RECORDING_STOPPED: {"copy": _text},
    EventType.RECORDING_RECOVERED: {"from_second": _flag},
}
