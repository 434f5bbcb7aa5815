"""What recorders noted while no window ran reaches the journal once, at its place, before the end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture.part import Part
from evidencedesk.domain.case import Case, Leg, RecordingState
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.pulse import PulseWarning, StopReason, WarningCode
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.recording_events import started_facts, warning_event
from evidencedesk.workflows.recover_recordings import recover_all
from fakes.troubled_library import part_on_disk, refusing_writes, take_noise

NOTED = (EventType.RECORDING_GAP, EventType.RECORDING_WARNING)


@pytest.fixture
def encounter() -> str:
    return new_id(Kind.ENCOUNTER)


def told(desk: Desk, case: Case, kinds: tuple[EventType, ...] = NOTED) -> list[dict[str, Any]]:
    return [dict(event.data) for event in desk.store.events(case.id) if event.type in kinds]


def kinds(desk: Desk, case: Case) -> list[EventType]:
    return [event.type for event in desk.store.events(case.id)]


def with_trouble(desk: Desk, case: Case, encounter: str, noted: list[PulseWarning]) -> Part:
    """Two seconds with a warning in the middle and a gap, still open."""
    part = part_on_disk(desk, case.id, encounter, noted=noted)
    take_noise(part, 0.5)
    part.warn(WarningCode.CLIPPED)
    take_noise(part, 0.5)
    part.warn(WarningCode.CLOCK_JUMPED, by_ms=-3_600_000)
    part.gap(WarningCode.STALLED, 8000, 2500)
    take_noise(part, 1)
    return part


def tell_start(desk: Desk, case: Case, part: Part) -> None:
    """What a window tells when the recording begins, before it goes away."""
    plan = part.plan
    opened = {"encounter": plan.encounter, "mode": plan.mode}
    facts = started_facts(plan.recording, {**part._start_facts(), "utc": part.started.utc})
    desk.store.append(
        case.id, [(EventType.ENCOUNTER_OPENED, opened), (EventType.RECORDING_STARTED, facts)], part.started
    )


def test_what_a_sealed_recording_noted_stands_before_its_end(desk: Desk, case: Case, encounter: str) -> None:
    noted: list[PulseWarning] = []
    part = with_trouble(desk, case, encounter, noted)
    part.seal(StopReason.USER)
    recover_all(desk)
    assert kinds(desk, case)[1:] == [
        EventType.ENCOUNTER_OPENED,
        EventType.RECORDING_STARTED,
        EventType.RECORDING_WARNING,
        EventType.RECORDING_WARNING,
        EventType.RECORDING_GAP,
        EventType.RECORDING_STOPPED,
        EventType.ENCOUNTER_CLOSED,
    ]
    assert told(desk, case) == [warning_event(warning)[1] for warning in noted]
    assert [gap.moment.utc for gap in desk.store.case_file(case.id).gaps] == [noted[2].utc]


def test_an_encounter_told_late_keeps_the_times_when_it_was(desk: Desk, case: Case, encounter: str) -> None:
    part = with_trouble(desk, case, encounter, [])
    part.seal(StopReason.USER)
    ended = desk.clock.now().utc
    recover_all(desk)
    (known,) = desk.store.case_file(case.id).encounters
    assert known.closed is not None
    assert part.started.utc <= known.opened.utc < known.closed.utc < ended


def test_what_the_journal_has_already_is_not_told_twice(desk: Desk, case: Case, encounter: str) -> None:
    noted: list[PulseWarning] = []
    part = with_trouble(desk, case, encounter, noted)
    tell_start(desk, case, part)
    desk.store.append(case.id, [warning_event(noted[1])])
    part.seal(StopReason.USER)
    recover_all(desk)
    assert recover_all(desk) == ()
    expected = [warning_event(noted[number])[1] for number in (1, 0, 2)]
    assert told(desk, case) == expected


def test_the_same_warning_at_another_place_or_part_is_another_one(
    desk: Desk, case: Case, encounter: str
) -> None:
    noted: list[PulseWarning] = []
    part = with_trouble(desk, case, encounter, noted)
    other = part_on_disk(desk, case.id, encounter, leg=Leg.FAR)
    tell_start(desk, case, part)
    elsewhere = {"recording": part.plan.recording, "at_ms": 77, "code": WarningCode.CLIPPED.value}
    longer = {**warning_event(noted[2])[1], "length_ms": 2501}
    desk.store.append(case.id, [(EventType.RECORDING_WARNING, elsewhere), (EventType.RECORDING_GAP, longer)])
    take_noise(other, 1)
    other.warn(WarningCode.CLIPPED)
    for one in (part, other):
        one.seal(StopReason.USER)
    recover_all(desk)
    found = told(desk, case)
    assert all(warning_event(warning)[1] in found for warning in noted)
    assert len(found) == 6


def test_a_recovered_recording_tells_what_lies_in_the_sound_there_is(
    desk: Desk, case: Case, encounter: str
) -> None:
    noted: list[PulseWarning] = []
    part = with_trouble(desk, case, encounter, noted)
    part.gap(WarningCode.OVERFLOW, part.frames, 400)  # behind the last whole block
    part.abandon()
    sound = Path(part.plan.folder) / "audio.flac"
    os.truncate(sound, sound.stat().st_size - 500)  # as a power cut leaves it
    recover_all(desk)
    (recording,) = desk.store.case_file(case.id).recordings
    assert recording.state is RecordingState.RECOVERED
    assert recording.duration_ms is not None
    assert recording.duration_ms < 2000
    assert told(desk, case) == [warning_event(warning)[1] for warning in noted[:3]]
    assert kinds(desk, case)[-2:] == [EventType.RECORDING_RECOVERED, EventType.ENCOUNTER_CLOSED]


def test_a_recorder_lost_while_no_window_ran_leaves_a_gap_that_is_counted_once(
    desk: Desk, case: Case, encounter: str
) -> None:
    before = with_trouble(desk, case, encounter, [])
    before.abandon()
    after = part_on_disk(desk, case.id, encounter, number=2, begins_ms=10_000)
    take_noise(after, 1)
    after.seal(StopReason.USER)
    recover_all(desk)
    assert recover_all(desk) == ()
    file = desk.store.case_file(case.id)
    length_ms = next(one.duration_ms for one in file.recordings if one.part == 1)
    assert length_ms is not None
    lost = [gap for gap in file.gaps if gap.cause == WarningCode.RECORDER_LOST]
    assert [(gap.recording, gap.at_ms) for gap in lost] == [(before.plan.recording, length_ms)]
    # 2.5 s of it were told as a gap inside the part.
    assert lost[0].length_ms == 10_000 - length_ms - 2500


def test_an_encounter_ends_with_the_last_of_its_parts(desk: Desk, case: Case, encounter: str) -> None:
    first, second = (
        part_on_disk(desk, case.id, encounter, number=number, begins_ms=1000 * (number - 1))
        for number in (1, 2)
    )
    for part, reason in ((first, StopReason.PART_FULL), (second, StopReason.USER)):
        take_noise(part, 1)
        part.seal(reason)
    recover_all(desk)
    assert kinds(desk, case).count(EventType.ENCOUNTER_CLOSED) == 1
    assert kinds(desk, case)[-1] is EventType.ENCOUNTER_CLOSED
    file = desk.store.case_file(case.id)
    ends = [one.stopped.utc for one in file.recordings if one.stopped is not None]
    assert file.encounters[0].closed is not None
    assert file.encounters[0].closed.utc == max(ends)


def test_an_interrupted_telling_is_taken_up_where_it_was(desk: Desk, case: Case, encounter: str) -> None:
    noted: list[PulseWarning] = []
    part = with_trouble(desk, case, encounter, noted)
    tell_start(desk, case, part)
    part.seal(StopReason.USER)
    with refusing_writes(desk):
        (refused,) = recover_all(desk)
    assert refused.failed is not None
    assert told(desk, case) == []
    (outcome,) = recover_all(desk)
    assert outcome.sealed is not None
    assert told(desk, case) == [warning_event(warning)[1] for warning in noted]


def test_a_pulse_journal_that_can_not_be_read_does_not_keep_others_from_being_told(
    desk: Desk, case: Case, encounter: str
) -> None:
    good, bad = (with_trouble(desk, case, encounter, []) for _ in range(2))
    good.seal(StopReason.USER)
    bad.abandon()
    pulses = Path(bad.plan.folder) / "pulse.jsonl"
    pulses.chmod(0o600)
    pulses.write_bytes(b"nothing that a recorder writes\n")
    outcomes = {outcome.recording: outcome for outcome in recover_all(desk)}
    assert outcomes[good.plan.recording].sealed is not None
    assert outcomes[bad.plan.recording].failed is not None
