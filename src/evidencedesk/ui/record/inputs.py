"""An input to choose on the record page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Input:
    """A microphone to choose."""

    name: str
    label: str
    rate_hz: int = 0
    channels: int = 0


def input_text(one: Input) -> str:
    """A microphone's name with its rate: ``Built-in (48 kHz)``."""
    if not one.rate_hz:
        return one.label
    return f"{one.label} ({one.rate_hz / 1000:g} kHz)"
