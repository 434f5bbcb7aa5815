"""The copy for listening of a real call: both sides in their ears, at their time, named as a copy."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from chaos.stage import RATE_HZ, stage
from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.case import Mode
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.record_encounter import RecordOptions
from evidencedesk.workflows.verify_folder import verify

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


def test_both_sides_are_heard_in_one_file_that_says_what_it_is_made_from(tmp_path: Path) -> None:
    tone = (8000 * np.sin(np.arange(RATE_HZ) * 2 * np.pi * 440 / RATE_HZ)).astype(np.int16)
    sf.write(tmp_path / "tone.wav", tone, RATE_HZ, subtype="PCM_16")
    with stage(tmp_path) as set_up:
        call = set_up.record(RecordOptions(far_source="default"), Mode.CALL)
        players = [
            subprocess.Popen(
                ["paplay", f"--device={sink}", str(tmp_path / "tone.wav")], env=set_up.server.env
            )
            for sink in ("micbus", "spk")
        ]
        for player in players:
            player.wait(20)
        time.sleep(0.5)
        call.stop()
        words = Words("en", resource("locale"))
        folder = export_case(set_up.desk, set_up.case, tmp_path / "out", words).path
        recordings = set_up.desk.store.case_file(set_up.case).recordings
    (copy,) = json.loads((folder / "data/listening/copies.json").read_text("utf-8"))["copies"]
    sound = folder / "data/listening" / copy["file"]
    assert hash_file(sound)[0] == copy["sha256"]
    assert [one["recording"] for one in copy["made_from"]] == [one.id for one in recordings]
    heard, rate_hz = sf.read(sound)
    assert heard.shape[1] == 2
    left, right = (np.flatnonzero(np.abs(heard[:, ear]) > 0.05) for ear in (0, 1))
    # Both players were started together: what the copy adds to that stays small.
    assert abs(int(left[0]) - int(right[0])) < 0.3 * rate_hz
    assert abs(len(left) - len(right)) < 0.05 * len(left)
    assert verify(folder).faults == ()
    page = (folder / "START-HERE.html").read_text("utf-8")
    assert f"data/listening/{copy['file']}" in page
    assert "A copy for listening" in page
