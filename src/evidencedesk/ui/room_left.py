"""How long can still be recorded."""

from __future__ import annotations

from evidencedesk.ui.words import UiWords

_USUAL_RATE_HZ = 48_000
_BYTES_PER_SAMPLE = 2
_KEPT_FREE = 200_000_000  # the recorder stops before the disk is full to the brim


def minutes_left(free_bytes: int, rate_hz: int = 0, channels: int = 0) -> int:
    """Minutes of sound that fit for certain: counted as if nothing could be compressed."""
    per_minute = (rate_hz or _USUAL_RATE_HZ) * (channels or 1) * _BYTES_PER_SAMPLE * 60
    return max(0, free_bytes - _KEPT_FREE) // per_minute


def room_text(words: UiWords, minutes: int) -> str:
    """The same in words: hours while there are some, else minutes."""
    if minutes >= 120:
        return words.plural("room for {n} more hour", "room for {n} more hours", minutes // 60)
    return words.plural("room for {n} more minute", "room for {n} more minutes", minutes)
