"""Clocks that are set, change their zone or sleep: said at once, and no sound is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chaos.clock_faults import CLOCK_FAULTS
from chaos.stage import Outcome, Stage, stage

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


@pytest.mark.parametrize("fault", CLOCK_FAULTS, ids=lambda fault: fault.__name__)
def test_the_recording_survives(fault: Callable[[Stage], Outcome], tmp_path: Path) -> None:
    with stage(tmp_path, short=True) as set_up:
        outcome = fault(set_up)
    assert outcome.good, outcome
