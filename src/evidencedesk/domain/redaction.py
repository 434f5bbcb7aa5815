"""What is left out of a copy for showing around, and what its statement says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidencedesk.domain.moment import Moment

MARK = "REDACTED"
STATEMENT_FILE = "data/redaction.json"
CASE_FILE = f"data/case-{MARK}.json"
KIND = "redacted-copy"
MASK = "*"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Muted:
    """A stretch of a recording that is silence in the copy."""

    recording: str
    from_ms: int
    to_ms: int

    def samples(self, rate_hz: int) -> tuple[int, int]:
        """First sample, and the first one after it; never less than was asked for."""
        return self.from_ms * rate_hz // 1000, -(-self.to_ms * rate_hz // 1000)


@dataclass(frozen=True, slots=True)
class MadeCopy:
    """A redacted copy that the journal tells of: where, and how much is not in it."""

    moment: Moment
    folder: str
    notes: int
    collectors: int
    files: int
    muted: int
    contacts: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user wants left out, by id.

    Contacts and the user's own steps name numbers of other people: they are left out together, unless
    ``with_contacts`` asks for them. ID, bank card and phone numbers in notes are masked, unless
    ``with_numbers`` asks for them.
    """

    notes: frozenset[str] = frozenset()
    collectors: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    muted: tuple[Muted, ...] = ()
    with_contacts: bool = False
    with_numbers: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing was chosen by name; without contacts and numbers it is a copy of everything."""
        return not (self.notes or self.collectors or self.files or self.muted)


def joined(stretches: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same stretches in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(stretches):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)
