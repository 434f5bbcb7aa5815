"""Long work asks whether anything is being recorded, and rests until it has ended."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import soundfile as sf

from evidencedesk.domain.case import Mode
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter


def test_a_recording_of_any_case_counts_until_it_has_ended(tmp_path: Path) -> None:
    sound = tmp_path / "visit.wav"
    sf.write(sound, np.zeros((12_800, 1), dtype=np.int16), 8000, subtype="PCM_16")
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        case = open_case(desk, "来分期")
        assert not desk.store.is_recording()
        encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id, apart=False)
        assert desk.store.is_recording()
        while not encounter.finished:
            encounter.poll()
            time.sleep(0.02)
        assert not desk.store.is_recording()
