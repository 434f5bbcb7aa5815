"""Ask the search index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, text

from evidencedesk.domain.search import NAMES, SearchAnswer, SearchHit, SearchKind
from evidencedesk.domain.search_text import body_of, match_of, query_words, snippet_of
from evidencedesk.store.rows import case_of
from evidencedesk.store.search_index import case_token, found_in, kind_token
from evidencedesk.store.tables import cases, search_texts

# Hits beyond these are counted, but not put in order: nobody reads so many.
_RANKED = 1000
MOST_HITS = 500


@dataclass(frozen=True, slots=True)
class SearchWish:
    """What to look for: all words of the query, in any order.

    ``case`` and ``kinds`` narrow the search; no kinds means all of them.
    """

    query: str
    case: str | None = None
    kinds: frozenset[SearchKind] = frozenset()
    limit: int = 50


def read_hits(connection: Connection, wish: SearchWish) -> SearchAnswer:
    """The hits, best first: names of cases and people, then everything else; the newest first in both.

    A text is as good a hit as another when it holds all the words, so there is nothing finer to weigh: a note
    that says 转账 twice is worth no more. What happened last is what people look for most.
    """
    words = query_words(wish.query)
    if not words:
        return SearchAnswer(wish.query)
    values: dict[str, Any] = {}
    matches, conditions = [], []
    for number, word in enumerate(words):
        match, exact = match_of(word)
        if match:
            matches.append(f"grams : {match}")
        if not exact:
            conditions.append(f"instr(t.body, :w{number}) > 0")
            values[f"w{number}"] = body_of(word)
    if wish.case is not None:
        matches.append(f"place : {case_token(wish.case)}")
    if wish.kinds:
        kinds = " OR ".join(kind_token(kind) for kind in sorted(wish.kinds))
        matches.append(f"place : ({kinds})")
    if matches:
        values["match"] = " AND ".join(matches)
        conditions.insert(0, "search_grams MATCH :match")
    return _answer(connection, wish, words, " AND ".join(conditions), values)


def _answer(
    connection: Connection, wish: SearchWish, words: tuple[str, ...], where: str, values: dict[str, Any]
) -> SearchAnswer:
    # CROSS: the index first, whatever SQLite's planner thinks. Without words for it, all texts are read.
    grams = "search_grams CROSS JOIN search_texts t ON t.docid = search_grams.rowid"
    source = grams if "match" in values else "search_texts t"
    only_index = where == "search_grams MATCH :match"
    number = "search_grams.rowid" if "match" in values else "t.docid"
    columns = f"{number} AS docid, t.kind, t.utc"
    best = f"SELECT {columns} FROM {source} WHERE {where} ORDER BY 1 DESC LIMIT {_RANKED}"  # noqa: S608
    found = _run(connection, best, values)
    count = len(found)
    if count == _RANKED:
        counted = f"SELECT count(*) FROM {'search_grams' if only_index else source} WHERE {where}"  # noqa: S608
        count = _run(connection, counted, values)[0][0]
    # Numbers follow the order of writing; what was written down later may have happened before.
    found.sort(key=lambda row: (row.utc, row.docid), reverse=True)
    found.sort(key=lambda row: SearchKind(row.kind) not in NAMES)
    shown = [row.docid for row in found[: max(0, min(wish.limit, MOST_HITS))]]
    texts = select(search_texts).where(search_texts.c.docid.in_(shown))
    whole = {row.docid: row for row in connection.execute(texts)}
    named = select(cases).where(cases.c.id.in_({row.case_id for row in whole.values()}))
    case = {row.id: case_of(row) for row in connection.execute(named)}
    hits = (whole[docid] for docid in shown)
    return SearchAnswer(
        wish.query,
        count,
        tuple(SearchHit(found_in(row), case[row.case_id], snippet_of(row.text, words)) for row in hits),
    )


def _run(connection: Connection, query: str, values: dict[str, Any]) -> list[Row[Any]]:
    return list(connection.execute(text(query), values))
