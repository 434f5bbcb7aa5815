"""Where in a title the words stand that were looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencedesk.domain.search_text import fold


def marks_of(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text; nowhere if folding moves its letters."""
    folded = fold(text)
    if len(folded) != len(text):
        return ()
    marks = sorted((at, at + len(word)) for word in words for at in _places(folded, word))
    joined: list[tuple[int, int]] = []
    for begin, end in marks:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
