"""What a rule is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from evidencedesk.domain.case import CaseFile, Verdict
from evidencedesk.guidance.approaches import Approach, incoming


@dataclass(frozen=True, slots=True)
class Matter:
    """A case seen by one rule of a pack with the pack's parameters."""

    case_file: CaseFile
    approaches: tuple[Approach, ...]
    pack: str
    parameters: Mapping[str, str]

    def number(self, name: str) -> int:
        """A parameter that is a whole number."""
        return int(self.parameters[name])

    def incoming(self) -> Iterator[Approach]:
        """The approaches of the other side."""
        return incoming(self.approaches)


@dataclass(frozen=True, slots=True)
class Result:
    """One answer, with what was found."""

    verdict: Verdict
    subject: str
    facts: Mapping[str, str] = field(default_factory=dict)
    encounter: str | None = None


Rule = Callable[[Matter], Iterable[Result]]


def kept_if(kept: bool) -> Verdict:  # noqa: FBT001 - reads as a sentence: kept_if(count <= limit)
    """KEPT or BREACHED."""
    return Verdict.KEPT if kept else Verdict.BREACHED


def day_text(moment: datetime) -> str:
    """``2026-11-25``."""
    return moment.date().isoformat()


def clock_time(moment: datetime) -> str:
    """``21:00:01``."""
    return moment.time().isoformat("seconds")
