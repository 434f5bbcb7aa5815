"""Sound that never arrived is found by counting; sound that only came late is not called missing."""

from __future__ import annotations

import random

from evidencedesk.capture.gap_watch import Gap, GapWatch
from evidencedesk.domain.pulse import WarningCode

RATE_HZ = 48_000
BLOCK = 4800
MS = 1_000_000


class Stream:
    """A microphone whose blocks can be late or lost."""

    def __init__(self, ppm: int = 0) -> None:
        self.watch = GapWatch(RATE_HZ)
        self.time_ms = 5_000.0
        self.frames = 0
        self.gaps: list[Gap] = []
        self._step_ms = 100 * (1 + ppm / 1_000_000)

    def run(self, seconds: float, late_ms: float = 0.0, jitter: random.Random | None = None) -> None:
        """Blocks arrive; each may be late, none is lost."""
        for _ in range(int(seconds * 10)):
            self.time_ms += self._step_ms
            self.frames += BLOCK
            late = late_ms + (jitter.uniform(0, 40) if jitter else 0)
            gap = self.watch.block(self.frames, int((self.time_ms + late) * MS))
            if gap is not None:
                self.gaps.append(gap)


def test_a_steady_stream_with_jitter_has_no_gap() -> None:
    stream = Stream()
    stream.run(120, jitter=random.Random(1))
    assert stream.gaps == []


def test_a_sound_card_that_runs_slow_or_fast_has_no_gap() -> None:
    for ppm in (-400, 400):
        stream = Stream(ppm)
        stream.run(3600)
        assert stream.gaps == [], ppm


def test_lost_sound_is_one_gap_with_its_place_and_length() -> None:
    stream = Stream()
    stream.run(10)
    stream.time_ms += 4000
    stream.run(10)
    assert stream.gaps == [Gap(WarningCode.STALLED, 10 * RATE_HZ, 4000)]


def test_sound_lost_without_a_pause_is_an_overflow() -> None:
    stream = Stream()
    stream.run(10)
    stream.time_ms += 350
    stream.run(10)
    (gap,) = stream.gaps
    assert gap.cause is WarningCode.OVERFLOW
    assert abs(gap.length_ms - 350) <= 10


def test_blocks_that_come_late_but_all_come_are_no_gap() -> None:
    stream = Stream()
    stream.run(10)
    stream.run(1.5, late_ms=3000)  # the sound server was frozen, and then gave everything it had
    stream.run(10)
    assert stream.gaps == []


def test_each_of_two_gaps_is_said() -> None:
    stream = Stream()
    for _ in range(2):
        stream.run(10)
        stream.time_ms += 1000
    stream.run(10)
    assert [gap.length_ms for gap in stream.gaps] == [1000, 1000]


def test_a_first_block_that_came_very_late_hides_no_later_gap() -> None:
    stream = Stream()
    stream.run(0.1, late_ms=1100)
    stream.run(10)
    stream.time_ms += 1000
    stream.run(5)
    assert [gap.length_ms for gap in stream.gaps] == [1000]
