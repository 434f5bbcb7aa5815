"""What every source of sound looks like to the recorder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from evidencedesk.domain.pulse import StopReason

BLOCK_S = 0.1


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a source is: its own rate and channels, never converted."""

    device: str
    source: str
    rate_hz: int
    channels: int
    simulated: bool
    # What the sound server calls our stream, where there is one: two streams must be told apart.
    stream: str = ""
    # A loopback may send nothing while nothing is played: then no sound means no fault.
    pauses: bool = False
    # A file has an end, which is the end of its recording; a device that ends is looked for again.
    finite: bool = False


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source the user may choose. ``name`` is stable; ``label`` is for people."""

    name: str
    label: str
    rate_hz: int
    channels: int
    is_default: bool
    is_monitor: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of sound: interleaved little-endian int16, stamped when its last frame arrived."""

    pcm: bytes
    frames: int
    mono_ns: int
    overflow: bool = False


OnBlock = Callable[[Block], None]
OnEnd = Callable[[StopReason], None]


class AudioSource(Protocol):
    """Something that delivers blocks until it is stopped or ends by itself."""

    @property
    def facts(self) -> SourceFacts:
        """What it is, known before it starts."""
        ...

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Begin. Both callables run on a thread of the source and must return at once."""
        ...

    def stop(self) -> None:
        """End. May hang for ever when a sound server is frozen: never call it on a GUI thread."""
        ...
