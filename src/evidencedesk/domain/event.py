"""One entry of a case's journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evidencedesk.domain.moment import Moment

FORMAT = 1
FIRST_PREV = "0" * 64


class EventType(StrEnum):
    """What can happen to a case. The value is what the journal says."""

    CASE_OPENED = "case.opened"
    CASE_CHANGED = "case.changed"
    CASE_DELETED = "case.deleted"
    CASE_EXPORTED = "case.exported"
    CASE_EXPORT_FAILED = "case.export_failed"
    CASE_REDACTED = "case.redacted"
    CASE_ARCHIVED = "case.archived"
    CASE_IMPORTED = "case.imported"
    ENCOUNTER_OPENED = "encounter.opened"
    ENCOUNTER_CLOSED = "encounter.closed"
    ENCOUNTER_DESCRIBED = "encounter.described"
    RECORDING_STARTED = "recording.started"
    RECORDING_GAP = "recording.gap"
    RECORDING_WARNING = "recording.warning"
    RECORDING_STOPPED = "recording.stopped"
    RECORDING_RECOVERED = "recording.recovered"
    RECORDING_IMPORTED = "recording.imported"
    NOTE_TAKEN = "note.taken"
    NOTE_CORRECTED = "note.corrected"
    TICK_SET = "tick.set"
    TICK_WITHDRAWN = "tick.withdrawn"
    COLLECTOR_ADDED = "collector.added"
    COLLECTOR_CHANGED = "collector.changed"
    ATTACHMENT_ADDED = "attachment.added"
    ATTACHMENT_DESCRIBED = "attachment.described"
    CONTACT_LOGGED = "contact.logged"
    CONTACT_CHANGED = "contact.changed"
    CONTACT_WITHDRAWN = "contact.withdrawn"
    FOLLOW_UP_LOGGED = "follow_up.logged"
    FOLLOW_UP_CHANGED = "follow_up.changed"
    FOLLOW_UP_WITHDRAWN = "follow_up.withdrawn"
    DEBT_DESCRIBED = "debt.described"
    CLAIM_LOGGED = "claim.logged"
    CLAIM_CHANGED = "claim.changed"
    CLAIM_WITHDRAWN = "claim.withdrawn"
    EVIDENCE_ARRANGED = "evidence.arranged"
    TRANSCRIPT_DRAFTED = "transcript.drafted"
    TRANSCRIPT_HEARD = "transcript.heard"
    TRANSCRIPT_CORRECTED = "transcript.corrected"
    STAMP_RECEIVED = "stamp.received"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, when, and which event came before it.

    ``data`` holds strings, integers, booleans, None, lists and maps of these; never floats, so that
    the RFC 8785 text is the same everywhere. ``prev`` is the SHA-256 (hex) of the canonical line of
    the event before it in the same case, or 64 zeros.
    """

    case: str
    seq: int
    type: EventType
    moment: Moment
    data: Mapping[str, Any]
    prev: str

    def as_json(self) -> dict[str, Any]:
        """The object whose canonical text is hashed and exported."""
        return {
            "v": FORMAT,
            "case": self.case,
            "seq": self.seq,
            "type": self.type.value,
            "utc": self.moment.utc,
            "offset_minutes": self.moment.offset_minutes,
            "boot": self.moment.boot,
            # A string: RFC 8785 numbers stop at 2**53, which is 104 days of nanoseconds.
            "mono_ns": str(self.moment.mono_ns),
            "data": dict(self.data),
            "prev": self.prev,
        }


def event_from_json(line: Mapping[str, Any]) -> Event:
    """Read what ``as_json`` made. Raises ValueError or KeyError on anything else."""
    if line["v"] != FORMAT:
        raise ValueError(f"event format {line['v']!r}")
    moment = Moment(line["utc"], line["offset_minutes"], line["boot"], int(line["mono_ns"]))
    return Event(
        case=line["case"],
        seq=line["seq"],
        type=EventType(line["type"]),
        moment=moment,
        data=line["data"],
        prev=line["prev"],
    )
