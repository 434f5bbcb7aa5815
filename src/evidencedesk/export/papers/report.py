"""Writes report.pdf with typst: PDF/A-2b, the same bytes for the same case and moment.

Everything that was typed goes in as one JSON text that the template reads as data: no markup in it runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import typst

from evidencedesk.export.papers.fonts import Faces, faces
from evidencedesk.export.papers.material import PaperMaterial
from evidencedesk.export.papers.plain import printable
from evidencedesk.export.papers.report_data import report_data
from evidencedesk.export.papers.telling import Telling
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words

_STANDARD: Literal["a-2b"] = "a-2b"
# PDF/A allows no box in place of a letter that no font has.
_NO_GLYPH = "could not be displayed"


def report_pdf(material: PaperMaterial, words: Words, letters: Faces | None = None) -> bytes:
    """The report. Letters that no font here has stand as ``[U+1F9FF]``."""
    letters = letters or faces()
    if not letters.chinese and words.language == "zh":
        words = Words("en", resource("locale"))
    telling = Telling(material, words)
    missing: frozenset[str] = frozenset()
    data = _data(telling, letters, missing)
    try:
        return _compiled("report.typ", data, letters, _STANDARD)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        missing = _without_a_glyph(sorted(set(_letters(data))), letters)
    data = _data(telling, letters, missing)
    try:
        return _compiled("report.typ", data, letters, _STANDARD)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
    # Letters that are there alone but not together: better a box on the paper than no paper.
    return _compiled("report.typ", data, letters, None)


def _data(telling: Telling, letters: Faces, missing: frozenset[str]) -> dict[str, Any]:
    told = report_data(telling, lambda text: printable(text, missing), chinese=bool(letters.chinese))
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
