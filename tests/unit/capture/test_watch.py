"""Warnings are said when something begins to be wrong, and again only after it was right."""

from __future__ import annotations

import pytest

from evidencedesk.capture.watch import LOW_DISK_BYTES, Watch
from evidencedesk.domain.pulse import WarningCode

RATE_HZ = 8000


def block(watch: Watch, at_s: float, **facts: object) -> list[WarningCode]:
    values = {"peak": 100, "all_zero": False, "overflow": False} | facts
    return watch.block(
        800,
        int(str(values["peak"])),
        at_s,
        all_zero=bool(values["all_zero"]),
        overflow=bool(values["overflow"]),
    )


def test_a_very_quiet_room_is_not_silence() -> None:
    watch = Watch(RATE_HZ)
    assert not any(block(watch, n / 10, peak=0) for n in range(100)), "a peak below 1/1000 rounds to 0"


def test_silence_is_said_again_after_there_was_sound() -> None:
    watch = Watch(RATE_HZ)
    for _ in range(2):
        said = [code for n in range(60) for code in block(watch, n / 10, peak=0, all_zero=True)]
        assert said == [WarningCode.SILENT]
        assert block(watch, 0.0) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"peak": 999}, WarningCode.CLIPPED), ({"overflow": True}, WarningCode.OVERFLOW)],
)
def test_what_happens_in_every_block_is_said_every_ten_seconds(
    facts: dict[str, object], code: WarningCode
) -> None:
    watch = Watch(RATE_HZ)
    said = [(n / 10, one) for n in range(250) for one in block(watch, n / 10, **facts)]
    assert said == [(0.0, code), (10.0, code), (20.0, code)]


def test_a_stall_is_said_once_until_sound_comes_again() -> None:
    watch = Watch(RATE_HZ)
    assert watch.quiet_for(0.4) == []
    assert watch.quiet_for(0.6) == [WarningCode.STALLED]
    assert watch.quiet_for(0.7) == []
    block(watch, 1.0)
    assert watch.quiet_for(0.6) == [WarningCode.STALLED]


def test_a_queue_that_grows_is_said_once_until_it_is_empty_again() -> None:
    watch = Watch(RATE_HZ)
    assert watch.waiting(50) == []
    assert watch.waiting(51) == [WarningCode.BEHIND]
    assert watch.waiting(90) == []
    assert watch.waiting(30) == []
    assert watch.waiting(60) == []
    assert watch.waiting(0) == []
    assert watch.waiting(60) == [WarningCode.BEHIND]


def test_a_disk_that_gets_full_is_said_once_until_there_is_room() -> None:
    watch = Watch(RATE_HZ)
    assert watch.disk(LOW_DISK_BYTES) == []
    assert watch.disk(LOW_DISK_BYTES - 1) == [WarningCode.DISK_NEARLY_FULL]
    assert watch.disk(1) == []
    assert watch.disk(LOW_DISK_BYTES) == []
    assert watch.disk(1) == [WarningCode.DISK_NEARLY_FULL]
