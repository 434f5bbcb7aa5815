"""What the journal says about recordings: the same facts as the recorder's, as events."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import Any

from evidencedesk.custody.pulses import Pulses
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment, parse_utc
from evidencedesk.domain.pulse import (
    SOUND_FILE,
    PartStatus,
    PulseKind,
    PulseWarning,
    RecoveredSound,
    SealedSound,
    StopReason,
)

_START_KEYS = ("encounter", "device", "source", "rate_hz", "channels", "simulated", "file")
_START_KEYS_ADDED_LATER = ("leg", "part", "begins_ms", "earlier_ms")
_DAY_MINUTES = 24 * 60

# What makes a gap or warning this one and no other: recording, code or cause, place, length, size.
Mark = tuple[str, str, int, int | None, int | None]


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


def mark_of(warning: PulseWarning) -> Mark:
    """What a warning or gap is known by."""
    return (warning.recording, warning.code, warning.at_ms, warning.length_ms, warning.by_ms)


def marks_in_journal(case_file: CaseFile) -> Counter[Mark]:
    """All gaps and warnings that a case's journal tells of."""
    told: Counter[Mark] = Counter()
    for gap in case_file.gaps:
        told[(gap.recording, gap.cause, gap.at_ms, gap.length_ms, None)] += 1
    for warning in case_file.warnings:
        told[(warning.recording, warning.code, warning.at_ms, None, warning.by_ms)] += 1
    return told


def noted_by_recorder(pulses: Pulses, recording_id: str) -> list[tuple[PulseWarning, Moment | None]]:
    """The gaps and warnings in a pulse journal that has a first line, and when they were noted."""
    rate_hz = int(pulses.start["rate_hz"])
    if not rate_hz:
        return []
    return [
        (_warning_of(line, rate_hz, recording_id), moment_of(line, pulses))
        for line in pulses.lines
        if line["kind"] in (PulseKind.GAP, PulseKind.WARNING)
    ]


def moment_of(line: Mapping[str, Any], pulses: Pulses) -> Moment | None:
    """When a line was written; None when it does not say so properly, which ``verify`` names."""
    try:
        parse_utc(line["utc"])
        moment = Moment(
            line["utc"], int(line["offset_minutes"]), str(pulses.start["boot"]), int(line["mono_ns"])
        )
    except (KeyError, ValueError, TypeError):
        return None
    return moment if abs(moment.offset_minutes) < _DAY_MINUTES else None


def _warning_of(line: Mapping[str, Any], rate_hz: int, recording_id: str) -> PulseWarning:
    by_ms = line.get("by_ms")
    return PulseWarning(
        code=line["code"],
        at_ms=line["at_samples"] * 1000 // rate_hz,
        utc=str(line.get("utc", "")),
        length_ms=line["length_ms"] if line["kind"] == PulseKind.GAP else None,
        by_ms=by_ms if isinstance(by_ms, int) else None,
        recording=recording_id,
    )
