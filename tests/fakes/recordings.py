"""Sounds to record, plans for recorders, and sources that misbehave on command."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf

from evidencedesk.capture.file_source import FileSource
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.capture.source import Block, OnBlock, OnEnd, SourceFacts
from evidencedesk.custody.kept import open_kept
from evidencedesk.domain.pulse import RecorderStatus, RecordingPlan, RecoveredSound, SealedSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.vaults import seals_to

PATIENCE_S = 30.0
Samples = npt.NDArray[np.int16]


def noise(
    path: Path, seconds: float = 2.0, rate_hz: int = 16_000, channels: int = 1, seed: int = 1
) -> Samples:
    """Write a file of noise that no other seed gives; its samples are returned, one row a frame."""
    frames = int(seconds * rate_hz)
    samples = np.random.default_rng(seed).integers(-9000, 9000, size=(frames, channels), dtype=np.int16)
    sf.write(path, samples, rate_hz, subtype="PCM_16")
    return samples


def plan_for(library: Path, source: str, recording: str = "r-00000001") -> RecordingPlan:
    """A plan with its folder made, where a library would have it."""
    folder = library / "cases" / "c-00000001" / "recordings" / recording
    folder.mkdir(parents=True)
    plan = RecordingPlan("c-00000001", "e-00000001", recording, str(folder), "visit", source, "0.0.0")
    return replace(plan, sealed_to=(seals_to() or b"").hex())


def recover(folder: Path | str) -> RecoveredSound | SealedSound | None:
    """Finish what a crash left, as the library of this test would."""
    return recover_recording(Path(folder), SystemClock(), seals_to())


def heard(path: Path) -> Samples:
    """The samples of a file, sealed or not, one row a frame."""
    with open_kept(path) as file:
        samples: Samples = sf.read(file, dtype="int16", always_2d=True)[0]
    return samples


def record(library: Path, sound: Path, speed: float = 20.0) -> tuple[Path, RecorderStatus]:
    """Record a file to its end; the folder and the last status."""
    plan = plan_for(library, f"file:{sound}")
    recorder = LocalRecorder(plan, SystemClock(), FileSource(sound, speed))
    recorder.start()
    assert recorder.wait(PATIENCE_S)
    return Path(plan.folder), recorder.status()


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for something to become so."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"did not happen: {what}"
        time.sleep(0.01)


class CommandedSource:
    """A microphone that gives exactly the blocks a test hands it."""

    def __init__(self, rate_hz: int = 8000, *, hangs: bool = False) -> None:
        self.facts = SourceFacts("Commanded", "commanded", rate_hz, 1, simulated=False)
        self._hangs = hangs
        self._on_block: OnBlock | None = None
        self._on_end: OnEnd | None = None
        self.released = threading.Event()

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Take the recorder's two callables."""
        self._on_block, self._on_end = on_block, on_end

    @property
    def ready(self) -> bool:
        """Whether somebody listens."""
        return self._on_block is not None

    def stop(self) -> None:
        """Return at once, or hang until the test lets go, like a frozen sound server."""
        if self._hangs:
            self.released.wait(PATIENCE_S)

    def give(self, samples: Samples, *, overflow: bool = False) -> None:
        """One block."""
        assert self._on_block is not None
        pcm = samples.astype("<i2").tobytes()
        self._on_block(Block(pcm, len(samples), time.monotonic_ns(), overflow))

    def end(self, reason: StopReason) -> None:
        """The source ends by itself."""
        assert self._on_end is not None
        self._on_end(reason)
