"""Finish what a crash left: repair the sound, tell the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencedesk.capture.recovery import recover_recording, unfinished
from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.case import Recording
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import PULSE_FILE, RecoveredSound, SealedSound
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.recording_events import (
    nothing_recorded_facts,
    recovered_facts,
    started_facts,
    stopped_facts,
)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of one unfinished recording. Exactly one of the last three is set, or none."""

    case: str
    recording: str
    recovered: RecoveredSound | None = None
    sealed: SealedSound | None = None
    failed: Known | None = None

    @property
    def empty(self) -> bool:
        """No sound had reached the disk."""
        return self.recovered is None and self.sealed is None and self.failed is None


def recover_all(desk: Desk) -> tuple[Recovery, ...]:
    """Recover every recording without a live recorder; safe to run again at any time.

    One recording that can't be recovered never keeps the others from it.
    """
    running = {capture.plan.recording for capture in running_captures(desk.library)}
    folders = (*unfinished(desk.library), *_unknown_to_journal(desk))
    outcomes = [recover_one(desk, folder) for folder in folders if folder.name not in running]
    return tuple(outcome for outcome in outcomes if not _nothing_to_tell(desk, outcome))


def _nothing_to_tell(desk: Desk, outcome: Recovery) -> bool:
    """A recorder is alive there after all, or neither sound nor journal ever began."""
    if outcome.failed is not None:
        return outcome.failed.code is Code.ALREADY_RECORDING
    return outcome.empty and desk.store.recording(outcome.recording) is None


def recover_one(desk: Desk, folder: Path) -> Recovery:
    """Finish one recording and tell the journal; a failure is part of the result."""
    case_id, recording_id = folder.parent.parent.name, folder.name
    try:
        outcome = recover_recording(folder, desk.clock)
        _tell_journal(desk, case_id, recording_id, folder, outcome)
    except Known as error:
        return Recovery(case_id, recording_id, failed=error)
    if isinstance(outcome, RecoveredSound):
        return Recovery(case_id, recording_id, recovered=outcome)
    return Recovery(case_id, recording_id, sealed=outcome)


def _unknown_to_journal(desk: Desk) -> tuple[Path, ...]:
    """Recordings whose sound is finished but whose end the journal never heard of."""
    waiting = []
    already = set(unfinished(desk.library))
    for folder in sorted((desk.library / "cases").glob("*/recordings/*")):
        known = desk.store.recording(folder.name)
        if folder not in already and (known is None or known.samples is None):
            waiting.append(folder)
    return tuple(waiting)


def _tell_journal(
    desk: Desk,
    case_id: str,
    recording_id: str,
    folder: Path,
    outcome: RecoveredSound | SealedSound | None,
) -> None:
    known = desk.store.recording(recording_id)
    if known is not None and known.samples is not None:
        return
    if outcome is None:
        if known is not None:
            _tell_nothing_recorded(desk, known)
        return
    start = read_pulses(folder / PULSE_FILE).start
    events: list[tuple[EventType, Mapping[str, Any]]] = []
    encounter_id = str(start["encounter"])
    encounter = desk.store.encounter(encounter_id)
    if encounter is None:
        events.append((EventType.ENCOUNTER_OPENED, {"encounter": encounter_id, "mode": start["mode"]}))
    if known is None:
        events.append((EventType.RECORDING_STARTED, started_facts(recording_id, start)))
    if isinstance(outcome, SealedSound):
        events.append((EventType.RECORDING_STOPPED, stopped_facts(recording_id, outcome)))
    else:
        events.append((EventType.RECORDING_RECOVERED, recovered_facts(recording_id, outcome)))
    if encounter is None or encounter.closed is None:
        events.append((EventType.ENCOUNTER_CLOSED, {"encounter": encounter_id}))
    desk.store.append(case_id, events)


def _tell_nothing_recorded(desk: Desk, known: Recording) -> None:
    """The end came before the first frame reached the disk: the journal must not wait for ever."""
    closed = {"encounter": known.encounter}
    facts = nothing_recorded_facts(known.id)
    desk.store.append(
        known.case, [(EventType.RECORDING_STOPPED, facts), (EventType.ENCOUNTER_CLOSED, closed)]
    )
