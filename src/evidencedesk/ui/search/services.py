"""What the search page asks of the workflows; tests bring their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from evidencedesk.domain.search import SearchAnswer, SearchKind


class SearchServices(Protocol):
    """What the search page needs. Called on a thread of its own."""

    def search(self, query: str, case: str | None, kinds: Iterable[SearchKind], limit: int) -> SearchAnswer:
        """Find what holds all words, in one case or in all."""
        ...
