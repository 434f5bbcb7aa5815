"""Checkpoints of an encounter: at its start, every ten minutes, at its end, whatever the disk says."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.pulses import pulse_hash
from evidencedesk.domain.case import Case, Mode
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.pulse import PULSE_FILE, PartStatus
from evidencedesk.store.checkpoint_log import FILE_NAME
from evidencedesk.system.clock import SystemClock
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.encounter_marks import EVERY_NS, EncounterMarks, sound_mark
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.verify_folder import verify
from fakes.recordings import until


@dataclass
class SetClock(Clock):
    """A steady clock that a test sets."""

    ns: int = 10**12

    def now(self) -> Moment:
        return replace(SystemClock().now(), mono_ns=self.ns)

    def boottime_ns(self) -> int:
        return self.ns


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def set_desk(desk: Desk, clock: SetClock) -> Desk:
    desk.key.open()
    return replace(desk, clock=clock)


@pytest.fixture
def part(tmp_path: Path) -> PartStatus:
    """A part that is being recorded, with three whole lines and a half in its pulse journal."""
    (tmp_path / PULSE_FILE).write_bytes(b"one\ntwo\nthree\nhal")
    moment = SystemClock().now()
    return PartStatus("r-00000001", str(tmp_path), 1, 0, "mic", "default", 8000, 1, False, moment, samples=99)


def made(desk: Desk) -> list[Why]:
    return [kept.checkpoint.why for kept in desk.checkpoints.read()]


def test_a_sound_is_marked_by_its_last_whole_line(part: PartStatus) -> None:
    mark = sound_mark(part)
    assert mark is not None
    assert (mark.recording, mark.line, mark.hash, mark.samples) == ("r-00000001", 3, pulse_hash(b"three"), 99)


def test_a_sound_that_has_not_begun_has_no_mark(part: PartStatus, tmp_path: Path) -> None:
    (tmp_path / PULSE_FILE).write_bytes(b"half")
    assert sound_mark(part) is None
    (tmp_path / PULSE_FILE).unlink()
    assert sound_mark(part) is None


def test_start_and_every_ten_minutes_are_marked(
    set_desk: Desk, case: Case, clock: SetClock, part: PartStatus
) -> None:
    marks = EncounterMarks(set_desk, case.id)
    until(lambda: not marks._key.is_alive(), "the key is open")
    marks.written(EventType.RECORDING_STARTED)
    marks.make([part])
    for _ in range(30):
        clock.ns += EVERY_NS // 10
        marks.make([part])
    assert made(set_desk) == [Why.RECORDING_STARTED, Why.RECORDING, Why.RECORDING, Why.RECORDING]
    assert all(kept.signature and kept.checkpoint.sounds for kept in set_desk.checkpoints.read())


def test_nothing_is_marked_while_nothing_runs_and_nothing_ended(
    set_desk: Desk, case: Case, clock: SetClock
) -> None:
    marks = EncounterMarks(set_desk, case.id)
    marks.written(EventType.ENCOUNTER_OPENED)
    clock.ns += 5 * EVERY_NS
    marks.make([])
    assert made(set_desk) == []


def test_a_mark_the_disk_refused_is_made_later(
    set_desk: Desk, case: Case, clock: SetClock, part: PartStatus
) -> None:
    marks = EncounterMarks(set_desk, case.id)
    until(lambda: not marks._key.is_alive(), "the key is open")
    (set_desk.library / FILE_NAME).mkdir()
    marks.written(EventType.RECORDING_STARTED)
    marks.make([part])
    (set_desk.library / FILE_NAME).rmdir()
    marks.make([part])
    assert made(set_desk) == [], "not ten times a second"
    clock.ns += 6 * 10**9
    marks.make([part])
    assert made(set_desk) == [Why.RECORDING_STARTED]


def test_a_recorded_visit_is_marked_signed_and_verifies(
    desk: Desk, case: Case, short_sound: Path, tmp_path: Path, words: Words
) -> None:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=False)
    deadline = time.monotonic() + 20
    while not encounter.finished and time.monotonic() < deadline:
        encounter.poll()
        time.sleep(0.02)
    assert made(desk) == [Why.RECORDING_STARTED, Why.RECORDING_STOPPED]
    report = verify(export_case(desk, case.id, tmp_path / "out", words).path)
    assert report.faults == ()
    assert "checkpoint-unsigned" not in {finding.code for finding in report.findings}
