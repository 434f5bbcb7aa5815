"""The help, read from the guides that ship with the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.domain.search_text import fold, query_words
from evidencedesk.system.resources import resource
from evidencedesk.ui.help.markdown import Section, sections_of
from evidencedesk.ui.help.topics import PAGES
from evidencedesk.wording.language import Language

_BEFORE, _AFTER = 20, 110
# The way to the other language is for readers outside the window; inside, the window's language counts.
_OTHER_LANGUAGE = re.compile(r"^\[(?:中文|English)]\([\w.-]+\)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One guide in one language."""

    name: str
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """Its heading."""
        return self.sections[0].title

    def section(self, anchor: str) -> Section | None:
        """The part with an anchor."""
        return next((one for one in self.sections if anchor in one.anchors), None)


@dataclass(frozen=True, slots=True)
class HelpHit:
    """A part of a page in which everything stands that was asked for."""

    page: str
    page_title: str
    section: Section
    snippet: str

    @property
    def place(self) -> str:
        """Page and anchor."""
        return f"{self.page}#{self.section.anchors[0]}"


def guide_folder() -> Path:
    """Where the guides and their pictures are."""
    return resource("guide")


def file_of(page: str, language: Language) -> str:
    """The file of a page."""
    return f"{page}.zh-CN.md" if language == "zh" else f"{page}.md"


def page_of(file: str) -> str:
    """The page that a link between guides means, or an empty text."""
    name = file.removesuffix(".md").removesuffix(".zh-CN")
    return name if file.endswith(".md") and name in PAGES else ""


class HelpTexts:
    """All pages in one language, read when they are wanted first."""

    def __init__(self, language: Language, folder: Callable[[], Path] = guide_folder) -> None:
        self.language: Language = language
        self.folder = folder()
        self._pages: dict[str, HelpPage] = {}

    def page(self, name: str) -> HelpPage:
        """One page."""
        if name not in self._pages:
            text = (self.folder / file_of(name, self.language)).read_text("utf-8")
            self._pages[name] = HelpPage(name, sections_of(_OTHER_LANGUAGE.sub("", text)))
        return self._pages[name]

    @property
    def pages(self) -> tuple[HelpPage, ...]:
        """All of them, in their order."""
        return tuple(self.page(name) for name in PAGES)

    def search(self, query: str) -> tuple[HelpHit, ...]:
        """The parts that hold every word; those with most of them in the heading first, the overview last."""
        words = query_words(query)
        hits: list[tuple[tuple[int, bool], HelpHit]] = []
        for page in self.pages if words else ():
            for section in page.sections:
                title, text = fold(section.title), fold(section.plain)
                if all(word in title or word in text for word in words):
                    snippet = _snippet(section.plain, words)
                    rank = (sum(word not in title for word in words), page.name == PAGES[0])
                    hits.append((rank, HelpHit(page.name, page.title, section, snippet)))
        return tuple(hit for _, hit in sorted(hits, key=lambda one: one[0]))


def _snippet(text: str, words: tuple[str, ...]) -> str:
    folded = fold(text)
    at = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    begin = max(0, min(at, len(text)) - _BEFORE)
    cut = text[begin : begin + _BEFORE + _AFTER]
    return ("…" if begin else "") + cut + ("…" if begin + len(cut) < len(text) else "")
