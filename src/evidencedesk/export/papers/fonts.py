"""Which letters the report is set in: what this computer has, and what comes with typst."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import typst

# Sans first: small tables read better in it. Linux, Windows, macOS.
_CHINESE = (
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Songti SC",
    "SimHei",
    "SimSun",
)
# These come with typst: a report can be made on a computer without any font.
_LATIN = "Libertinus Serif"
_MONO = "DejaVu Sans Mono"


@dataclass(frozen=True)
class Faces:
    """The families for text and for hashes, and where typst finds them.

    ``chinese`` is the family Chinese is set in; empty when this computer has none.
    """

    text: tuple[str, ...]
    mono: tuple[str, ...]
    chinese: str
    fonts: typst.Fonts


@cache
def faces(*, of_the_system: bool = True) -> Faces:
    """Look once what there is."""
    fonts = typst.Fonts(include_system_fonts=of_the_system)
    there = frozenset(fonts.families())
    found = next((family for family in _CHINESE if family in there), "")
    chosen = (found,) if found else ()
    return Faces((*chosen, _LATIN), (_MONO, *chosen), found, fonts)
