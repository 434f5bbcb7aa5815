"""Tell the journal of a recording what its folder knows, when no window was there to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidencedesk.capture.recovery import recover_recording
from evidencedesk.custody.pulses import Pulses, read_kept_pulses
from evidencedesk.domain.case import Recording, RecordingState
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.pulse import PULSE_FILE, RecoveredSound, SealedSound, StopReason
from evidencedesk.system.durable import disk_failure
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.lost_time import lost_time
from evidencedesk.workflows.recording_events import (
    mark_of,
    marks_in_journal,
    moment_of,
    noted_by_recorder,
    nothing_recorded_facts,
    recovered_facts,
    started_facts,
    stopped_facts,
    warning_event,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A recording without a recorder: what its folder holds. Without sound there is no ``outcome``."""

    case: str
    recording: str
    outcome: RecoveredSound | SealedSound | None
    pulses: Pulses | None = None

    @property
    def began_utc(self) -> str:
        """When it began, by its first line."""
        return str(self.pulses.start["utc"]) if self.pulses is not None else ""


def found_in(folder: Path, clock: Clock, seals_to: bytes | None = None) -> Found:
    """Recover one recording's sound, and read what its recorder noted. Raises a Known error.

    What recovery writes is sealed with the public key ``seals_to``.
    """
    case_id, recording_id = folder.parent.parent.name, folder.name
    outcome = recover_recording(folder, clock, seals_to)
    if outcome is None:
        return Found(case_id, recording_id, None)
    path = folder / PULSE_FILE
    try:
        pulses = read_kept_pulses(path)
    except OSError as error:
        raise disk_failure(error, path) from error
    except ValueError as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error
    try:
        # What the journal must know of it; a line that was tampered with must not keep the library closed.
        _ = pulses.start["mode"], started_facts(recording_id, pulses.start)
    except KeyError as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=f"start line: {error}") from error
    return Found(case_id, recording_id, outcome, pulses)


def tell_begin(desk: Desk, found: Found) -> None:
    """Tell that encounter and recording began, if the journal does not know. Raises a Known error."""
    if found.pulses is None or desk.store.recording(found.recording) is not None:
        return
    start = found.pulses.start
    encounter = str(start["encounter"])
    new: list[tuple[EventType, Mapping[str, Any]]] = []
    if desk.store.encounter(encounter) is None:
        new.append((EventType.ENCOUNTER_OPENED, {"encounter": encounter, "mode": start["mode"]}))
    new.append((EventType.RECORDING_STARTED, started_facts(found.recording, start)))
    desk.store.append(found.case, new, moment_of(start, found.pulses))


def tell_end(desk: Desk, found: Found) -> None:
    """Tell what was noted while it was recorded, and its end. Raises a Known error.

    Can be interrupted and repeated: the end comes last, and what is told already is not told again.
    """
    known = desk.store.recording(found.recording)
    if known is None or known.samples is not None:
        return
    moment: Moment | None = None
    if found.pulses is None or found.outcome is None:
        kind, facts = EventType.RECORDING_STOPPED, nothing_recorded_facts(known.id)
        known = replace(known, samples=0, reason=StopReason.NOTHING_RECORDED)
    else:
        known = replace(known, samples=found.outcome.samples)
        _tell_notes(desk, found.pulses, known)
        if isinstance(found.outcome, SealedSound):
            kind, facts = EventType.RECORDING_STOPPED, stopped_facts(known.id, found.outcome)
            known = replace(known, reason=found.outcome.reason)
            moment = moment_of(found.pulses.lines[-1], found.pulses)
        else:
            kind, facts = EventType.RECORDING_RECOVERED, recovered_facts(known.id, found.outcome)
            known = replace(known, state=RecordingState.RECOVERED)
    _tell_lost_time(desk, found.pulses, known)
    desk.store.append(known.case, [(kind, facts)], moment)
    _tell_end_of_encounter(desk, found.pulses, known.encounter, known.case)


def _tell_notes(desk: Desk, pulses: Pulses, recording: Recording) -> None:
    """What the recorder noted and the journal lacks, up to the end of the sound there is."""
    told = marks_in_journal(desk.store.case_file(recording.case))
    for warning, moment in noted_by_recorder(pulses, recording.id):
        mark = mark_of(warning)
        if told[mark]:
            told[mark] -= 1
        elif warning.at_ms <= (recording.duration_ms or 0):
            desk.store.append(recording.case, [warning_event(warning)], moment)


def _tell_lost_time(desk: Desk, pulses: Pulses | None, recording: Recording) -> None:
    """The gaps before and behind a recording whose recorder was lost, or that took over from a lost one."""
    case_file = desk.store.case_file(recording.case)
    of_encounter = [
        recording if one.id == recording.id else one
        for one in case_file.recordings
        if one.encounter == recording.encounter
    ]
    for gap in lost_time(of_encounter, case_file.gaps):
        moment = None
        if pulses is not None:
            edge = pulses.lines[-1] if gap.recording == recording.id else pulses.start
            moment = moment_of(edge, pulses)
        desk.store.append(recording.case, [warning_event(gap)], moment)


def _tell_end_of_encounter(desk: Desk, pulses: Pulses | None, encounter_id: str, case_id: str) -> None:
    """Close the encounter when this was the last of its recordings; another one may still be running."""
    case_file = desk.store.case_file(case_id)
    of_encounter = [one for one in case_file.recordings if one.encounter == encounter_id]
    encounter = next(one for one in case_file.encounters if one.id == encounter_id)
    if encounter.closed is not None or any(one.samples is None for one in of_encounter):
        return
    ends = [one.stopped for one in of_encounter if one.state is RecordingState.STOPPED]
    ends.append(moment_of(pulses.lines[-1], pulses) if pulses is not None else None)
    moment = max((end for end in ends if end is not None), key=lambda end: end.utc, default=None)
    desk.store.append(case_id, [(EventType.ENCOUNTER_CLOSED, {"encounter": encounter_id})], moment)
