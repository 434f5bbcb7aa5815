"""From the click to the sealed file, through the real recorder and the real journal."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.domain.case import Case, Mode, RecordingState
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import RecorderState, RecorderStatus, StopReason
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions

DEADLINE_S = 20.0


def poll_until_finished(encounter: RecordEncounter) -> RecorderStatus:
    deadline = time.monotonic() + DEADLINE_S
    while True:
        status = encounter.poll()
        if encounter.finished:
            return status
        assert time.monotonic() < deadline, f"not finished: {status}"
        time.sleep(0.02)


@pytest.mark.parametrize("apart", [False, True])
def test_a_recorded_visit_is_sealed_and_stands_in_the_journal(
    desk: Desk, case: Case, short_sound: Path, apart: bool
) -> None:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=apart)
    status = poll_until_finished(encounter)

    assert status.state is RecorderState.STOPPED
    case_file = desk.store.case_file(case.id)
    (recording,) = case_file.recordings
    assert recording.state is RecordingState.STOPPED
    assert recording.simulated
    assert recording.samples == 12_800
    assert recording.duration_ms == 1600
    assert recording.reason == StopReason.SOURCE_ENDED
    sound = desk.recording_folder(case.id, recording.id) / recording.file
    assert (sf.read(sound, dtype="int16")[0] == sf.read(short_sound, dtype="int16")[0]).all()
    assert stat.S_IMODE(sound.stat().st_mode) & 0o222 == 0
    assert case_file.encounters[0].closed is not None
    types = [event.type for event in desk.store.events(case.id)]
    assert types[:3] == [EventType.CASE_OPENED, EventType.ENCOUNTER_OPENED, EventType.RECORDING_STARTED]
    assert types[-2:] == [EventType.RECORDING_STOPPED, EventType.ENCOUNTER_CLOSED]


def test_stop_ends_before_the_source_does(desk: Desk, case: Case, tmp_path: Path) -> None:
    sound = tmp_path / "long.wav"
    sf.write(sound, [[0.1]] * 80_000, 8000, subtype="PCM_16")
    encounter = RecordEncounter.begin(desk, Mode.CALL, f"file:{sound}", case.id, apart=False)
    while encounter.poll().samples == 0:
        time.sleep(0.02)
    encounter.stop()
    poll_until_finished(encounter)

    (recording,) = desk.store.case_file(case.id).recordings
    assert recording.reason == StopReason.USER
    assert recording.samples is not None
    assert 0 < recording.samples < 80_000


def test_a_source_that_does_not_exist_leaves_nothing_behind(desk: Desk, case: Case) -> None:
    with pytest.raises(Known) as raised:
        RecordEncounter.begin(desk, Mode.VISIT, "file:/nowhere.wav", case.id, apart=False)
    assert raised.value.code is Code.SOUND_FILE_UNREADABLE
    assert desk.store.case_file(case.id).recordings == ()
    assert list((desk.case_folder(case.id) / "recordings").iterdir()) == []


def test_a_meter_that_kept_all_from_the_click_on_becomes_the_recorder(
    desk: Desk, case: Case, short_sound: Path
) -> None:
    """The window says so at the click, and ``begin`` says it again."""
    source = f"file:{short_sound}"
    meter = LevelMeter(source)
    meter.start()
    meter.keep_all()
    options = RecordOptions(meter=meter)
    encounter = RecordEncounter.begin(desk, Mode.VISIT, source, case.id, options=options)
    poll_until_finished(encounter)
    (recording,) = desk.store.case_file(case.id).recordings
    sound = sf.read(desk.recording_folder(case.id, recording.id) / recording.file, dtype="int16")[0]
    # All of it: a recorder that had to be started anew would have played it again from its beginning.
    assert (sound == sf.read(short_sound, dtype="int16")[0]).all()
    assert meter._process is None
    assert list(desk.library.glob("**/keep")) == []


def test_an_unknown_case_is_refused_before_any_sound(desk: Desk, short_sound: Path) -> None:
    with pytest.raises(Known) as raised:
        RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", "c-00000000", apart=False)
    assert raised.value.code is Code.UNKNOWN_CASE


def test_folders_and_files_are_for_the_owner_only(desk: Desk, case: Case, short_sound: Path) -> None:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=False)
    poll_until_finished(encounter)
    for folder, _, names in os.walk(desk.library):
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700, folder
        for name in names:
            assert stat.S_IMODE((Path(folder) / name).stat().st_mode) & 0o077 == 0, name
