"""A recovery that is killed at any moment and done again gives the same result."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.domain.pulse import RecoveredSound
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, noise, plan_for, recover, until

RECOVER = """
import json, sys
from pathlib import Path
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.system.clock import SystemClock
print("go", flush=True)
if len(sys.argv) > 2:
    KEY_RING.hold_files(json.loads(sys.argv[2]))
    recover_recording(Path(sys.argv[1]), SystemClock(), bytes.fromhex(sys.argv[3]))
else:
    recover_recording(Path(sys.argv[1]), SystemClock())
"""


def crashed(library: Path, place: Path) -> Path:
    """A recording as a crash leaves it, long enough that recovering it takes a while."""
    played = noise(library / "played.wav", 60.0, 48_000)[:, 0]
    source = CommandedSource(48_000)
    plan = plan_for(library, "commanded")
    recorder = LocalRecorder(plan, SystemClock(), source)
    recorder.start()
    for start in range(0, len(played), 48_000):
        source.give(played[start : start + 48_000])
    until(lambda: recorder.status().saved_samples > len(played) - 5000, "it is saved")
    shutil.copytree(plan.folder, place)
    recorder.kill()
    assert recorder.wait(20)
    return place


def test_kills_during_recovery_change_nothing(tmp_path: Path, either_library: bytes | None) -> None:
    left = crashed(tmp_path, tmp_path / "crashed")
    found = hashlib.sha256((left / "audio.flac").read_bytes()).hexdigest()
    whole = shutil.copytree(left, tmp_path / "whole")
    began = time.monotonic()
    expected = recover(whole)
    lasts_s = time.monotonic() - began
    assert isinstance(expected, RecoveredSound)
    assert expected.agrees_with_pulses
    generator = random.Random(5)
    for number in range(6):
        place = shutil.copytree(left, tmp_path / f"killed-{number}")
        command = [sys.executable, "-c", RECOVER, str(place)]
        if either_library is not None:
            secrets = KEY_RING.secrets_of([place / "audio.flac", place / "pulse.jsonl"])
            command += [json.dumps(secrets), either_library.hex()]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(generator.uniform(0, lasts_s))  # a random moment is what is being tested
            process.kill()
        again = recover(place)
        assert isinstance(again, RecoveredSound)
        assert dataclasses.asdict(again) == dataclasses.asdict(expected)
        assert hashlib.sha256((place / "audio.flac").read_bytes()).hexdigest() == found
        assert not (place / "audio.recovered.flac.partial").exists()
