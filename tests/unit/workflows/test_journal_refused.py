"""A library whose disk takes nothing: the sound is sealed, and the next start tells the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.case import Case, Mode, RecordingState
from evidencedesk.domain.errors import Code
from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from evidencedesk.workflows.recover_recordings import recover_all
from fakes.troubled_library import HurriedClock, refusing_writes

DEADLINE_S = 20.0


@pytest.fixture
def clock() -> HurriedClock:
    return HurriedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: HurriedClock) -> Iterator[Desk]:
    with open_desk(tmp_path / "library", clock) as opened:
        yield opened


@pytest.fixture
def case(desk: Desk) -> Case:
    return open_case(desk, "来分期")


def sound_file(path: Path, quiet_s: float, seconds: float) -> Path:
    """Noise, first soft, then so loud that the recorder notes it."""
    samples = np.random.default_rng(6).integers(-9000, 9000, size=(int(8000 * seconds), 1), dtype=np.int16)
    samples[int(8000 * quiet_s) :] = 32_767
    sf.write(path, samples, 8000, subtype="PCM_16")
    return path


def poll_until(encounter: RecordEncounter, condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, encounter.poll()
        encounter.poll()
        time.sleep(0.02)


def test_a_journal_that_takes_nothing_is_given_up_and_completed_at_the_next_start(
    desk: Desk, case: Case, clock: HurriedClock, tmp_path: Path
) -> None:
    sound = sound_file(tmp_path / "loud.wav", 0.5, 1.5)
    with refusing_writes(desk):
        encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id)
        assert encounter.wait(DEADLINE_S)
        encounter.poll()
        assert encounter.journal_behind
        clock.move(14)
        encounter.poll()
        assert not encounter.finished
        assert encounter.journal_refused is None
        clock.move(1.5)
        encounter.poll()
        assert encounter.finished
        assert encounter.journal_refused is not None
        assert encounter.journal_refused.code is Code.NOT_WRITABLE
    assert [event.type for event in desk.store.events(case.id)] == [EventType.CASE_OPENED]
    (outcome,) = recover_all(desk)
    assert outcome.sealed is not None
    file = desk.store.case_file(case.id)
    assert [one.state for one in file.recordings] == [RecordingState.STOPPED]
    assert [warning.code for warning in file.warnings] == [WarningCode.CLIPPED]
    assert file.encounters[0].closed is not None


def test_a_journal_that_takes_it_after_all_is_waited_for(
    desk: Desk, case: Case, clock: HurriedClock, short_sound: Path
) -> None:
    with refusing_writes(desk):
        encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id)
        clock.move(600)  # however long it was behind while sound came
        assert encounter.wait(DEADLINE_S)
        encounter.poll()
        clock.move(10)
        encounter.poll()
        assert not encounter.finished
    encounter.poll()
    assert encounter.finished
    assert encounter.journal_refused is None
    assert recover_all(desk) == ()


def test_a_recovery_that_the_journal_refuses_is_said_and_made_good(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    sound = sound_file(tmp_path / "long.wav", 0.1, 60)
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id)
    poll_until(encounter, lambda: encounter.poll().saved_samples > 0)
    (running,) = running_captures(desk.library)
    with refusing_writes(desk):
        encounter._legs[0].recorder.kill()
        poll_until(encounter, lambda: encounter._recovery_begun and encounter.recovery_failed)
    assert encounter.recovery_failed is not None
    assert encounter.recovery_failed.code is Code.NOT_WRITABLE
    poll_until(encounter, lambda: encounter.finished)
    (outcome,) = recover_all(desk)
    assert outcome.recording == running.plan.recording
    assert outcome.recovered is not None
    assert desk.store.case_file(case.id).encounters[0].closed is not None


def test_a_warning_that_came_while_no_window_ran_is_told_although_others_were_told_before(
    tmp_path: Path,
) -> None:
    sound = sound_file(tmp_path / "loud later.wav", 2.5, 60)
    options = RecordOptions(far_source="file:/nowhere.wav")
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        case = open_case(desk, "来分期")
        encounter = RecordEncounter.begin(desk, Mode.CALL, f"file:{sound}", case.id, options=options)
        encounter.poll()
        told = [warning.code for warning in desk.store.case_file(case.id).warnings]
        assert told == [WarningCode.FAR_MISSING]
    with open_desk(library, SystemClock()) as desk:
        again = RecordEncounter.resume(desk, running_captures(library))
        poll_until(again, lambda: again.poll().warnings)
        again.stop()
        poll_until(again, lambda: again.finished)
        told = [warning.code for warning in desk.store.case_file(case.id).warnings]
    assert told == [WarningCode.FAR_MISSING, WarningCode.CLIPPED]
