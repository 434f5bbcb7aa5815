"""A recording that a program is asked to write down, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.errors import Known


class Stage(StrEnum):
    """Where such a piece of work stands."""

    WAITING = "waiting"
    LISTENING = "listening"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Transcription:
    """One recording or imported sound in the queue; ``number`` counts the wishes."""

    number: int
    case: str
    recording: str
    stage: Stage = Stage.WAITING
    heard_ms: int = 0
    whole_ms: int = 0
    sentences: int = 0
    left_out: int = 0
    problem: Known | None = None

    @property
    def unfinished(self) -> bool:
        """Whether something is still to come of it."""
        return self.stage in (Stage.WAITING, Stage.LISTENING)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What can be said of the chosen model before it is used; ``problem`` where it can't be used."""

    path: str = ""
    name: str = ""
    multilingual: bool = True
    problem: Known | None = None
