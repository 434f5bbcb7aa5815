"""Which lines of a timeline are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.ui.cases.review.timeline_line import Kind, Line, Tone


class Group(StrEnum):
    """What people look for."""

    BREACHES = "breaches"
    MARKS = "marks"
    NOTES = "notes"
    FAULTS = "faults"
    CONTACTS = "contacts"


class Origin(StrEnum):
    """Who wrote a line."""

    ANYONE = "anyone"
    PROGRAM = "program"
    USER = "user"


_KINDS: dict[Group, frozenset[Kind]] = {
    Group.MARKS: frozenset({Kind.TICK}),
    Group.NOTES: frozenset({Kind.NOTE}),
    Group.CONTACTS: frozenset({Kind.CONTACT, Kind.STEP}),
}


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Lines of any of the groups, all of them for none, by one origin, with all the words."""

    groups: frozenset[Group] = frozenset()
    origin: Origin = Origin.ANYONE
    text: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != LineFilter()

    def of(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """The lines that are shown."""
        words = self.text.casefold().split()
        return tuple(line for line in lines if self._passes(line, words))

    def _passes(self, line: Line, words: list[str]) -> bool:
        if self.groups and not any(_belongs(line, group) for group in self.groups):
            return False
        if self.origin is not Origin.ANYONE and line.automatic != (self.origin is Origin.PROGRAM):
            return False
        if not words:
            return True
        said = "\n".join((line.text, line.source, line.verdict, *line.earlier)).casefold()
        return all(word in said for word in words)


def _belongs(line: Line, group: Group) -> bool:
    if group is Group.BREACHES:
        return line.kind is Kind.TICK and line.tone is Tone.BAD
    if group is Group.FAULTS:
        return line.kind is Kind.SOUND and line.tone is not Tone.PLAIN
    return line.kind in _KINDS[group]
