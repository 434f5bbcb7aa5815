"""Due dates as START-HERE.html and the report show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidencedesk.domain.due_date import DueDate, as_of
from evidencedesk.domain.moment import Moment
from evidencedesk.wording.judgements import deadline_text
from evidencedesk.wording.language import Words


@dataclass(frozen=True, slots=True)
class DueView:
    """A day by which something is due: ``day`` alone, for days that are left would be wrong tomorrow."""

    day: str
    what: str
    began: str
    note: str
    source: str


def due_views(words: Words, due: Iterable[DueDate], exported: Moment) -> tuple[DueView, ...]:
    """Of each deadline the first day that is not over on the day of the export."""
    today = exported.local.date()
    told = []
    for one in as_of(due, today).next:
        said = deadline_text(words, one, today)
        told.append(DueView(one.due.isoformat(), said.headline, said.began, said.note, said.source))
    return tuple(told)


def due_notice(words: Words) -> str:
    """What such days are worth."""
    return words.text(
        "Computed by the program from the records above and the rules in use; not legal advice. Of each "
        "deadline the first day that was not over at the export is shown."
    )
