"""What recorded data call to mind about a rule, for the user to decide."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import Verdict


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Nothing is set by it: ``verdict`` is what the user's one touch would set.

    A ``prompt`` asks, or says what may be done now; otherwise the data speak for the verdict. ``facts`` are
    what it rests on, sorted by name.
    """

    pack: str
    item: str
    rule: str
    verdict: Verdict
    prompt: bool = False
    facts: tuple[tuple[str, str], ...] = ()
