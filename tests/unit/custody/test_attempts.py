"""Wrong passphrases make the next try wait, longer each time, and a new start does not help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidencedesk.custody.attempts import ATTEMPTS_FILE, Attempts
from evidencedesk.domain.moment import Moment, format_utc


class Watch:
    """A wall clock that is set by hand."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)

    def now(self) -> Moment:
        return Moment(format_utc(self.instant), 480, "boot", 0)

    def boottime_ns(self) -> int:
        return 0

    def pass_s(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_the_first_try_is_free_and_each_wrong_one_doubles_the_wait(tmp_path: Path, watch: Watch) -> None:
    attempts = Attempts(tmp_path, watch)
    assert attempts.wait_s() == 0
    waits = []
    for _ in range(9):
        attempts.begin()
        waits.append(attempts.wait_s())
        watch.pass_s(waits[-1])
        assert attempts.wait_s() == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_slow_try_shortens_no_wait(tmp_path: Path, watch: Watch) -> None:
    attempts = Attempts(tmp_path, watch)
    attempts.begin()
    watch.pass_s(5)
    attempts.was_wrong()
    assert attempts.wait_s() == 1


def test_starting_again_forgets_nothing(tmp_path: Path, watch: Watch) -> None:
    attempts = Attempts(tmp_path, watch)
    for _ in range(4):
        attempts.begin()
    watch.pass_s(3)
    assert Attempts(tmp_path, watch).wait_s() == 5


def test_the_right_passphrase_ends_all_waiting(tmp_path: Path, watch: Watch) -> None:
    attempts = Attempts(tmp_path, watch)
    attempts.begin()
    attempts.was_right()
    assert attempts.wait_s() == 0
    assert Attempts(tmp_path, watch).wait_s() == 0
    assert not (tmp_path / ATTEMPTS_FILE).exists()


@pytest.mark.parametrize("days", [-400, -1, 400])
def test_a_clock_that_was_set_neither_shortens_the_wait_nor_makes_it_last(
    tmp_path: Path, watch: Watch, days: int
) -> None:
    attempts = Attempts(tmp_path, watch)
    attempts.begin()
    attempts.begin()
    watch.pass_s(days * 86_400)
    assert attempts.wait_s() == (2 if days < 0 else 0)


@pytest.mark.parametrize(
    "content", ["", "{", '{"times": "x", "utc": ""}', '{"times": 3, "utc": "today"}', "[]"]
)
def test_a_damaged_file_keeps_nobody_out(tmp_path: Path, watch: Watch, content: str) -> None:
    (tmp_path / ATTEMPTS_FILE).write_text(content)
    assert Attempts(tmp_path, watch).wait_s() == 0


def test_a_disk_that_takes_nothing_still_makes_wait(tmp_path: Path, watch: Watch) -> None:
    attempts = Attempts(tmp_path / "gone", watch)
    attempts.begin()
    assert attempts.wait_s() == 1
