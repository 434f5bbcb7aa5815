"""A recorder that is lost or stands still is replaced by itself, and what is missing is in the journal."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from chaos.stage import Follower, stage
from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.case import Mode, RecordingState
from evidencedesk.domain.pulse import EARLIER_S, WarningCode
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from fakes.recordings import until

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


def test_a_frozen_recorder_is_ended_and_another_one_goes_on(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        follower = set_up.record()
        os.kill(set_up.pid(follower), signal.SIGSTOP)
        follower.noticed(WarningCode.RECORDER_LOST)
        follower.takes_sound_again()
        follower.stop()
        file = set_up.desk.store.case_file(set_up.case)
    assert [one.state for one in file.recordings] == [RecordingState.RECOVERED, RecordingState.STOPPED]
    (gap,) = [gap for gap in file.gaps if gap.cause == WarningCode.RECORDER_LOST]
    assert 13_000 < gap.length_ms < 20_000
    assert file.encounters[0].closed is not None


def test_seconds_from_before_the_click_do_not_hide_what_a_lost_recorder_missed(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        meter = LevelMeter("mic", EARLIER_S)
        meter.start()
        until(meter.latest, "the meter hears something")
        time.sleep(4)  # what is kept from before the click has a length
        options = RecordOptions(meter=meter)
        live = RecordEncounter.begin(set_up.desk, Mode.VISIT, "mic", set_up.case, options=options)
        follower = Follower(live)
        follower.until(lambda: follower.status.saved_ms() > 5000, "something is saved")
        (running,) = running_captures(set_up.desk.library)
        os.kill(running.pid, signal.SIGSTOP)
        time.sleep(2)  # missed
        os.kill(running.pid, signal.SIGKILL)
        follower.noticed(WarningCode.RECORDER_LOST)
        follower.takes_sound_again()
        follower.stop()
        file = set_up.desk.store.case_file(set_up.case)
    first, second = file.recordings
    assert first.earlier_ms > 3000
    assert first.duration_ms is not None
    (gap,) = [gap for gap in file.gaps if gap.cause == WarningCode.RECORDER_LOST]
    assert 1500 < gap.length_ms < 6000
    # The second part's place was planned just before its recorder's process was started.
    assert 0 <= first.duration_ms + gap.length_ms - second.begins_ms < 1500
