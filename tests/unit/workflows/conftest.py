"""A real library in a temporary folder, and a short sound to record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.domain.case import Case
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import open_case


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "library", SystemClock()) as opened:
        yield opened


@pytest.fixture
def case(desk: Desk) -> Case:
    return open_case(desk, "来分期", "某某消费金融", "LFQ-2024-0831")


@pytest.fixture
def words() -> Words:
    return Words("zh", resource("locale"))


@pytest.fixture(scope="session")
def short_sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1.6 s of noise that no other file has."""
    path = tmp_path_factory.mktemp("sound") / "visit.wav"
    samples = np.random.default_rng(8).integers(-9000, 9000, size=(12_800, 1), dtype=np.int16)
    sf.write(path, samples, 8000, subtype="PCM_16")
    return path
