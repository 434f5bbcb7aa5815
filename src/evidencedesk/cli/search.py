"""``search``: find what was written down, in one case or in all."""

from __future__ import annotations

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.moment import clock_text, local_text
from evidencedesk.domain.search import SearchHit, SearchKind
from evidencedesk.wording.language import Words
from evidencedesk.wording.search import search_kind_text
from evidencedesk.workflows.search_library import HITS_SHOWN, search_library

_MOST = 500


def search_command(words: Words) -> click.Command:
    """``search TEXT``."""
    t = words.text
    help_text = t("Find notes, sentences, people, files, contacts and steps by their words.")
    params: list[click.Parameter] = [
        click.Argument(["text"], metavar="TEXT"),
        click.Option(["--case"], metavar="CASE", help=t("Only in this case.")),
        click.Option(
            ["--kind"],
            type=click.Choice([kind.value for kind in SearchKind]),
            multiple=True,
            help=t("Only hits of this kind; may be given several times."),
        ),
        click.Option(
            ["--limit"],
            type=click.IntRange(1, _MOST),
            default=HITS_SHOWN,
            metavar="N",
            help=t("At most so many hits."),
        ),
    ]
    return command(words, "search", _search, help_text, params)


def _search(session: Session, text: str, case: str | None, kind: tuple[str, ...], limit: int) -> int:
    with open_library(session) as desk:
        answer = search_library(desk, text, case, [SearchKind(one) for one in kind], limit)
    for hit in answer.hits:
        session.output.event("hit", **_facts(hit))
        session.output.result(_line(session.words, hit))
    session.output.event("found", query=text, count=answer.count, shown=len(answer.hits))
    if answer.count > len(answer.hits):
        told = session.words.text("{shown} of {count} hits", shown=len(answer.hits), count=answer.count)
    elif answer.count:
        told = session.words.plural("{n} hit", "{n} hits", answer.count)
    else:
        told = session.words.text("Nothing found.")
    session.output.message(told)
    return 0


def _facts(hit: SearchHit) -> dict[str, object]:
    found = hit.found
    return {
        "case": found.case,
        "title": hit.case.title,
        "kind": found.kind.value,
        "id": found.id,
        "part": found.part,
        "encounter": found.encounter,
        "recording": found.recording,
        "at_ms": found.at_ms,
        "utc": found.utc,
        "offset_minutes": found.offset_minutes,
        "text": found.text,
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
    }


def _line(words: Words, hit: SearchHit) -> str:
    found = hit.found
    parts = [
        found.case,
        hit.case.title,
        local_text(found.utc, found.offset_minutes),
        search_kind_text(words, found.kind),
    ]
    if found.at_ms is not None:
        parts.append(clock_text(found.at_ms))
    return "  ".join([*parts, hit.snippet.text])
