"""What a lost recorder could not write down is reckoned from the parts around it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.domain.case import Gap, Leg, Recording, RecordingState
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import StopReason, WarningCode
from evidencedesk.workflows.lost_time import lost_time

NOW = Moment("2026-11-23T14:05:09.000000Z", 480, "boot", 1)
FIRST = Recording(
    "r-1",
    "c-1",
    "e-1",
    RecordingState.RECOVERED,
    NOW,
    "Mic",
    1000,
    1,
    simulated=False,
    file="x",
    samples=4000,
)
SECOND = replace(FIRST, id="r-2", state=RecordingState.STOPPED, part=2, begins_ms=10_000)


def gap(cause: WarningCode, length_ms: int, recording: str = "r-1") -> Gap:
    return Gap("c-1", recording, 1000, length_ms, cause.value, NOW)


def lengths(first: Recording, second: Recording, gaps: list[Gap] | None = None) -> list[int | None]:
    return [found.length_ms for found in lost_time([second, first], gaps or [])]


def test_the_time_between_two_parts_is_lost_behind_the_first() -> None:
    (found,) = lost_time([SECOND, FIRST], [])
    assert (found.recording, found.at_ms, found.length_ms) == ("r-1", 4000, 6000)


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ([gap(WarningCode.STALLED, 2000)], [4000]),
        ([gap(WarningCode.STALLED, 2000, "r-2")], [6000]),
        ([gap(WarningCode.SLEPT, 2000)], [6000]),  # the steady clock slept, too
        ([gap(WarningCode.RECORDER_LOST, 6000)], []),  # told before
    ],
)
def test_what_is_told_already_is_not_told_again(told: list[Gap], missing: list[int]) -> None:
    assert lengths(FIRST, SECOND, told) == missing


def test_a_part_with_a_proper_end_was_followed_by_the_same_recorder() -> None:
    assert lengths(replace(FIRST, state=RecordingState.STOPPED, reason="part-full"), SECOND) == []


def test_a_recorder_that_was_lost_before_its_first_sound_lost_all_of_it() -> None:
    nothing = StopReason.NOTHING_RECORDED.value
    first = replace(FIRST, state=RecordingState.STOPPED, reason=nothing, samples=0)
    assert lengths(first, SECOND) == [10_000]


def test_a_moment_is_no_gap_and_a_running_part_has_no_end() -> None:
    assert lengths(FIRST, replace(SECOND, begins_ms=4099)) == []
    assert lengths(replace(FIRST, state=RecordingState.RUNNING, samples=None), SECOND) == []


def test_the_other_leg_of_a_call_does_not_follow_this_one() -> None:
    assert lengths(FIRST, replace(SECOND, leg=Leg.FAR)) == []


def test_a_recorder_that_took_its_time_to_start_lost_that_too() -> None:
    late = replace(SECOND, started=replace(NOW, mono_ns=NOW.mono_ns + 10_400_000_000))
    assert lengths(FIRST, late) == [6400]
    assert lengths(replace(FIRST, earlier_ms=500), late) == [6900]
    other_boot = replace(late, started=replace(late.started, boot="after"))
    assert lengths(FIRST, other_boot) == [6000], "no common clock: what was planned counts"
