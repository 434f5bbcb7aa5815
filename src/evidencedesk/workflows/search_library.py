"""Find what was written down, in one case or in all."""

from __future__ import annotations

from collections.abc import Iterable

from evidencedesk.domain.search import SearchAnswer, SearchKind
from evidencedesk.store.search_rows import SearchWish
from evidencedesk.workflows.desk import Desk

HITS_SHOWN = 50


def search_library(
    desk: Desk,
    query: str,
    case: str | None = None,
    kinds: Iterable[SearchKind] = (),
    limit: int = HITS_SHOWN,
) -> SearchAnswer:
    """Everything that holds all words of ``query``, the best first; any text may be asked for.

    ``case`` is a case's name or the beginning of it. Raises UNKNOWN_CASE, AMBIGUOUS_CASE.
    """
    case_id = None if case is None else desk.store.find_case(case).id
    return desk.store.search(SearchWish(query, case_id, frozenset(kinds), limit))
