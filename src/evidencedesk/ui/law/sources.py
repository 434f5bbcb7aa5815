"""How sources are named wherever a rule is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from evidencedesk.wording.language import Words
from evidencedesk.wording.reported import must_say_reported

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.domain.rules import Source


def sources_line(words: Words, sources: Iterable[Source]) -> str:
    """Name every source with its place, and say which is only known from reports."""
    said = []
    for source in sources:
        where = f"{source.document.in_language(words.language)} {source.place.in_language(words.language)}"
        if must_say_reported(source):
            where = words.text("{source} (as reported, not read in the original)", source=where)
        said.append(where)
    return words.text("Source: {sources}", sources=" · ".join(said))
