"""What the journal says about recordings: the same facts as the recorder's, as events."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import PulseWarning, RecoveredSound, SealedSound, StopReason

_START_KEYS = ("encounter", "device", "source", "rate_hz", "channels", "simulated", "file")


def stopped_facts(recording_id: str, sealed: SealedSound) -> dict[str, Any]:
    """A recording that ended normally."""
    facts = {"recording": recording_id, **dataclasses.asdict(sealed)}
    return {**facts, "reason": sealed.reason.value}


def nothing_recorded_facts(recording_id: str) -> dict[str, Any]:
    """A recording whose end came before its first frame reached the disk."""
    return stopped_facts(recording_id, SealedSound(StopReason.NOTHING_RECORDED, 0, "", 0, "", "", ""))


def recovered_facts(recording_id: str, found: RecoveredSound) -> dict[str, Any]:
    """A recording that was finished after a crash."""
    facts = {"recording": recording_id, **dataclasses.asdict(found)}
    del facts["rate_hz"]  # stands in recording.started
    return facts


def started_facts(recording_id: str, start: Mapping[str, Any]) -> dict[str, Any]:
    """The beginning of a recording, from the first line of its pulse journal."""
    return {"recording": recording_id, "started_utc": start["utc"]} | {key: start[key] for key in _START_KEYS}


def warning_event(recording_id: str, warning: PulseWarning) -> tuple[EventType, dict[str, Any]]:
    """A warning or gap of the recorder."""
    if warning.length_ms is None:
        facts: dict[str, Any] = {"recording": recording_id, "at_ms": warning.at_ms, "code": warning.code}
        return EventType.RECORDING_WARNING, facts
    facts = {
        "recording": recording_id,
        "at_ms": warning.at_ms,
        "length_ms": warning.length_ms,
        "cause": warning.code,
    }
    return EventType.RECORDING_GAP, facts
