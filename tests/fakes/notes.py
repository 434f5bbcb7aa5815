"""Notes as the journal writes them."""

from __future__ import annotations

from typing import Any

from evidencedesk.domain.event import EventType


def note(name: str, text: str) -> tuple[EventType, dict[str, Any]]:
    """A note that belongs to no encounter."""
    facts = {"note": name, "encounter": None, "recording": None, "at_ms": None, "text": text, "marker": None}
    return EventType.NOTE_TAKEN, facts
