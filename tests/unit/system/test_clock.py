from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidencedesk.domain.moment import parse_utc
from evidencedesk.system.clock import SystemClock


def test_a_moment_says_the_time_of_the_wall_clock() -> None:
    before = datetime.fromtimestamp(time.time(), UTC)
    moment = SystemClock().now()
    assert abs(parse_utc(moment.utc) - before) < timedelta(seconds=5)


def test_the_steady_clock_never_goes_back() -> None:
    clock = SystemClock()
    moments = [clock.now().mono_ns for _ in range(50)]
    assert moments == sorted(moments)
    assert clock.boottime_ns() <= clock.boottime_ns()


@pytest.mark.parametrize(
    ("zone", "minutes"), [("CST-8", 480), ("UTC0", 0), ("IST-5:30", 330), ("NST3:30", -210)]
)
def test_the_offset_is_that_of_the_local_time(
    zone: str, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert SystemClock().now().offset_minutes == minutes
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_boot_is_named_by_the_system(tmp_path: Path) -> None:
    named = tmp_path / "boot_id"
    named.write_text("1b9f350b-f67d-4f00-ae82-707928b48a82\n")
    assert SystemClock(named).now().boot == "1b9f350b-f67d-4f00-ae82-707928b48a82"


@pytest.mark.parametrize("content", [None, b"", b"not a boot id", b"\xff\xfe"])
def test_without_a_name_each_process_counts_as_its_own_boot(tmp_path: Path, content: bytes | None) -> None:
    named = tmp_path / "boot_id"
    if content is not None:
        named.write_bytes(content)
    first, second = SystemClock(named), SystemClock(named)
    assert first.now().boot == first.now().boot
    assert first.now().boot != second.now().boot
    assert re.fullmatch(r"[0-9a-f-]{36}", first.now().boot)
