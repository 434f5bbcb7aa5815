"""Faults of the processes: noticed, survived, and what is lost is written down."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chaos.faults import PROCESS_FAULTS, Fault
from chaos.process_faults import nobody_there, recorder_killed
from chaos.stage import stage
from fakes.vaults import require_nothing_readable

pytestmark = [
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed"),
]


@pytest.mark.parametrize("fault", PROCESS_FAULTS, ids=lambda fault: fault.__name__)
def test_the_recording_survives(fault: Fault, tmp_path: Path) -> None:
    with stage(tmp_path, short=True) as set_up:
        outcome = fault(set_up)
    assert outcome.good, outcome


@pytest.mark.parametrize("fault", [recorder_killed, nobody_there], ids=lambda fault: fault.__name__)
def test_the_recording_survives_in_a_locked_library(fault: Fault, tmp_path: Path) -> None:
    with stage(tmp_path, short=True, vault=True) as set_up:
        outcome = fault(set_up)
    assert outcome.good, outcome
    require_nothing_readable(tmp_path / "library" / "cases")
