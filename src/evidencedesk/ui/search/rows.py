"""The lines of the list of hits: a heading for each case, and its hits under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencedesk.domain.case import Case
from evidencedesk.domain.moment import Moment, clock_text, parse_utc
from evidencedesk.domain.search import SearchAnswer, SearchHit, SearchKind
from evidencedesk.ui.cases.case_words import SEPARATOR, names_line
from evidencedesk.wording.language import Words
from evidencedesk.wording.search import search_kind_text

ICONS: Mapping[SearchKind, str] = {
    SearchKind.CASE: "folder",
    SearchKind.PERSON: "user",
    SearchKind.NOTE: "pencil",
    SearchKind.SENTENCE: "quote",
    SearchKind.CONTACT: "phone",
    SearchKind.FILE: "paperclip",
    SearchKind.STEP: "check",
    SearchKind.CLAIM: "message-circle",
    SearchKind.DEBT: "file-text",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line; a heading has no ``hit``: what the line leads to."""

    text: str
    detail: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    icon: str = ""
    hit: object | None = None

    @property
    def spoken(self) -> str:
        """All of it, for screen readers."""
        return SEPARATOR.join(part for part in (self.text, self.detail) if part)


def rows_of(answer: SearchAnswer, words: Words) -> tuple[Row, ...]:
    """The hits under their cases; the case with the best hit comes first."""
    cases: dict[str, Case] = {}
    grouped: dict[str, list[Row]] = {}
    for hit in answer.hits:
        cases.setdefault(hit.case.id, hit.case)
        grouped.setdefault(hit.case.id, []).append(_row(hit, words))
    rows: list[Row] = []
    for case_id, under in grouped.items():
        count = words.plural("{n} hit", "{n} hits", len(under))
        rows += [Row(names_line(words, cases[case_id]), count), *under]
    return tuple(rows)


def _row(hit: SearchHit, words: Words) -> Row:
    found = hit.found
    told = [search_kind_text(words, found.kind), _day(found.utc, found.offset_minutes)]
    if found.at_ms is not None:
        told.append(words.text("at {position}", position=clock_text(found.at_ms)))
    detail = SEPARATOR.join(part for part in told if part)
    return Row(hit.snippet.text, detail, hit.snippet.marks, ICONS[found.kind], hit)


def _day(utc: str, offset_minutes: int) -> str:
    try:
        parse_utc(utc)
    except ValueError:
        return ""  # a claim whose day nobody knows
    return f"{Moment(utc, offset_minutes, '', 0).local:%Y-%m-%d %H:%M}"
