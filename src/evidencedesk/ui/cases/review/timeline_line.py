"""One line of a case's timeline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.moment import Moment, clock_text


class Tone(StrEnum):
    """How a line should look; the words say the same."""

    GOOD = "good"
    BAD = "bad"
    CAUTION = "caution"
    PLAIN = "plain"


class Kind(StrEnum):
    """What a line is about."""

    TICK = "tick"
    NOTE = "note"
    SOUND = "sound"
    FILE = "file"
    STAMP = "stamp"
    CONTACT = "contact"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline, ready to be shown; ``automatic`` where nobody wrote it."""

    kind: Kind
    id: str
    moment: Moment
    encounter: str | None
    recording: str | None
    at_ms: int | None
    text: str
    source: str = ""
    verdict: str = ""
    tone: Tone = Tone.PLAIN
    earlier: tuple[str, ...] = ()
    withdrawn: bool = False
    automatic: bool = False

    @property
    def clock(self) -> str:
        """Local time of day, as it was where it happened."""
        return f"{self.moment.local:%H:%M:%S}"

    @property
    def position(self) -> str:
        """Where in the sound; empty without one."""
        return "" if self.at_ms is None else clock_text(self.at_ms)
