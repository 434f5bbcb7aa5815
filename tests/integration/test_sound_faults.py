"""Faults of the sound server and the microphone: noticed, survived, and what is lost is written down."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chaos.faults import SOUND_FAULTS, Fault
from chaos.stage import stage

pytestmark = [
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed"),
]


@pytest.mark.parametrize("fault", SOUND_FAULTS, ids=lambda fault: fault.__name__)
def test_the_recording_survives(fault: Fault, tmp_path: Path) -> None:
    with stage(tmp_path, short=True) as set_up:
        outcome = fault(set_up)
    assert outcome.good, outcome
