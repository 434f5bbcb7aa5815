"""How a text is made findable, and where in it a hit stands.

Chinese has no spaces, so an index of words finds nothing in it. Letters of alphabets are taken word by
word, everything else (ideographs, digits, kana, pictures) by overlapping pairs: 张伟民 becomes 张伟 伟民 民.
The last sign stands alone, so that a single one can be found by the beginning of a pair.

What "contains" means here, and what tests hold the index to: after ``fold``, a text contains a word where the
word stands in it letter by letter; a word that begins with a letter must stand at the beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Longer questions are cut: what stands behind is not needed to find anything.
LONGEST_QUERY = 400
MOST_WORDS = 24
_MOST_TOKENS = 48
_BEFORE, _AFTER = 24, 96
# No text holds it after ``fold``; in a body it stands before each word of letters.
_WORD_BEGINS = "\x01"

# Controls would end a text early in SQL, and lone surrogates have no bytes.
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LETTERS = "a-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0dff\u1e00-\u1fff"
# Neither: spaces, ASCII signs, general and Chinese punctuation (々 and 〇 are no punctuation).
_PAIRED = "0-9\u0e00-\u1dff\u2070-\u2fff\u3005-\u3007\u3021-\ufeff\uff10-\U0010ffff"
_RUNS = re.compile(f"([{_LETTERS}]+)|[{_PAIRED}]+")
_WORDS = re.compile(f"[{_LETTERS}]+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a text around a hit; ``marks`` are beginnings and ends of what was found in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def fold(text: str) -> str:
    """Without full width, large letters and other ways of writing the same; traditional signs stay."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return _UNWANTED.sub(" ", unicodedata.normalize("NFKC", flat))


def query_words(query: str) -> tuple[str, ...]:
    """What must occur, folded."""
    words = dict.fromkeys(fold(query[:LONGEST_QUERY])[:LONGEST_QUERY].split())
    return tuple(words)[:MOST_WORDS]


def body_of(folded: str) -> str:
    """The text as it is kept for comparing: with a mark where a word of letters begins."""
    return _WORDS.sub(rf"{_WORD_BEGINS}\g<0>", folded)


def tokens_of(body: str) -> str:
    """The words and pairs of a body, with spaces between."""
    return " ".join(token for run in _RUNS.finditer(body) for token in _tokens(run))


def match_of(word: str) -> tuple[str, bool]:
    """What to ask a full-text index for, and whether its answer needs no comparing.

    The answer to an empty text would be everything: such a word (only punctuation) must be compared.
    """
    runs = list(_RUNS.finditer(word))
    if not runs:
        return "", False
    tokens = [token for run in runs[:-1] for token in _tokens(run)]
    last = runs[-1]
    pairs = last.group(1) is None and len(last.group()) > 1
    tokens += list(_tokens(last))[:-1] if pairs else [last.group()]
    cut = len(tokens) > _MOST_TOKENS
    asked = '"' + " ".join(tokens[:_MOST_TOKENS]) + '"'
    return (asked if pairs or cut else f"{asked} *"), not cut and last.group() == word


def contains(folded: str, word: str) -> bool:
    """Whether a folded text contains a folded word."""
    return next(_places(folded, word), None) is not None


def snippet_of(text: str, words: Sequence[str]) -> Snippet:
    """The part of a text where the first of the words stands."""
    folded, origin = _with_places(text)
    found = sorted(
        (origin[at], origin[at + len(word) - 1] + 1) for word in words for at in _places(folded, word)
    )
    begin = max(0, found[0][0] - _BEFORE) if found else 0
    if begin <= _BEFORE // 3:
        begin = 0
    end = min(len(text), begin + _BEFORE + _AFTER)
    lead = "…" if begin else ""
    shown = lead + _UNWANTED.sub(" ", text[begin:end]) + ("…" if end < len(text) else "")
    shift = len(lead) - begin
    return Snippet(shown, tuple(_merged((max(a, begin) + shift, min(b, end) + shift) for a, b in found)))


def _tokens(run: re.Match[str]) -> Iterator[str]:
    text = run.group()
    if run.group(1) is not None:
        yield text
        return
    for at in range(len(text)):
        yield text[at : at + 2]


def _places(folded: str, word: str) -> Iterator[int]:
    begins_word = _WORDS.match(word) is not None
    at = folded.find(word)
    while at >= 0:
        if not (begins_word and at and _WORDS.match(folded[at - 1])):
            yield at
        at = folded.find(word, at + 1)


def _merged(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for begin, end in spans:
        if begin >= end:
            continue
        if last is not None and begin <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (begin, end)
    if last is not None:
        yield last


def _with_places(text: str) -> tuple[str, list[int]]:
    """The text folded sign by sign, and for each character of it the place it came from."""
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        part = _folded_sign(text[at]) if end == at + 1 else fold(text[at:end])
        parts.append(part)
        origin += [at] * len(part) if end == at + 1 else [min(at + i, end - 1) for i in range(len(part))]
        at = end
    return "".join(parts), origin


@lru_cache(maxsize=8192)
def _folded_sign(sign: str) -> str:
    return fold(sign)
