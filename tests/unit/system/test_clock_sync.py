"""Whether the clock is kept by network time is asked of the kernel, and nothing it answers is an error."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

import pytest

from evidencedesk.system.clock_sync import ClockSync, ClockSyncState, clock_sync

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked")

UNKNOWN = ClockSync(ClockSyncState.UNKNOWN, None)


class Kernel:
    """The C library with a kernel behind it that answers as told."""

    def __init__(self, answer: int, status: int = 0, max_error_us: int = 0) -> None:
        self.asked_to_change: list[int] = []
        self._answer, self._status, self._max_error_us = answer, status, max_error_us

    def ntp_adjtime(self, reference: Any) -> int:
        state = reference._obj
        self.asked_to_change.append(state.modes)
        state.status, state.maxerror = self._status, self._max_error_us
        return self._answer


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Put something else in the C library's place."""

    def put(library: object) -> None:
        monkeypatch.setattr(ctypes, "CDLL", lambda *_names, **_options: library)

    return put


def test_the_real_kernel_answers_one_of_the_three() -> None:
    kept = clock_sync()
    assert kept.state in ClockSyncState
    if kept.state is ClockSyncState.SYNCHRONISED:
        assert kept.max_error_us is not None
        assert 0 <= kept.max_error_us <= 16_000_000  # what the kernel lets it grow to


def test_a_kept_clock_comes_with_its_greatest_error(behind: Callable[[object], None]) -> None:
    behind(Kernel(answer=0, status=0x2001, max_error_us=23_500))
    assert clock_sync() == ClockSync(ClockSyncState.SYNCHRONISED, 23_500)


def test_a_leap_second_ahead_is_a_kept_clock(behind: Callable[[object], None]) -> None:
    behind(Kernel(answer=1, status=0x0011, max_error_us=900))
    assert clock_sync().state is ClockSyncState.SYNCHRONISED


@pytest.mark.parametrize(("answer", "status"), [(5, 0x0040), (0, 0x0040), (5, 0x1000)])
def test_a_clock_nobody_keeps_has_no_greatest_error(
    behind: Callable[[object], None], answer: int, status: int
) -> None:
    behind(Kernel(answer, status, max_error_us=16_000_000))
    assert clock_sync() == ClockSync(ClockSyncState.UNSYNCHRONISED, None)


def test_a_refused_question_is_unknown(behind: Callable[[object], None]) -> None:
    behind(Kernel(answer=-1))
    assert clock_sync() == UNKNOWN


def test_a_c_library_without_the_question_is_unknown(behind: Callable[[object], None]) -> None:
    behind(object())
    assert clock_sync() == UNKNOWN


def test_other_systems_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", name)
        assert clock_sync() == UNKNOWN


def test_asking_changes_nothing(behind: Callable[[object], None]) -> None:
    kernel = Kernel(answer=0)
    behind(kernel)
    clock_sync()
    assert kernel.asked_to_change == [0]
