"""Faults of the disk: noticed, survived, and what is lost is written down."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chaos.disk_faults import disk_fills_with_second_copy, library_disk_turns_read_only
from chaos.faults import DISK_FAULTS, Fault
from chaos.stage import NotHereError, stage
from fakes.vaults import require_nothing_readable

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


@pytest.mark.parametrize("fault", DISK_FAULTS, ids=lambda fault: fault.__name__)
def test_the_recording_survives(fault: Fault, tmp_path: Path) -> None:
    with stage(tmp_path, short=True) as set_up:
        try:
            outcome = fault(set_up)
        except NotHereError as reason:
            pytest.skip(str(reason))
    assert outcome.good, outcome


@pytest.mark.parametrize(
    "fault", [disk_fills_with_second_copy, library_disk_turns_read_only], ids=lambda fault: fault.__name__
)
def test_the_recording_survives_in_a_locked_library(fault: Fault, tmp_path: Path) -> None:
    with stage(tmp_path, short=True, vault=True) as set_up:
        try:
            outcome = fault(set_up)
        except NotHereError as reason:
            pytest.skip(str(reason))
    assert outcome.good, outcome
    require_nothing_readable(tmp_path / "usb")
