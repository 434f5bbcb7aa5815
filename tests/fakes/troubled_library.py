"""A library whose disk turns read-only, a clock in a hurry, and recordings made while no window ran."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import event

from evidencedesk.capture.part import Part
from evidencedesk.capture.source import SourceFacts
from evidencedesk.domain.case import Leg
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import PulseWarning, RecordingPlan
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import Desk

RATE_HZ = 8000


class HurriedClock(SystemClock):
    """The machine's clocks, with the steady one moved on by the test, or running ``times`` as fast."""

    def __init__(self, times: int = 1) -> None:
        super().__init__()
        self._times = times
        self._began_ns = super().now().mono_ns
        self._moved_ns = 0

    def move(self, seconds: float) -> None:
        """So much time passes at once."""
        self._moved_ns += int(seconds * 1_000_000_000)

    def now(self) -> Moment:
        """Read all clocks."""
        now = super().now()
        passed_ns = (now.mono_ns - self._began_ns) * self._times
        return replace(now, mono_ns=self._began_ns + passed_ns + self._moved_ns)

    def boottime_ns(self) -> int:
        """Nanoseconds since boot."""
        return self.now().mono_ns


@contextmanager
def refusing_writes(desk: Desk) -> Iterator[None]:
    """For the length of a ``with`` block the database says what it says on a read-only disk."""

    def refuse(connection: sqlite3.Connection, _record: Any, _proxy: Any) -> None:
        connection.execute("PRAGMA query_only = ON")

    def allow(connection: sqlite3.Connection, _record: Any, _proxy: Any) -> None:
        connection.execute("PRAGMA query_only = OFF")

    engine = desk.store._engine
    event.listen(engine, "checkout", refuse)
    try:
        yield
    finally:
        event.remove(engine, "checkout", refuse)
        event.listen(engine, "checkout", allow)


def part_on_disk(
    desk: Desk,
    case: str,
    encounter: str,
    *,
    number: int = 1,
    begins_ms: int = 0,
    leg: Leg = Leg.NEAR,
    noted: list[PulseWarning] | None = None,
) -> Part:
    """A part being recorded, in the library's folder; ``noted`` was told to nobody but its pulses."""
    recording = new_id(Kind.RECORDING)
    folder = desk.recording_folder(case, recording)
    folder.mkdir(parents=True)
    plan = RecordingPlan(
        case, encounter, recording, str(folder), "visit", "mic", "0", leg.value, number, begins_ms
    )
    source = SourceFacts("Mic", "mic", RATE_HZ, 1, simulated=False)
    return Part(plan, source, desk.clock, (noted if noted is not None else []).append)


def take_noise(part: Part, seconds: float) -> None:
    """Let a part take sound, up to a pulse."""
    samples = np.random.default_rng(4).integers(-9000, 9000, size=int(seconds * RATE_HZ), dtype=np.int16)
    part.take(samples.astype("<i2").tobytes(), len(samples), part.started.mono_ns)
    part.pulse(set(), awake=None)


def folder_of(part: Part) -> Path:
    """Where a part is written."""
    return Path(part.plan.folder)
