"""How long can still be recorded."""

from __future__ import annotations

from evidencedesk.ui.words import UiWords

_USUAL_RATE_HZ = 48_000
_BYTES_PER_SAMPLE = 2
_KEPT_FREE = 200_000_000  # the recorder stops before the disk is full to the brim


def minutes_left(free_bytes: int, near: tuple[int, int] = (0, 0), far: tuple[int, int] = (0, 0)) -> int:
    """Minutes of sound that fit for certain: counted as if nothing could be compressed.

    ``near`` and ``far`` are rate and channels of each leg; of the far one 0 means that there is none.
    """
    samples_per_s = (near[0] or _USUAL_RATE_HZ) * (near[1] or 1) + far[0] * far[1]
    per_minute = samples_per_s * _BYTES_PER_SAMPLE * 60
    return max(0, free_bytes - _KEPT_FREE) // per_minute


def room_text(words: UiWords, minutes: int) -> str:
    """The same in words: hours while there are some, else minutes."""
    if minutes >= 120:
        return words.plural("room for {n} more hour", "room for {n} more hours", minutes // 60)
    return words.plural("room for {n} more minute", "room for {n} more minutes", minutes)
