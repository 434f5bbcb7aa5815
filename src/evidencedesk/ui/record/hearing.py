"""What the level of a microphone tells: a hint all the time, and a judgement after a test."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

LEVELS_PER_S = 10
REMEMBERED = 25  # levels of the hint: 2.5 seconds
_HEARD_PEAK = 20  # of 1000: -34 dB, a voice across the room
_NOISY_PEAK = 150  # never quieter than this for 2.5 seconds: a voice would have pauses
_NOTHING_PEAK = 1  # a muted input gives digital silence
_VOICE_PEAK = 30  # -30 dB: what somebody says into a microphone that is meant
_CLIPPED_PEAK = 990
_CLIPPED_TIMES = 3  # a single knock on the table is no reason to change anything
# Between syllables a voice falls by 10 dB and more within tenths of a second; a fan or hum never does.
_VOICE_SWING = 2.5
_FAR_PEAK = 5


class Hearing(StrEnum):
    """What the microphone heard in the last seconds."""

    UNKNOWN = "unknown"
    HEARD = "heard"
    QUIET = "quiet"
    NOTHING = "nothing"
    NOISY = "noisy"
    MUTED = "muted"


class Outcome(StrEnum):
    """What a test of the microphone found."""

    FINE = "fine"
    QUIET = "quiet"
    LOUD = "loud"
    NOISE = "noise"
    NOTHING = "nothing"
    MUTED = "muted"
    NO_SOUND = "no-sound"


def hint(levels: Sequence[int]) -> Hearing:
    """What is likely so, from the last peaks (0..1000, ten a second)."""
    if len(levels) == REMEMBERED and min(levels) >= _NOISY_PEAK:
        return Hearing.NOISY
    if levels and max(levels) >= _HEARD_PEAK:
        return Hearing.HEARD
    if len(levels) < REMEMBERED // 2:
        return Hearing.UNKNOWN
    return Hearing.NOTHING if max(levels) <= _NOTHING_PEAK else Hearing.QUIET


def judge(levels: Sequence[int]) -> Outcome:
    """What the peaks of a test say, during which somebody was asked to speak.

    Only the system can tell whether NOTHING is MUTED.
    """
    if len(levels) < LEVELS_PER_S:
        return Outcome.NO_SOUND
    ordered = sorted(levels)
    loud, soft = ordered[len(ordered) * 9 // 10], ordered[len(ordered) // 5]
    if ordered[-1] <= _NOTHING_PEAK:
        return Outcome.NOTHING
    if sum(level >= _CLIPPED_PEAK for level in levels) >= _CLIPPED_TIMES:
        return Outcome.LOUD
    if loud < _VOICE_PEAK:
        return Outcome.QUIET
    return Outcome.FINE if loud >= _VOICE_SWING * max(soft, 1) else Outcome.NOISE


def far_is_heard(peak: int | None) -> bool:
    """Whether the computer plays anything."""
    return peak is not None and peak >= _FAR_PEAK
