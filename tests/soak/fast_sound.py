"""A day of sound in minutes: a source, a recorder and a clock that go as fast as the recorder can."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta

import numpy as np

from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.source import BLOCK_S, Block, OnBlock, OnEnd, SourceFacts
from evidencedesk.capture.source_keeper import Heard
from evidencedesk.domain.moment import Clock, Moment, format_utc, parse_utc
from evidencedesk.domain.pulse import RecordingPlan, StopReason
from evidencedesk.system.clock import SystemClock

RATE_HZ = 48_000
_FRAMES = int(RATE_HZ * BLOCK_S)
_PATTERNS = 61  # a prime: no part repeats another
# A recorder on a real device is hardly ever further behind than this either.
_MOST_AHEAD = 2


class SoundClock(Clock):
    """Its time is the sound's: a second has passed when a second was given."""

    def __init__(self) -> None:
        self._start = SystemClock().now()
        self._began = parse_utc(self._start.utc)
        self.frames = 0

    def now(self) -> Moment:
        start, frames = self._start, self.frames  # once: both clocks tell of the same instant
        utc = format_utc(self._began + timedelta(microseconds=frames * 1_000_000 // RATE_HZ))
        mono_ns = start.mono_ns + frames * 1_000_000_000 // RATE_HZ
        return Moment(utc, start.offset_minutes, start.boot, mono_ns)

    def boottime_ns(self) -> int:
        return self._start.mono_ns + self.frames * 1_000_000_000 // RATE_HZ


class FastSource:
    """Gives so many seconds of a tone whose every block differs, and never waits but for the recorder."""

    def __init__(self, seconds: float, clock: SoundClock) -> None:
        self.facts = SourceFacts("a day of sound", "soak", RATE_HZ, 1, simulated=True, finite=True)
        self.taken = threading.Semaphore(_MOST_AHEAD)
        self.frames = round(seconds / BLOCK_S) * _FRAMES
        self.sha256 = ""
        self._clock = clock
        self._stopped = threading.Event()
        at = np.arange(_FRAMES) / RATE_HZ
        noise = np.random.default_rng(7).integers(-20, 20, size=(_PATTERNS, _FRAMES))
        self._patterns = (3000 * np.sin(2 * np.pi * 310 * at) + noise).astype(np.int16)

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        threading.Thread(target=self._give, args=(on_block, on_end), name="fast-sound", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self.taken.release()

    def _give(self, on_block: OnBlock, on_end: OnEnd) -> None:
        digest = hashlib.sha256()
        for number in range(self.frames // _FRAMES):
            block = self._patterns[number % _PATTERNS].copy()
            # Below half of full scale: the loudest sample must not pass for a clipped one.
            block[:2] = (number & 0x3FFF, number >> 14)
            pcm = block.tobytes()
            digest.update(pcm)
            self.taken.acquire()
            if self._stopped.is_set():
                return
            self._clock.frames += _FRAMES
            on_block(Block(pcm, _FRAMES, self._clock.boottime_ns()))
        self.sha256 = digest.hexdigest()
        on_end(StopReason.SOURCE_ENDED)


class FastRecorder(LocalRecorder):
    """A recorder on such a source."""

    def __init__(self, plan: RecordingPlan, clock: Clock, source: FastSource) -> None:
        super().__init__(plan, clock, source)
        self._fast = source

    def _hear(self, heard: Heard) -> None:
        super()._hear(heard)
        self._fast.taken.release()
