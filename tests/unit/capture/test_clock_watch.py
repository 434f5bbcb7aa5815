"""Set clocks, other time zones and sleep are told apart; a clock that is only led slowly is no news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evidencedesk.capture.clock_watch import ClockNews, ClockWatch
from evidencedesk.domain.moment import Moment, format_utc
from evidencedesk.domain.pulse import WarningCode

BEGAN = datetime(2026, 3, 28, 23, 59, 30, tzinfo=UTC)
BOOT = "9e3f0c1e-4f0f-4b56-9df1-0d6f8a7a1f53"
MS = 1_000_000


class Computer:
    """A computer whose three clocks a test can move."""

    def __init__(self) -> None:
        self.watch = ClockWatch()
        self.wall_ms = 0.0
        self.mono_ms = 55_000.0
        self.asleep_ms = 12_000.0
        self.offset_minutes = 60
        self.news: list[ClockNews] = []
        self.look()

    def look(self) -> None:
        now = Moment(
            format_utc(BEGAN + timedelta(milliseconds=self.wall_ms)),
            self.offset_minutes,
            BOOT,
            round(self.mono_ms * MS),
        )
        self.news += self.watch.look(now, round((self.mono_ms + self.asleep_ms) * MS))

    def run(self, seconds: int, wall_ppm: float = 0.0) -> None:
        """Time passes, with a look each second."""
        for _ in range(seconds):
            self.mono_ms += 1000
            self.wall_ms += 1000 * (1 + wall_ppm / 1_000_000)
            self.look()

    def sleep(self, milliseconds: float) -> None:
        """The steady clock stands still; the wall clock goes on."""
        self.asleep_ms += milliseconds
        self.wall_ms += milliseconds


def test_the_first_look_has_nothing_to_compare_with() -> None:
    assert Computer().news == []


@pytest.mark.parametrize("ppm", [500.0, -500.0, 0.0])
def test_a_clock_that_network_time_leads_for_an_hour_is_no_news(ppm: float) -> None:
    computer = Computer()
    computer.run(3600, wall_ppm=ppm)
    assert computer.news == []


@pytest.mark.parametrize("by_ms", [60, -60, 3_600_000, -3_600_000])
def test_a_clock_that_was_set_is_told_once_and_with_its_sign(by_ms: int) -> None:
    computer = Computer()
    computer.run(5)
    computer.wall_ms += by_ms
    computer.run(5)
    assert computer.news == [ClockNews(WarningCode.CLOCK_JUMPED, by_ms)]


@pytest.mark.parametrize("by_ms", [40, -40])
def test_a_step_as_small_as_reading_the_clocks_takes_is_no_news(by_ms: int) -> None:
    computer = Computer()
    computer.wall_ms += by_ms
    computer.run(5)
    assert computer.news == []


def test_a_clock_set_forth_and_back_is_told_twice() -> None:
    computer = Computer()
    for by_ms in (5000, -5000):
        computer.wall_ms += by_ms
        computer.run(3)
    assert [news.by_ms for news in computer.news] == [5000, -5000]


def test_looks_that_did_not_come_for_minutes_excuse_no_jump_but_slow_leading() -> None:
    led, jumped = Computer(), Computer()
    for computer, by_ms in ((led, 150), (jumped, 2000)):
        computer.mono_ms += 300_000
        computer.wall_ms += 300_000 + by_ms
        computer.look()
    assert led.news == []
    assert jumped.news == [ClockNews(WarningCode.CLOCK_JUMPED, 2000)]


@pytest.mark.parametrize(("before", "after"), [(60, 120), (120, 60), (480, -300)])
def test_summer_time_and_journeys_change_the_zone_and_not_the_clock(before: int, after: int) -> None:
    computer = Computer()
    computer.offset_minutes = before
    computer.look()
    computer.news.clear()
    computer.run(3)
    computer.offset_minutes = after
    computer.run(3)
    assert computer.news == [ClockNews(WarningCode.ZONE_CHANGED, (after - before) * 60_000)]


@pytest.mark.parametrize("milliseconds", [150, 7_000, 8 * 3_600_000])
def test_sleep_is_told_with_its_length_and_is_no_jump(milliseconds: int) -> None:
    computer = Computer()
    computer.run(3)
    computer.sleep(milliseconds)
    computer.run(3)
    assert computer.news == [ClockNews(WarningCode.SLEPT, milliseconds)]


@pytest.mark.parametrize("milliseconds", [20, 60, 95])
def test_sleep_too_short_to_be_told_is_no_jump_either(milliseconds: int) -> None:
    computer = Computer()
    computer.sleep(milliseconds)
    computer.run(3)
    assert computer.news == []


@pytest.mark.parametrize("by_ms", [-2500, 2500])
def test_a_clock_that_was_set_at_waking_is_told_beside_the_sleep(by_ms: int) -> None:
    computer = Computer()
    computer.sleep(600_000)
    computer.wall_ms += by_ms
    computer.run(3)
    assert computer.news == [
        ClockNews(WarningCode.SLEPT, 600_000),
        ClockNews(WarningCode.CLOCK_JUMPED, by_ms),
    ]


def test_everything_at_once_is_told_each_for_itself() -> None:
    computer = Computer()
    computer.sleep(3_000)
    computer.wall_ms -= 1_000
    computer.offset_minutes += 60
    computer.run(1)
    assert {news.code: news.by_ms for news in computer.news} == {
        WarningCode.SLEPT: 3_000,
        WarningCode.CLOCK_JUMPED: -1_000,
        WarningCode.ZONE_CHANGED: 3_600_000,
    }


def test_a_recorder_that_was_held_up_for_a_while_brings_no_news() -> None:
    computer = Computer()
    computer.mono_ms += 30_000
    computer.wall_ms += 30_000
    computer.run(3)
    assert computer.news == []
