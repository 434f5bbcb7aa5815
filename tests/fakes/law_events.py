"""One of each event that came after the first library, as the program writes them."""

from __future__ import annotations

from typing import Any

from evidencedesk.domain.event import Event, EventType
from fakes.case_folders import CARD, COLLECTOR, SEALED, VISIT, BuiltCase, forged
from fakes.desk_events import DESK_EVENTS, PLANNED

CONTACT, FOLLOW_UP = "k-00000001", "f-00000001"
DETAILS: dict[str, Any] = {
    "kind": "missed_call",
    "begun_utc": "2026-11-22T13:30:00.000000Z",
    "begun_offset_minutes": 480,
    "reached": "family",
    "length_s": None,
    "party": "10682345001",
    "name": "",
    "text": "",
    "outgoing": False,
    "announces": False,
    "agreed": False,
}
STEP: dict[str, Any] = {
    "step": "payment",
    "done_utc": "2026-11-23T02:00:00.000000Z",
    "done_offset_minutes": 480,
    "item": "",
    "number": "12378",
    "whom": "金融消费者投诉热线",
    "agent": "0042",
    "receipt": "20261123-7",
    "answer": "",
    "amount": "1280.50",
}
LATER_CARD: dict[str, Any] = {
    **CARD,
    "documents": {"work_id": "refused", "id_card": "shown_unasked"},
    "credit_code": "91350100M000100Y4X",
    "names_on": {"licence": "甲公司", "work_id": "乙公司"},
    "letter_until": "2026-12-31",
    "listed": "no",
}
_TICK: dict[str, Any] = {
    "pack": "cn-article-2025",
    "pack_version": "1",
    "item": "hours",
    "verdict": "breached",
    "automatic": True,
    "rule": "contact-hours",
    "facts": {"begun": "21:30", "limit": "21:00"},
    "subject": CONTACT,
}
_FILE = {"name": "照片.jpg", "stored_name": "照片.jpg", "file_bytes": 0, "sha256": "0" * 64}
_PLACE = {"encounter": VISIT, "recording": SEALED, "at_ms": 5}
EVENTS: tuple[tuple[EventType, dict[str, Any]], ...] = (
    (EventType.CASE_CHANGED, {"hotline": "400 000 0000"}),
    (EventType.ENCOUNTER_DESCRIBED, {"encounter": VISIT, "present": 3, "agreed": None}),
    (
        EventType.CONTACT_LOGGED,
        {"contact": CONTACT, "encounter": None, "source": "list", "details": DETAILS},
    ),
    (
        EventType.CONTACT_CHANGED,
        {"contact": CONTACT, "details": {**DETAILS, "length_s": 12}, "encounter": VISIT},
    ),
    (
        EventType.FOLLOW_UP_LOGGED,
        {**_PLACE, "follow_up": FOLLOW_UP, "collector": COLLECTOR, "details": STEP},
    ),
    (EventType.FOLLOW_UP_CHANGED, {"follow_up": FOLLOW_UP, "details": {**STEP, "amount": ""}}),
    (EventType.COLLECTOR_CHANGED, {"collector": COLLECTOR, "card": LATER_CARD}),
    (EventType.TICK_SET, {**_PLACE, **_TICK, "tick": "t-00000002"}),
    (
        EventType.ATTACHMENT_ADDED,
        {
            **_FILE,
            "attachment": "a-00000002",
            "encounter": None,
            "collector": COLLECTOR,
            "document": "id_card",
            "contact": CONTACT,
            "follow_up": FOLLOW_UP,
            "kind": "letter",
            "text": "异议函",
            "debt": True,
            "template": "dispute zh",
        },
    ),
    (EventType.FOLLOW_UP_CHANGED, {"follow_up": FOLLOW_UP, "details": {**STEP, **PLANNED}}),
    *DESK_EVENTS,
    (EventType.FOLLOW_UP_CHANGED, {"follow_up": FOLLOW_UP, "details": {**STEP, "amount": ""}}),
    (EventType.CONTACT_WITHDRAWN, {"contact": CONTACT}),
    (EventType.FOLLOW_UP_WITHDRAWN, {"follow_up": FOLLOW_UP}),
)


def with_law_events(built: BuiltCase) -> BuiltCase:
    """The same case before its export, and one of each of these."""
    more = forged(built, lambda event: None if event.type is EventType.CASE_EXPORTED else event)
    for kind, data in EVENTS:
        more.add(kind, data)
    return more


def law_events(built: BuiltCase) -> list[Event]:
    """Only the new ones."""
    return with_law_events(built).events[-len(EVENTS) :]
