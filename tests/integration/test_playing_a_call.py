"""Both sides of a real call stand in the player where they were heard."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from chaos.stage import RATE_HZ, stage
from evidencedesk.capture.placed_sound import LINE_RATE_HZ, Piece, PlacedSound
from evidencedesk.domain.case import Mode
from evidencedesk.workflows.listening import ALIGNED_WITHIN_MS
from evidencedesk.workflows.play_encounter import playable_encounter
from evidencedesk.workflows.record_encounter import RecordOptions

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


def _begins_ms(pieces: tuple[Piece, ...], length: int) -> float:
    """Where a tone begins: the first of ten milliseconds that are as loud as half of the loudest."""
    sound = PlacedSound(pieces).read(0, length)
    step = LINE_RATE_HZ // 100
    loud = np.abs(sound[: len(sound) // step * step].reshape(-1, step)).max(axis=1)
    return float(np.argmax(loud > loud.max() / 2) * 10)


def test_what_was_said_at_one_time_is_heard_at_one_time(tmp_path: Path) -> None:
    at = np.arange(RATE_HZ)
    tone = np.concatenate([np.zeros(RATE_HZ // 2), 8000 * np.sin(at * 2 * np.pi * 440 / RATE_HZ)])
    sf.write(tmp_path / "tone.wav", tone.astype(np.int16), RATE_HZ, subtype="PCM_16")
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
        case_file = set_up.desk.store.case_file(set_up.case)
        (encounter,) = case_file.encounters
        playable = playable_encounter(set_up.desk, case_file, encounter.id)
    assert playable is not None
    assert playable.line.two_sides
    near, far = (
        _begins_ms(pieces, playable.plan.length) for pieces in (playable.plan.near, playable.plan.far)
    )
    assert near > 100
    # Two players started one after the other on a busy computer, and what the program promises itself.
    assert abs(near - far) < 250 + ALIGNED_WITHIN_MS
