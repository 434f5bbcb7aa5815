"""What a crash left is finished, told to the journal once, and never in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.case import Case, Mode, RecordingState
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.recover_recordings import recover_all


def crash_while_recording(library: Path, sound: Path) -> None:
    """Start ``evidencedesk record`` and kill it after two durable seconds."""
    command = [sys.executable, "-m", "evidencedesk", "--library", str(library), "record", "--json"]
    with subprocess.Popen(
        [*command, "--source", f"file:{sound}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if '"saved"' in line and '"seconds":0' not in line.replace(" ", ""):
                break
        process.kill()


@pytest.fixture(scope="module")
def long_sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "long.wav"
    samples = np.random.default_rng(9).integers(-9000, 9000, size=(480_000, 1), dtype=np.int16)
    sf.write(path, samples, 16_000, subtype="PCM_16")
    return path


def test_a_killed_recording_is_recovered_once_and_keeps_the_file_as_found(
    tmp_path: Path, long_sound: Path
) -> None:
    library = tmp_path / "library"
    crash_while_recording(library, long_sound)
    with open_desk(library, SystemClock()) as desk:
        (first,) = recover_all(desk)
        assert first.recovered is not None
        assert recover_all(desk) == ()
        case_file = desk.store.case_file(first.case)
        (recording,) = case_file.recordings
        folder = desk.recording_folder(first.case, recording.id)
    assert recording.state is RecordingState.RECOVERED
    assert recording.missing_ms is not None
    assert recording.found_file == "audio.flac"
    assert (folder / "audio.flac").exists()
    recovered = sf.read(folder / recording.file, dtype="int16")[0]
    played = sf.read(long_sound, dtype="int16")[0]
    assert len(recovered) == recording.samples
    assert (recovered == played[: len(recovered)]).all()
    assert case_file.encounters[0].closed is not None


def test_recovery_leaves_a_living_recording_alone(desk: Desk, case: Case, long_sound: Path) -> None:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{long_sound}", case.id, apart=True)
    assert recover_all(desk) == ()
    encounter.stop()
    assert encounter.wait(20)


def test_a_second_process_is_told_the_library_is_in_use(desk: Desk) -> None:
    with pytest.raises(Known) as raised, open_desk(desk.library, SystemClock()):
        pass
    assert raised.value.code is Code.LIBRARY_IN_USE


def test_a_recording_the_journal_never_heard_of_is_told_to_it(tmp_path: Path, short_sound: Path) -> None:
    """The database was busy for ever, the window died: the sound and its pulses are enough."""
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        case = open_case(desk, "来分期")
        encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=True)
        assert encounter.wait(20)
        # No poll after the end: the journal knows the start, not the stop.
        assert desk.store.recording(encounter.recording).samples is None  # type: ignore[union-attr]
    with open_desk(library, SystemClock()) as desk:
        (told,) = recover_all(desk)
        assert told.sealed is not None
        types = [event.type for event in desk.store.events(case.id)]
        assert types[-2:] == [EventType.RECORDING_STOPPED, EventType.ENCOUNTER_CLOSED]


def test_a_recorder_outlives_its_window_and_is_found_again(tmp_path: Path, long_sound: Path) -> None:
    library = tmp_path / "library"
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from evidencedesk.domain.case import Mode\n"
        "from evidencedesk.system.clock import SystemClock\n"
        "from evidencedesk.workflows.desk import open_desk\n"
        "from evidencedesk.workflows.open_case import open_case\n"
        "from evidencedesk.workflows.record_encounter import RecordEncounter\n"
        "with open_desk(Path(sys.argv[1]), SystemClock()) as desk:\n"
        "    case = open_case(desk, 'x')\n"
        "    RecordEncounter.begin(desk, Mode.VISIT, 'file:' + sys.argv[2], case.id)\n"
        "    print('recording', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(library), str(long_sound)], stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline().strip() == "recording"
        os.kill(window.pid, signal.SIGKILL)
    with open_desk(library, SystemClock()) as desk:
        (running,) = running_captures(desk.library)
        encounter = RecordEncounter.resume(desk, [running])
        before = encounter.poll().samples
        deadline = time.monotonic() + 10
        while encounter.poll().samples <= before:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        encounter.stop()
        while not encounter.finished:
            encounter.poll()
            time.sleep(0.05)
        (recording,) = desk.store.case_file(encounter.case).recordings
    assert recording.state is RecordingState.STOPPED
