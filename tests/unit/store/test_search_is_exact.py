"""The index finds what reading every text would find, for any texts and any question."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.search import findable_in
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.store.search_rows import SearchWish
from fakes.notes import note

_CASES = ("c-00000001", "c-00000002")
# Few signs, so that questions meet texts: Chinese, digits, letters in all widths, signs that split words.
_SIGNS = "张伟转账12ab" + "ＡＢ１" + "，。-. \n" + "é\u0301😀々\x00"
_TEXT = st.text(_SIGNS, max_size=9)
_MOMENT = Moment("2026-11-23T14:05:09.000000Z", 480, "boot", 1)
Event = tuple[int, EventType, dict[str, Any]]


class _Still(Clock):
    def now(self) -> Moment:
        return _MOMENT

    def boottime_ns(self) -> int:
        return 1


@st.composite
def _histories(draw: st.DrawFn) -> list[Event]:
    history: list[Event] = []
    for case in (0, 1):
        names = dict.fromkeys(("title", "creditor", "contract"), "")
        history.append((case, EventType.CASE_OPENED, {**names, "title": draw(_TEXT)}))
    known: list[int] = [0, 0]
    for number in range(draw(st.integers(1, 12))):
        case = draw(st.integers(0, 1))
        kind = draw(st.sampled_from(("note", "corrected", "title", "draft", "sentence")))
        text = draw(_TEXT)
        if kind == "note":
            history.append((case, *note(f"n-{case}{known[case]:07}", text)))
            known[case] += 1
        elif kind == "corrected" and known[case]:
            facts = {"note": f"n-{case}{draw(st.integers(0, known[case] - 1)):07}", "text": text}
            history.append((case, EventType.NOTE_CORRECTED, facts))
        elif kind == "title":
            history.append((case, EventType.CASE_CHANGED, {"title": text}))
        elif kind in ("draft", "sentence"):
            history += _draft(case, number, [text, draw(_TEXT)])
    return history


def _draft(case: int, number: int, texts: list[str]) -> list[Event]:
    name = f"w-{number:08}"
    begun = {"transcript": name, "recording": f"r-0000000{case}", "model": "", "model_sha256": ""}
    heard = [{"at_ms": 0, "length_ms": 1, "text": text} for text in texts]
    corrected = {"transcript": name, "sentence": 1, "text": texts[0]}
    return [
        (case, EventType.TRANSCRIPT_DRAFTED, {**begun, "program": "", "language": ""}),
        (case, EventType.TRANSCRIPT_HEARD, {"transcript": name, "sentences": heard}),
        (case, EventType.TRANSCRIPT_CORRECTED, corrected),
    ]


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in flat)


def _letter(sign: str) -> bool:
    return sign < "\u0e00" and unicodedata.category(sign)[0] in "LM"


def _holds(text: str, word: str) -> bool:
    return any(
        text.startswith(word, at) and not (at and _letter(word[0]) and _letter(text[at - 1]))
        for at in range(len(text))
    )


def _read_all(store: LibraryStore, query: str) -> set[tuple[str, str, int]]:
    words = _plain(query).split()
    return {
        (one.kind, one.id, one.part)
        for case in _CASES
        for one in findable_in(store.case_file(case))
        if words and all(_holds(_plain(one.text), word) for word in words)
    }


def _search(store: LibraryStore, query: str) -> set[tuple[str, str, int]]:
    answer = store.search(SearchWish(query, limit=500))
    assert answer.count == len(answer.hits)
    return {(hit.found.kind, hit.found.id, hit.found.part) for hit in answer.hits}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(_histories(), st.lists(_TEXT, min_size=1, max_size=12))
def test_the_index_finds_what_reading_every_text_finds(history: list[Event], queries: list[str]) -> None:
    pieces = [facts["text"][at : at + 3] for _, _, facts in history if "text" in facts for at in (0, 2)]
    with tempfile.TemporaryDirectory() as folder:
        store = LibraryStore.open(Path(folder), _Still(), "1.2.3")
        try:
            for case, kind, facts in history:
                store.append(_CASES[case], [(kind, facts)])
            asked = [*queries, *pieces]
            expected = [_read_all(store, query) for query in asked]
            assert [_search(store, query) for query in asked] == expected
            assert store.check() == ()
            store.rebuild_projections()
            assert [_search(store, query) for query in asked] == expected
            assert store.check() == ()
        finally:
            store.close()
