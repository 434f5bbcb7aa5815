"""A large library: search, against reading every text with LIKE; then its start, beside an empty one's.

Both ways of searching look for the same words in the same database, in turn; the figures of search
include the snippets. The start is that of ``benchmarks.library_size``.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import library_size
from benchmarks.common import Goal, Outcome, Setting, run, spread

from evidencedesk import __version__
from evidencedesk.domain.event import EventType
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.store.search_rows import SearchWish
from evidencedesk.system.clock import SystemClock

_GOAL_MS = 50.0
_GOAL_RATIO = 1.0
_QUERIES = ("张伟", "法院", "转账", "微信转账", "的", "逾期3天", "app", "张伟 转账", "1380013", "不存在的话")
_COMMON = (
    "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
)
_LATIN = ("APP", "WeChat", "LFQ-2024", "transfer", "OK")


def main() -> int:
    """Make a library, then ask both ways."""
    return run(__doc__ or "", "rounds (full 9, short 3)", _measure)


def many_cases(folder: Path, cases: int, notes: int) -> None:
    """A library with cases of some notes each, like the ones people write."""
    dice = random.Random(6)  # noqa: S311 - the same texts in each run
    store = LibraryStore.open(folder, SystemClock(), __version__)
    for number in range(cases):
        case = f"c-{number:08}"
        opened: dict[str, Any] = {
            "title": f"来分期 {number}",
            "creditor": "某某消费金融",
            "contract": f"LFQ-{number}",
        }
        told: list[tuple[EventType, dict[str, Any]]] = [(EventType.CASE_OPENED, opened)]
        for one in range(notes // cases):
            facts: dict[str, Any] = {
                "note": f"n-{number:04}{one:04}",
                "encounter": None,
                "recording": None,
                "at_ms": None,
                "text": _note(dice),
                "marker": None,
            }
            told.append((EventType.NOTE_TAKEN, facts))
        store.append(case, told)
    store.close()


def _note(dice: random.Random) -> str:
    parts = ["".join(dice.choices(_COMMON, k=12)) for _ in range(6)]
    for words, share in (
        (("张伟", "张伟民"), 0.005),
        (("法院", "起诉"), 0.009),
        (("微信转账", "转账"), 0.02),
        (("逾期3天",), 0.004),
        (_LATIN, 0.1),
        ((f"{dice.randrange(13_800_000_000, 13_900_000_000)}",), 0.2),
    ):
        if dice.random() < share:
            parts.insert(dice.randrange(len(parts)), dice.choice(words))
    return "，".join(parts) + "。"


def _measure(setting: Setting) -> Iterator[Outcome]:
    cases, notes = (100, 10_000) if setting.short else (1_000, 100_000)
    library = setting.folder / "library"
    began_s = time.monotonic()
    many_cases(library, cases, notes)
    made_s = time.monotonic() - began_s
    file = library / "library.sqlite3"
    store = LibraryStore.open(library, SystemClock(), __version__)
    rounds = setting.choose(3, 9)
    asked: dict[str, list[float]] = {query: [] for query in _QUERIES}
    liked: dict[str, list[float]] = {query: [] for query in _QUERIES}
    counts = {}
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as plain:
        for _ in range(rounds):
            for query in _QUERIES:
                began_s = time.perf_counter()
                counts[query] = store.search(SearchWish(query)).count
                asked[query].append((time.perf_counter() - began_s) * 1000)
                began_s = time.perf_counter()
                _like(plain, query.split())
                liked[query].append((time.perf_counter() - began_s) * 1000)
    began_s = time.monotonic()
    store.rebuild_projections()
    rebuilt_s = time.monotonic() - began_s
    began_s = time.monotonic()
    store.delete_case("c-00000000")
    deleted_s = time.monotonic() - began_s
    store.close()
    slowest = max(statistics.median(times) for times in asked.values())
    ratios = {query: statistics.median(asked[query]) / statistics.median(liked[query]) for query in _QUERIES}
    yield Outcome(
        title=f"Search in {notes} notes of {cases} cases",
        header=("asked for", "hits", "ms, median", "most", "LIKE, median", "ratio"),
        rows=[
            (
                query,
                counts[query],
                statistics.median(asked[query]),
                max(asked[query]),
                statistics.median(liked[query]),
                ratios[query],
            )
            for query in _QUERIES
        ],
        figures={
            "search_ms": {query: spread(times) for query, times in asked.items()},
            "like_ms": {query: spread(times) for query, times in liked.items()},
            "ratio": ratios,
            "made_s": made_s,
            "rebuilt_s": rebuilt_s,
            "deleted_case_s": deleted_s,
            "bytes": file.stat().st_size,
        },
        goals=[
            Goal("slowest median, ms", slowest, _GOAL_MS),
            Goal("largest ratio to LIKE", max(ratios.values()), _GOAL_RATIO),
        ],
        notes=[
            f"library made in {made_s:.1f} s, {file.stat().st_size / 1e6:.0f} MB",
            f"all tables and the index made anew in {rebuilt_s:.1f} s, one case deleted in {deleted_s:.2f} s",
        ],
    )
    yield from library_size.measure(setting)


def _like(connection: sqlite3.Connection, words: Sequence[str]) -> int:
    where = " AND ".join("text LIKE ?" for _ in words)
    query = f"SELECT count(*) FROM notes WHERE {where}"  # noqa: S608 - only question marks are put in
    (count,) = connection.execute(query, [f"%{word}%" for word in words]).fetchone()
    return int(count)


if __name__ == "__main__":
    raise SystemExit(main())
