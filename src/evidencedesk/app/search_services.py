"""The workflows that the pages ask for about search."""

from __future__ import annotations

from collections.abc import Iterable

from evidencedesk.domain.search import SearchAnswer, SearchKind
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.search_library import search_library


class SearchOnDesk:
    """Everything about search, on one desk."""

    _desk: Desk

    def search(self, query: str, case: str | None, kinds: Iterable[SearchKind], limit: int) -> SearchAnswer:
        """Find what holds all words, in one case or in all."""
        return search_library(self._desk, query, case, kinds, limit)
