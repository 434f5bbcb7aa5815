"""What the journal says about recordings: the same facts as the recorder's, as events."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import (
    SOUND_FILE,
    PartStatus,
    PulseWarning,
    RecoveredSound,
    SealedSound,
    StopReason,
)

_START_KEYS = ("encounter", "device", "source", "rate_hz", "channels", "simulated", "file")
_START_KEYS_ADDED_LATER = ("leg", "part", "begins_ms", "earlier_ms")


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
    later = {key: start[key] for key in _START_KEYS_ADDED_LATER if key in start}
    known = {key: start[key] for key in _START_KEYS}
    return {"recording": recording_id, "started_utc": start["utc"]} | known | later


def part_started_facts(part: PartStatus, encounter: str, leg: str) -> dict[str, Any]:
    """The beginning of a recording, from its recorder's status."""
    return {
        "recording": part.recording,
        "encounter": encounter,
        "device": part.device,
        "source": part.source,
        "rate_hz": part.rate_hz,
        "channels": part.channels,
        "simulated": part.simulated,
        "file": SOUND_FILE,
        "started_utc": part.started.utc,
        "leg": leg,
        "part": part.number,
        "begins_ms": part.begins_ms,
        "earlier_ms": part.earlier_ms,
    }


def warning_event(warning: PulseWarning) -> tuple[EventType, dict[str, Any]]:
    """A warning or gap of the recorder, in the recording it names."""
    recording_id = warning.recording
    if warning.length_ms is None:
        facts: dict[str, Any] = {"recording": recording_id, "at_ms": warning.at_ms, "code": warning.code}
        if warning.by_ms is not None:
            facts["by_ms"] = warning.by_ms
        return EventType.RECORDING_WARNING, facts
    facts = {
        "recording": recording_id,
        "at_ms": warning.at_ms,
        "length_ms": warning.length_ms,
        "cause": warning.code,
    }
    return EventType.RECORDING_GAP, facts
