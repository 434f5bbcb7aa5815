"""What became of a file that somebody wanted in a case."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import TakenIn


@dataclass(frozen=True, slots=True)
class Taken:
    """A file of the case; ``already`` when it stood there before, byte by byte the same."""

    kept: TakenIn
    already: bool = False
