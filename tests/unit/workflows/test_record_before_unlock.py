"""What is recorded before anybody typed a passphrase is in a case of its own once somebody has."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.case import Mode, RecordingState
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import StopReason
from evidencedesk.domain.vault import VaultState
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.secret_store import SystemKeyring
from evidencedesk.workflows.begun_cases import BEGUN_FILE
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_before_unlock import RecordBeforeUnlock, begin_before_unlock
from evidencedesk.workflows.record_encounter import RecordEncounter, encounters_running
from evidencedesk.workflows.recover_recordings import recover_all
from fakes.recordings import noise, until

TITLE = "Recorded before unlocking, 2026-11-25 20:00"


class Locked:
    """A library with a vault and one case, closed."""

    def __init__(self, library: Path, sound: Path) -> None:
        self.library = library
        self.sound = sound
        self.keys: VaultKeys
        with open_desk(library, SystemClock()) as desk:
            self.first_case = open_case(desk, "来分期").id
        # The database itself stays as it is: what is tested here is the beginning without keys.
        self.keys, _ = Vault(library, SystemKeyring()).create("four words nobody knows", VaultState.UNSEALING)
        self.begun: RecordBeforeUnlock | None = None

    def begin(self, source: str = "") -> RecordBeforeUnlock:
        self.begun = begin_before_unlock(
            self.library, None, SystemClock(), Mode.VISIT, source or f"file:{self.sound}", TITLE
        )
        return self.begun

    def end_recorders(self, number: int) -> None:
        for running in running_captures(self.library):
            os.kill(running.pid, number)
        until(lambda: not running_captures(self.library), "no recorder runs")


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Locked]:
    sound = tmp_path / "long.wav"
    noise(sound, 60.0, 8000)
    place = Locked(tmp_path / "library", sound)
    yield place
    place.end_recorders(signal.SIGTERM)


def test_it_records_while_nobody_can_read_the_library(locked: Locked) -> None:
    with pytest.raises(Known) as refused, open_desk(locked.library, SystemClock()):
        pass
    assert refused.value.code is Code.VAULT_LOCKED
    begun = locked.begin()
    until(lambda: begun.poll().saved_ms() > 300, "some of it is safe on the disk")
    assert not begun.ended


def test_after_unlocking_it_goes_on_in_its_own_case_with_its_true_time(locked: Locked) -> None:
    begun = locked.begin()
    until(lambda: begun.poll().saved_ms() > 300, "some of it is safe on the disk")
    told = json.loads((locked.library / "cases" / begun.case / BEGUN_FILE).read_bytes())
    with open_desk(locked.library, SystemClock(), keys=locked.keys) as desk:
        assert recover_all(desk) == ()
        (running,) = encounters_running(running_captures(locked.library))
        live = RecordEncounter.resume(desk, running)
        assert live.case == begun.case != locked.first_case
        live.stop()
        until(lambda: live.poll() and live.finished, "the end is told")
        case_file = desk.store.case_file(begun.case)
    assert case_file.case.title == TITLE
    assert case_file.case.opened.utc == told["opened"]["utc"]
    (encounter,) = case_file.encounters
    (recording,) = case_file.recordings
    assert encounter.closed is not None
    assert recording.reason == StopReason.USER
    assert told["opened"]["utc"] == encounter.opened.utc <= recording.started.utc
    assert not (locked.library / "cases" / begun.case / BEGUN_FILE).exists()


@pytest.mark.parametrize(
    ("number", "state"),
    [(signal.SIGTERM, RecordingState.STOPPED), (signal.SIGKILL, RecordingState.RECOVERED)],
)
def test_what_ended_before_anybody_unlocked_is_in_its_case_too(
    locked: Locked, number: int, state: RecordingState
) -> None:
    begun = locked.begin()
    until(lambda: begun.poll().saved_ms() > 300, "some of it is safe on the disk")
    locked.end_recorders(number)
    with open_desk(locked.library, SystemClock(), keys=locked.keys) as desk:
        (outcome,) = recover_all(desk)
        assert outcome.failed is None
        assert recover_all(desk) == ()
        (recording,) = desk.store.case_file(begun.case).recordings
        assert {case.id for case in desk.store.newest_cases()} == {begun.case, locked.first_case}
    assert recording.state is state
    assert recording.samples


def test_without_a_microphone_nothing_is_left_behind(locked: Locked) -> None:
    before = sorted(locked.library.rglob("*"))
    with pytest.raises(Known) as refused:
        locked.begin("file:/nowhere.wav")
    assert refused.value.code is Code.SOUND_FILE_UNREADABLE
    assert [path for path in sorted(locked.library.rglob("*")) if path.name != "cases"] == before


def test_a_title_that_was_tampered_with_keeps_the_library_from_nothing(locked: Locked) -> None:
    begun = locked.begin()
    until(lambda: begun.poll().saved_ms() > 300, "some of it is safe on the disk")
    (locked.library / "cases" / begun.case / BEGUN_FILE).write_text("{")
    with open_desk(locked.library, SystemClock(), keys=locked.keys) as desk:
        recover_all(desk)
        assert desk.store.find_case(begun.case).title == begun.case


def test_word_of_a_case_without_any_sound_is_taken_away(locked: Locked) -> None:
    folder = locked.library / "cases" / "c-00000009"
    folder.mkdir(parents=True)
    (folder / BEGUN_FILE).write_text("{}")
    with open_desk(locked.library, SystemClock(), keys=locked.keys) as desk:
        recover_all(desk)
        assert [case.id for case in desk.store.newest_cases()] == [locked.first_case]
    assert not folder.exists()
