"""The thirteen headings of the report and what a court looks at under each: data, not code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evidencedesk.domain.rules import Text
from evidencedesk.system.resources import resource


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, what is asked under it, and where that is written."""

    id: str
    title: Text
    looks_at: Text
    source: Text


@dataclass(frozen=True, slots=True)
class CourtTexts:
    """The headings in their order, the texts they come from, and what the statement rests on."""

    headings: tuple[Heading, ...]
    texts: tuple[Text, ...]
    carrier: Text


def court_texts() -> CourtTexts:
    """What ``resources/papers/headings.toml`` says."""
    return _loaded(resource("papers", "headings.toml"))


@cache
def _loaded(path: Path) -> CourtTexts:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    headings = tuple(
        Heading(one["id"], _text(one, "title"), _text(one, "looks_at"), _text(one, "source"))
        for one in told["heading"]
    )
    return CourtTexts(headings, tuple(Text(**one) for one in told["text"]), _text(told, "carrier"))


def _text(table: dict[str, Any], name: str) -> Text:
    return Text(zh=table[name]["zh"], en=table[name]["en"])
