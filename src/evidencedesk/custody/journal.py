"""The journal's chain: each line's SHA-256 stands in the next line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.domain.event import FIRST_PREV, Event, EventType
from evidencedesk.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The last event of a case's journal: its number (0: none yet) and its line's SHA-256."""

    seq: int = 0
    hash: str = FIRST_PREV


def next_event(
    case: str, head: JournalHead, kind: EventType, data: Mapping[str, Any], moment: Moment
) -> Event:
    """The event that follows ``head``."""
    return Event(case=case, seq=head.seq + 1, type=kind, moment=moment, data=data, prev=head.hash)


def event_line(event: Event) -> bytes:
    """The exact bytes that are hashed and exported, without a line end. Raises ValueError."""
    return canonical_line(event.as_json())


def line_hash(line: bytes) -> str:
    """SHA-256 (hex) of a line without its line end."""
    return hashlib.sha256(line).hexdigest()
