"""Sets a paper with typst: PDF/A-2b, the same bytes for the same data.

Everything that was typed goes in as one JSON text that the template reads as data: no markup in it runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import typst

from evidencedesk.export.papers.fonts import Faces
from evidencedesk.export.papers.plain import printable
from evidencedesk.system.resources import resource

Shown = Callable[[str], str]
_STANDARD: Literal["a-2b"] = "a-2b"
# PDF/A allows no box in place of a letter that no font has.
_NO_GLYPH = "could not be displayed"


def typst_pdf(template: str, tell: Callable[[Shown], Mapping[str, Any]], letters: Faces) -> bytes:
    """A paper from ``resources/papers``. Letters that no font here has stand as ``[U+1F9FF]``.

    ``tell`` gives the data of the template, every text in it made fit for paper by what it is given.
    """
    missing: frozenset[str] = frozenset()
    data = _data(tell, letters, missing)
    try:
        return _compiled(template, data, letters, _STANDARD)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        missing = _without_a_glyph(sorted(set(_letters(data))), letters)
    data = _data(tell, letters, missing)
    try:
        return _compiled(template, data, letters, _STANDARD)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
    # Letters that are there alone but not together: better a box on the paper than no paper.
    return _compiled(template, data, letters, None)


def _data(
    tell: Callable[[Shown], Mapping[str, Any]], letters: Faces, missing: frozenset[str]
) -> dict[str, Any]:
    told = tell(lambda text: printable(text, missing))
    return {**told, "fonts": {"text": letters.text, "mono": letters.mono}}


def _compiled(template: str, data: Any, letters: Faces, standard: Literal["a-2b"] | None) -> bytes:
    made = typst.compile(
        resource("papers", template),
        root=resource("papers"),
        font_paths=letters.fonts,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards=[standard] if standard else [],
    )
    return bytes(made)


def _letters(value: Any) -> Iterator[str]:
    """All characters in the data besides the plain ones."""
    if isinstance(value, str):
        yield from {character for character in value if not character.isascii()}
    elif isinstance(value, dict):
        for item in value.values():
            yield from _letters(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _letters(item)


def _without_a_glyph(letters: Sequence[str], faces_here: Faces) -> frozenset[str]:
    """Those that no font can show. Typst names only the first: halve until each is found."""
    try:
        _compiled("letters.typ", letters, faces_here, _STANDARD)
    except typst.TypstError:
        if len(letters) == 1:
            return frozenset(letters)
        middle = len(letters) // 2
        return _without_a_glyph(letters[:middle], faces_here) | _without_a_glyph(letters[middle:], faces_here)
    return frozenset()
