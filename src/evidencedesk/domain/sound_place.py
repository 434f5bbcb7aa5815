"""Where in the sound of an encounter a moment stands, worked out from clocks."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import CaseFile, Leg, Recording
from evidencedesk.domain.moment import Moment, parse_utc


@dataclass(frozen=True, slots=True)
class SoundPlace:
    """A position in a recording."""

    recording: str
    at_ms: int


def place_in_sound(case_file: CaseFile, encounter: str, moment: Moment) -> SoundPlace | None:
    """What was being recorded at that moment, the microphone first; None when nothing was."""
    own = [one for one in case_file.recordings if one.encounter == encounter and one.duration_ms]
    for recording in sorted(own, key=lambda one: (one.leg is not Leg.NEAR, one.part)):
        at_ms = _position_ms(case_file, recording, moment)
        if at_ms is not None:
            return SoundPlace(recording.id, at_ms)
    return None


def _position_ms(case_file: CaseFile, recording: Recording, moment: Moment) -> int | None:
    since_ms = _elapsed_ms(recording.started, moment) + recording.earlier_ms
    gaps = sorted((gap.at_ms, gap.length_ms) for gap in case_file.gaps if gap.recording == recording.id)
    for at_ms, length_ms in gaps:
        if since_ms <= at_ms:
            break
        if since_ms < at_ms + length_ms:
            return None  # nothing was recorded then
        since_ms -= length_ms
    return since_ms if 0 <= since_ms <= (recording.duration_ms or 0) else None


def _elapsed_ms(begin: Moment, end: Moment) -> int:
    if begin.boot == end.boot:
        # The steady clock does not jump.
        return (end.mono_ns - begin.mono_ns) // 1_000_000
    return round((parse_utc(end.utc) - parse_utc(begin.utc)).total_seconds() * 1000)
