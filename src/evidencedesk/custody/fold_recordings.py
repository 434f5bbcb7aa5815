"""What events tell of recordings, as a step of the fold each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evidencedesk.custody.fold import Fold
from evidencedesk.domain.case import (
    Gap,
    ImportedSound,
    Leg,
    Recording,
    RecordingState,
    RecordingWarning,
)
from evidencedesk.domain.event import Event


def recording_started(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """A recording began."""
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


def recording_stopped(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """It came to a proper end."""
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


def recording_recovered(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """It was repaired after an interruption."""
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


def recording_gap(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """Time was lost."""
    gap = Gap(event.case, data["recording"], data["at_ms"], data["length_ms"], data["cause"], event.moment)
    fold.gaps.append(gap)


def recording_warning(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """Something was not as it should be."""
    fold.warnings.append(
        RecordingWarning(
            event.case, data["recording"], data["at_ms"], data["code"], event.moment, data.get("by_ms")
        )
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


def recording_imported(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """A file that was made elsewhere was taken in."""
    if data["imported"] in fold.imported:
        raise ValueError("a file was imported twice under one name")
    fold.imported[data["imported"]] = imported_from_event(event)
