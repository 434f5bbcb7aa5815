"""Recording errors on demand, for developers: what devices, disks and clocks do, without breaking one.

``EVIDENCEDESK_SIMULATE_FAULT=device-lost@3,silent@8+4`` means: three seconds after the start the device goes
away, five seconds later it gives nothing but zeros for four. Nothing in the window leads here, and what is
recorded so is marked as simulated like a sound played from a file, with the faults beside the device's name.
A recorder that takes the place of one that was lost has no faults of its own.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from evidencedesk.capture.devices import open_source
from evidencedesk.capture.part import Part
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.source import AudioSource, Block, OnBlock, OnEnd
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.moment import Clock, Moment, format_utc, parse_utc
from evidencedesk.domain.pulse import RecordingPlan, StopReason
from evidencedesk.system.lock import FolderLock

VARIABLE = "EVIDENCEDESK_SIMULATE_FAULT"
_USUAL_LENGTH_S = 3.0
_JUMP = timedelta(hours=-1)
_FAULT = re.compile(r"([a-z-]+)@(\d+(?:\.\d+)?)(?:\+(\d+(?:\.\d+)?))?", re.ASCII)


class FaultName(StrEnum):
    """What can be asked for."""

    DEVICE_LOST = "device-lost"
    STALLED = "stalled"
    SILENT = "silent"
    DISK_FULL = "disk-full"
    DISK_ERROR = "disk-error"
    CLOCK_JUMP = "clock-jump"
    RECORDER_KILLED = "recorder-killed"
    RECORDER_FROZEN = "recorder-frozen"


_SIGNALS: Mapping[FaultName, str] = {
    FaultName.RECORDER_KILLED: "SIGKILL",
    FaultName.RECORDER_FROZEN: "SIGSTOP",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, from ``at_s`` seconds after the start on, for ``length_s``."""

    name: FaultName
    at_s: float
    length_s: float = _USUAL_LENGTH_S


def read_faults(text: str) -> tuple[Fault, ...]:
    """Read ``NAME@SECOND[+LENGTH],…``. Raises ValueError."""
    faults = []
    for word in filter(None, (part.strip() for part in text.split(","))):
        match = _FAULT.fullmatch(word)
        if match is None:
            raise ValueError(f"{VARIABLE}: not NAME@SECOND[+LENGTH]: {word}")
        name, at_s, length_s = match.groups()
        faults.append(Fault(FaultName(name), float(at_s), float(length_s or _USUAL_LENGTH_S)))
    return tuple(faults)


def local_recorder(
    plan: RecordingPlan, clock: Clock, source: AudioSource | None = None, lock: FolderLock | None = None
) -> LocalRecorder:
    """Make the recorder for a plan; one whose source, clock and disk fail if the environment asks for it."""
    text = os.environ.get(VARIABLE, "")
    faults = read_faults(text)
    if not faults:
        return LocalRecorder(plan, clock, source, lock)
    timeline = _Timeline(faults if plan.part == 1 else (), text)

    def open_faulty(name: str) -> AudioSource:
        if timeline.on(FaultName.DEVICE_LOST):
            raise MachineFailure(Code.NO_MICROPHONE)
        return _FaultySource(open_source(name), timeline)

    return LocalRecorder(
        plan,
        _FaultyClock(clock, timeline),
        None if source is None else _FaultySource(source, timeline),
        lock,
        opener=open_faulty,
        part_type=_faulty_part(timeline),
    )


class _Timeline:
    """Which fault is on at the moment."""

    def __init__(self, faults: tuple[Fault, ...], text: str) -> None:
        self.text = text
        self._faults = faults
        self._began_s: float | None = None

    def begin(self) -> None:
        """The first stream starts: count from here."""
        if self._began_s is not None:
            return
        self._began_s = time.monotonic()
        for fault in self._faults:
            number = getattr(signal, _SIGNALS.get(fault.name, ""), None)
            if number is not None:
                timer = threading.Timer(fault.at_s, os.kill, (os.getpid(), number))
                timer.daemon = True
                timer.start()

    def on(self, name: FaultName) -> bool:
        """Whether a fault of this name is on."""
        if self._began_s is None:
            return False
        at_s = time.monotonic() - self._began_s
        return any(
            fault.name is name and fault.at_s <= at_s < fault.at_s + fault.length_s for fault in self._faults
        )

    def after(self, name: FaultName) -> bool:
        """Whether a fault of this name has begun, however long ago."""
        if self._began_s is None:
            return False
        at_s = time.monotonic() - self._began_s
        return any(fault.name is name and fault.at_s <= at_s for fault in self._faults)


def _faulty_part(timeline: _Timeline) -> type[Part]:
    """Parts whose first copy's disk is full, or fails, when the timeline says so."""

    class FaultyPart(Part):
        def take(self, pcm: bytes, frames: int, mono_ns: int) -> None:
            if timeline.after(FaultName.DISK_ERROR) and not self.alone:
                detail = os.strerror(errno.EIO)
                self._go_on_alone(MachineFailure(Code.INPUT_OUTPUT, path=str(self.folder), detail=detail))
            super().take(pcm, frames, mono_ns)

        def room(self) -> int | None:
            return 0 if timeline.after(FaultName.DISK_FULL) and not self.alone else super().room()

    return FaultyPart


class _FaultyClock(Clock):
    """The real clocks, the wall clock an hour behind once it has jumped."""

    def __init__(self, clock: Clock, timeline: _Timeline) -> None:
        self._clock = clock
        self._timeline = timeline

    def now(self) -> Moment:
        """Read all clocks."""
        now = self._clock.now()
        if not self._timeline.after(FaultName.CLOCK_JUMP):
            return now
        return replace(now, utc=format_utc(parse_utc(now.utc) + _JUMP))

    def boottime_ns(self) -> int:
        """Nanoseconds since boot."""
        return self._clock.boottime_ns()


class _FaultySource:
    """A source that goes away, stands still or falls silent when the timeline says so."""

    def __init__(self, source: AudioSource, timeline: _Timeline) -> None:
        self._source = source
        self._timeline = timeline
        device = f"{source.facts.device} ({timeline.text})"
        self.facts = replace(source.facts, device=device, simulated=True)
        self._held: list[Block] = []
        self._gone = False

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Begin; what is held back while it stands still comes afterwards, all at once."""

        def hear(block: Block) -> None:
            if self._gone:
                return
            if self._timeline.on(FaultName.DEVICE_LOST):
                self._gone = True
                on_end(StopReason.DEVICE_LOST)
                return
            if self._timeline.on(FaultName.STALLED):
                self._held.append(block)
                return
            if self._timeline.on(FaultName.SILENT):
                block = replace(block, pcm=bytes(len(block.pcm)))
            held, self._held = self._held, []
            for late in held:
                on_block(replace(late, mono_ns=block.mono_ns))
            on_block(block)

        self._source.start(hear, on_end)
        self._timeline.begin()

    def stop(self) -> None:
        """End."""
        self._source.stop()
