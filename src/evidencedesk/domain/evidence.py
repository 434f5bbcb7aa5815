"""What the user picked for the evidence list, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.moment import Moment


class Paper(StrEnum):
    """What an export makes itself and an evidence list can name."""

    CONTACTS = "contacts"
    STEPS = "steps"
    DEBT = "debt"
    REPORT = "report"
    TRANSCRIPT = "transcript"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class EvidenceChoice:
    """One line of the list.

    ``id`` is that of a recording or of a file taken in, or the name of a ``Paper``. ``group`` is the heading
    it stands under; a heading counts where it first appears. ``proves`` is the user's own wording, empty for
    the program's.
    """

    id: str
    group: str
    proves: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The list as last arranged. What is not in it is handed over without a number."""

    items: tuple[EvidenceChoice, ...]
    moment: Moment


def by_heading(choices: Iterable[EvidenceChoice]) -> tuple[tuple[str, tuple[EvidenceChoice, ...]], ...]:
    """The lines under their headings; a heading counts where it first appears, a line only once."""
    groups: dict[str, dict[str, EvidenceChoice]] = {}
    seen: set[str] = set()
    for choice in choices:
        if choice.id not in seen:
            seen.add(choice.id)
            groups.setdefault(choice.group, {})[choice.id] = choice
    return tuple((title, tuple(lines.values())) for title, lines in groups.items())
