"""The other side of a call is heard from another loudspeaker: headphones are plugged in during the call."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from chaos.stage import Follower, Noise, Stage, stage
from evidencedesk.domain.case import Leg, Mode, Recording
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.workflows.record_encounter import RecordOptions

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")
HEADPHONES = ("sink_name=phones", "rate=44100", "channels=2", "format=s16le", "norewinds=1")


def plug_headphones_in(set_up: Stage) -> str:
    """A second loudspeaker, which the system uses from now on; what unloads it again."""
    described = "sink_properties=device.description=Headphones"
    module = set_up.server.ask("load-module", "module-null-sink", *HEADPHONES, described).stdout.decode()
    assert set_up.server.ask("set-default-sink", "phones").returncode == 0
    return module.strip()


def play(set_up: Stage, noise: Noise, sink: str) -> None:
    """Play a noise to its end."""
    # At the rate of the loudspeaker, whatever the file says: every sample arrives as it is.
    rate = "44100" if sink == "phones" else "48000"
    raw = noise.path.with_suffix(".raw")
    raw.write_bytes(np.repeat(noise.samples, 2).astype("<i2").tobytes())
    words = [
        "paplay",
        "--raw",
        f"--rate={rate}",
        "--channels=2",
        "--format=s16le",
        f"--device={sink}",
        str(raw),
    ]
    subprocess.run(words, env=set_up.server.env, check=True, timeout=30)


def far_records(follower: Follower) -> bool:
    far = follower.live.far
    return far is not None and far.saved_samples > 0


def far_device(follower: Follower) -> str:
    far = follower.live.far
    return "" if far is None or not far.parts else far.parts[-1].device


def far_parts(set_up: Stage) -> list[Recording]:
    return [one for one in set_up.desk.store.case_file(set_up.case).recordings if one.leg is Leg.FAR]


def heard_s(noise: Noise, sound: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> float:
    """How much of a noise is in a sound, by its windows."""
    return np.count_nonzero(noise.places(sound) >= 0) / len(noise.samples)


def test_the_recording_goes_along_to_the_headphones_in_a_new_part(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        before, after = Noise(tmp_path / "before.wav", 2, seed=1), Noise(tmp_path / "after.wav", 3, seed=2)
        call = set_up.record(RecordOptions(far_source="default"), Mode.CALL)
        call.until(lambda: far_records(call), "the other side is recorded")
        play(set_up, before, "spk")
        plug_headphones_in(set_up)
        call.noticed(WarningCode.OUTPUT_CHANGED)
        call.noticed(WarningCode.DEVICE_CHANGED)
        call.until(lambda: far_records(call), "the headphones are recorded")
        play(set_up, after, "phones")
        call.stop()
        parts = far_parts(set_up)
        first, second = set_up.sound(call.live.encounter, "far")
        gaps = set_up.desk.store.case_file(set_up.case).gaps
    assert [(one.part, one.device) for one in parts] == [
        (1, "Monitor of Speakers"),
        (2, "Monitor of Headphones"),
    ]
    assert heard_s(before, first) > 0.99
    assert heard_s(after, second) > 0.99
    assert not (after.places(first) >= 0).any()
    assert not (before.places(second) >= 0).any()
    # The old loudspeaker was recorded until the new one gave sound: nothing lies between them.
    assert gaps == ()
    assert abs(parts[0].begins_ms + (parts[0].duration_ms or 0) - parts[1].begins_ms) < 1000


def test_headphones_that_are_pulled_out_again_lead_back_to_the_loudspeaker(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        noise = Noise(tmp_path / "noise.wav", 3)
        call = set_up.record(RecordOptions(far_source="default"), Mode.CALL)
        call.until(lambda: far_records(call), "the other side is recorded")
        headphones = plug_headphones_in(set_up)
        call.until(lambda: far_device(call) == "Monitor of Headphones", "the headphones are recorded")
        set_up.server.ask("unload-module", headphones)
        call.until(lambda: far_device(call) == "Monitor of Speakers", "the loudspeaker is recorded again")
        call.until(lambda: far_records(call), "its sound is saved")
        play(set_up, noise, "spk")
        call.stop()
        parts = far_parts(set_up)
        sounds = set_up.sound(call.live.encounter, "far")
    assert [one.device for one in parts] == [
        "Monitor of Speakers",
        "Monitor of Headphones",
        "Monitor of Speakers",
    ]
    assert heard_s(noise, sounds[-1]) > 0.99


def test_a_loudspeaker_that_was_chosen_by_name_is_kept_and_the_change_is_said(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        call = set_up.record(RecordOptions(far_source="spk.monitor"), Mode.CALL)
        call.until(lambda: far_records(call), "the other side is recorded")
        plug_headphones_in(set_up)
        call.noticed(WarningCode.OUTPUT_CHANGED)
        call.stop()
        assert WarningCode.DEVICE_CHANGED not in call.codes()
        assert [one.device for one in far_parts(set_up)] == ["Monitor of Speakers"]


def test_another_loudspeaker_that_the_system_does_not_use_is_no_news(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        call = set_up.record(RecordOptions(far_source="default"), Mode.CALL)
        call.until(lambda: far_records(call), "the other side is recorded")
        set_up.server.ask("load-module", "module-null-sink", *HEADPHONES)
        set_up.server.ask("set-source-mute", "mic", "1")
        call.noticed(WarningCode.MUTED)  # what came later is noticed: so was what came before
        call.stop()
        assert WarningCode.OUTPUT_CHANGED not in call.codes()
        assert len(far_parts(set_up)) == 1
