"""When a paper was shown or refused: its second in the recording, or the time of day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from evidencedesk.domain.case import CaseFile, Collector, Document, Leg, Recording
from evidencedesk.domain.moment import Moment, clock_text

PaperTimes = tuple[tuple[Document, str], ...]


def paper_times(case_file: CaseFile, collector: Collector) -> PaperTimes:
    """The time of every paper of a card, as ``05:40``."""
    return tuple(
        (paper, time_of(case_file, collector.encounter, moment))
        for paper, moment in collector.document_moments
    )


def time_of(case_file: CaseFile, encounter: str, moment: Moment) -> str:
    """Where in the encounter's sound a moment lies; outside of it the local time of day."""
    for recording in reversed(case_file.recordings):
        if recording.encounter == encounter and recording.leg is Leg.NEAR and _holds(recording, moment):
            return short_clock(_position_ms(case_file, recording, moment))
    return f"{moment.local:%H:%M:%S}"


def short_clock(milliseconds: int) -> str:
    """Minutes and seconds; hours only when there are some."""
    return clock_text(milliseconds).removeprefix("00:")


def local_clock(instant: datetime, offset_minutes: int) -> str:
    """The time of day where it happened."""
    return f"{instant.astimezone(timezone(timedelta(minutes=offset_minutes))):%H:%M:%S}"


def _holds(recording: Recording, moment: Moment) -> bool:
    started, stopped = recording.started, recording.stopped
    if started.boot != moment.boot or moment.mono_ns < started.mono_ns:
        return False
    return stopped is None or (stopped.boot == moment.boot and moment.mono_ns <= stopped.mono_ns)


def _position_ms(case_file: CaseFile, recording: Recording, moment: Moment) -> int:
    since = (moment.mono_ns - recording.started.mono_ns) // 1_000_000
    at_ms = recording.earlier_ms + since
    # Time that was not recorded is not in the sound.
    gaps = (gap for gap in case_file.gaps if gap.recording == recording.id)
    for gap in sorted(gaps, key=lambda one: one.at_ms):
        if gap.at_ms < at_ms:
            at_ms = max(gap.at_ms, at_ms - gap.length_ms)
    return at_ms
