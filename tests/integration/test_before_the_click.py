"""Sound from before the click: the meter's process becomes the recorder, with what it kept."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from chaos.stage import Follower, Noise, stage
from evidencedesk.capture.level_meter import Level, LevelMeter
from evidencedesk.domain.case import Mode
from evidencedesk.domain.pulse import EARLIER_S, StopReason
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from fakes.recordings import until

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


def test_what_was_said_before_the_click_is_the_beginning_of_the_recording(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        noise = Noise(tmp_path / "noise.wav", 12)
        meter = LevelMeter("mic", EARLIER_S)
        meter.start()
        until(meter.latest, "the meter hears something")
        player = subprocess.Popen(["paplay", "--device=micbus", str(noise.path)], env=set_up.server.env)
        time.sleep(3)
        live = RecordEncounter.begin(
            set_up.desk, Mode.VISIT, "mic", set_up.case, options=RecordOptions(meter=meter)
        )
        follower = Follower(live)
        time.sleep(2)
        follower.stop()
        player.kill()
        player.wait()
        (recording,) = set_up.desk.store.case_file(set_up.case).recordings
        sound = set_up.sound(live.encounter)
    places = noise.places(sound[0])
    heard = places[places >= 0]
    assert recording.reason == StopReason.USER
    assert 2500 <= recording.earlier_ms <= 10_100
    assert heard[0] < 0.2 * 48_000  # its beginning was said three seconds before the click
    assert noise.missing_s(sound) == 0


def test_a_microphone_that_is_pulled_before_the_click_lets_no_other_device_into_the_recording(
    tmp_path: Path,
) -> None:
    with stage(tmp_path) as set_up:
        noise = Noise(tmp_path / "noise.wav", 12)
        meter = LevelMeter("mic", EARLIER_S)
        meter.start()
        until(meter.latest, "the meter hears something")
        player = subprocess.Popen(["paplay", "--device=spk", str(noise.path)], env=set_up.server.env)
        set_up.server.unplug()
        until(lambda: (meter.latest() or Level()).error == "device-lost", "the loss is told")
        set_up.server.plug_in()
        follower = set_up.record(RecordOptions(meter=meter))
        meter.stop()
        follower.stop()
        player.kill()
        player.wait()
        (recording,) = set_up.desk.store.case_file(set_up.case).recordings
        (sound,) = set_up.sound(follower.live.encounter)
    assert recording.earlier_ms == 0
    assert not (noise.places(sound) >= 0).any()


def test_an_armed_meter_that_is_let_go_keeps_nothing(tmp_path: Path) -> None:
    with stage(tmp_path):
        meter = LevelMeter("mic", EARLIER_S)
        meter.start()
        until(meter.latest, "the meter hears something")
        meter.stop()
        assert not list((tmp_path / "library").rglob("*.flac"))


def test_a_meter_that_is_gone_does_not_keep_anybody_from_recording(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        meter = LevelMeter("mic", EARLIER_S)
        meter.start()
        until(meter.latest, "the meter hears something")
        assert meter._process is not None
        meter._process.kill()
        meter._process.wait()
        follower = set_up.record(RecordOptions(meter=meter))
        follower.stop()
        (recording,) = set_up.desk.store.case_file(set_up.case).recordings
    assert recording.earlier_ms == 0
    assert recording.samples


def test_without_earlier_seconds_the_recording_begins_at_the_click(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        noise = Noise(tmp_path / "noise.wav", 12)
        meter = LevelMeter("mic")
        meter.start()
        player = subprocess.Popen(["paplay", "--device=micbus", str(noise.path)], env=set_up.server.env)
        until(lambda: (meter.latest() or Level()).peak > 100, "the meter hears the noise")
        heard_from = time.monotonic()
        time.sleep(2)
        clicked = time.monotonic()
        live = RecordEncounter.begin(
            set_up.desk, Mode.VISIT, "mic", set_up.case, options=RecordOptions(meter=meter)
        )
        follower = Follower(live)
        time.sleep(1)
        follower.stop()
        player.kill()
        player.wait()
        (recording,) = set_up.desk.store.case_file(set_up.case).recordings
        sound = set_up.sound(live.encounter)
    places = noise.places(sound[0])
    assert recording.earlier_ms == 0
    begins_s = int(places[places >= 0][0]) / 48_000
    # How late it begins is measured by benchmarks/click; here only that it does not begin long before.
    assert begins_s > clicked - heard_from - 0.45
    assert noise.missing_s(sound) == 0
