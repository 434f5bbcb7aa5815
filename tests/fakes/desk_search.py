"""Answers from memory about search."""

from __future__ import annotations

from collections.abc import Iterable

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Known
from evidencedesk.domain.search import SearchAnswer, SearchHit, SearchKind, findable_in
from evidencedesk.domain.search_text import contains, fold, query_words, snippet_of


class FakeSearch:
    """What the pages ask about search; ``asked`` keeps each question."""

    file: CaseFile
    search_refused: Known | None = None

    @property
    def asked(self) -> list[tuple[str, str | None, frozenset[SearchKind]]]:
        """The questions so far."""
        kept: list[tuple[str, str | None, frozenset[SearchKind]]] = self.__dict__.setdefault("_asked", [])
        return kept

    def search(self, query: str, case: str | None, kinds: Iterable[SearchKind], limit: int) -> SearchAnswer:
        """Read every text."""
        wanted = frozenset(kinds)
        self.asked.append((query, case, wanted))
        if self.search_refused is not None:
            raise self.search_refused
        words = query_words(query)
        found = [
            one
            for one in findable_in(self.file)
            if case in (None, one.case) and (not wanted or one.kind in wanted)
            if words and all(contains(fold(one.text), word) for word in words)
        ]
        hits = tuple(SearchHit(one, self.file.case, snippet_of(one.text, words)) for one in found[:limit])
        return SearchAnswer(query, len(found), hits)
