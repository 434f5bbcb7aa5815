"""What three seconds of level tell."""

from __future__ import annotations

import math

import pytest

from evidencedesk.ui.record.hearing import Outcome, far_is_heard, judge

_TENTHS = 30


def speech(loudest: int) -> list[int]:
    """Syllables and pauses, four a second."""
    return [round(loudest * (0.03 + 0.97 * abs(math.sin(tenth * 1.3)) ** 2)) for tenth in range(_TENTHS)]


def hum(loudness: int) -> list[int]:
    """A fan: never twice the same, never much different."""
    return [round(loudness * (1 + 0.2 * math.sin(tenth * 2.1))) for tenth in range(_TENTHS)]


@pytest.mark.parametrize(
    ("levels", "outcome"),
    [
        (speech(300), Outcome.FINE),
        (speech(60), Outcome.FINE),
        (speech(20), Outcome.QUIET),
        (hum(4), Outcome.QUIET),
        (hum(80), Outcome.NOISE),
        (hum(500), Outcome.NOISE),
        ([1000, 995, *speech(900), 1000], Outcome.LOUD),
        ([1000, *speech(300)], Outcome.FINE),  # a single knock on the table
        ([0] * _TENTHS, Outcome.NOTHING),
        ([0, 1] * 15, Outcome.NOTHING),
        ([], Outcome.NO_SOUND),
        ([200] * 5, Outcome.NO_SOUND),
    ],
)
def test_a_test_is_judged_by_loudness_and_by_what_only_a_voice_does(
    levels: list[int], outcome: Outcome
) -> None:
    assert judge(levels) is outcome


def test_what_the_computer_plays_is_heard_however_softly() -> None:
    assert far_is_heard(6)
    assert not far_is_heard(0)
    assert not far_is_heard(None)
