"""Times and lengths as phones and people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from evidencedesk.intake.found import Trouble
from evidencedesk.intake.times import place, read_length, read_time

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-20 21:03", "2026-11-20T21:03:00"),
        ("2026-11-20 21:03:12.345", "2026-11-20T21:03:12"),
        ("2026/11/2 9:03:12", "2026-11-02T09:03:12"),
        ("2026.11.20 21:03", "2026-11-20T21:03:00"),
        ("2026年11月20日 21时03分12秒", "2026-11-20T21:03:12"),
        ("2026年11月20日 星期五 下午9:03", "2026-11-20T21:03:00"),
        ("2026-11-20（周五）上午12:03", "2026-11-20T00:03:00"),
        ("2026-11-20 中午12:03", "2026-11-20T12:03:00"),
        ("2026-11-20 中午1:03", "2026-11-20T13:03:00"),
        ("２０２６－１１－２０ ２１：０３", "2026-11-20T21:03:00"),
        ("Nov 20, 2026 9:03:12 PM", "2026-11-20T21:03:12"),
        ("Friday, November 20, 2026, 9:03 p.m.", "2026-11-20T21:03:00"),
        ("20 Nov 2026 12:03 AM", "2026-11-20T00:03:00"),
        ("20/11/2026 21:03", "2026-11-20T21:03:00"),
        ("11/20/2026 21:03", "2026-11-20T21:03:00"),
        ("20261120210312", "2026-11-20T21:03:12"),
        ("2026-11-20T21:03:12Z", "2026-11-20T21:03:12+00:00"),
        ("2026-11-20T21:03:12+08:00", "2026-11-20T21:03:12+08:00"),
        ("1795179812000", "2026-11-20T13:03:32+00:00"),
        ("1795179812", "2026-11-20T13:03:32+00:00"),
    ],
)
def test_a_time_is_read_in_every_usual_form(written: str, expected: str) -> None:
    found = read_time(written)
    assert found.value == datetime.fromisoformat(expected)
    assert found.trouble is None


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        ("", Trouble.NO_TIME),
        ("yesterday", Trouble.TIME_UNREADABLE),
        ("21:03", Trouble.TIME_UNREADABLE),
        ("2026-11-20", Trouble.TIME_UNREADABLE),
        ("2026-02-30 10:00", Trouble.TIME_UNREADABLE),
        ("2026-11-20 25:00", Trouble.TIME_UNREADABLE),
        ("2026-11-20 晚上12:00", Trouble.TIME_UNREADABLE),
        ("2026-11-20 21:03 CST", Trouble.TIME_UNREADABLE),
        ("1026-11-20 21:03", Trouble.TIME_UNREADABLE),
        ("9999999999", Trouble.TIME_UNREADABLE),
        ("03/04/2026 21:03", Trouble.DAY_OR_MONTH),
    ],
)
def test_what_could_be_several_times_or_none_is_not_guessed(written: str, trouble: Trouble) -> None:
    found = read_time(written)
    assert (found.value, found.trouble) == (None, trouble)


@pytest.mark.parametrize(
    ("wall", "utc", "offset", "trouble"),
    [
        ("2026-03-29T01:59:59", "2026-03-29T00:59:59.000000Z", 60, None),
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00.000000Z", 120, Trouble.TIME_SKIPPED),
        ("2026-03-29T03:00:00", "2026-03-29T01:00:00.000000Z", 120, None),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00.000000Z", 120, Trouble.TIME_TWICE),
        ("2026-10-25T03:00:00", "2026-10-25T02:00:00.000000Z", 60, None),
    ],
)
def test_a_clock_that_was_put_forward_or_back_is_told(
    wall: str, utc: str, offset: int, trouble: Trouble | None
) -> None:
    placed = place(datetime.fromisoformat(wall), BERLIN)
    assert (placed.utc, placed.offset_minutes, placed.trouble) == (utc, offset, trouble)


def test_an_instant_is_shown_in_the_local_time_of_the_place() -> None:
    placed = place(datetime(2026, 7, 1, 12, tzinfo=UTC), BERLIN)
    assert (placed.utc, placed.offset_minutes) == ("2026-07-01T12:00:00.000000Z", 120)


def test_without_a_zone_the_system_s_is_taken() -> None:
    wall = datetime.fromisoformat("2026-07-01T12:00:00")
    offset = wall.astimezone().utcoffset()
    assert offset is not None
    assert place(wall, None).offset_minutes == offset.total_seconds() // 60


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("12", 12),
        ("12.6", 12),
        ("00:12", 12),
        ("1:02:03", 3723),
        ("12秒", 12),
        ("1分20秒", 80),
        ("1小时2分3秒", 3723),
        ("3分钟", 180),
        ("1 min 20 s", 80),
        ("1h 2m 3s", 3723),
        ("12 seconds", 12),
        ("1'20\"", 80),
        ("", None),
        ("long", None),
        ("-12", None),
        ("999999999", None),
    ],
)
def test_a_length_is_read_in_every_usual_form(written: str, seconds: int | None) -> None:
    assert read_length(written) == seconds
