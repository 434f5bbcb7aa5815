"""Text as people type it, made fit for a journal: normal form, no control characters, not endless."""

from __future__ import annotations

import unicodedata

from evidencedesk.domain.errors import Code, WrongUse

LINE_LIMIT = 500
NOTE_LIMIT = 20_000
_KEPT_CONTROLS = "\n\t"


def one_line(text: str, *, required: bool = False) -> str:
    """A single line in NFC. Raises EMPTY_TEXT, TEXT_TOO_LONG."""
    return _checked(" ".join(_clean(text).split()), LINE_LIMIT, required=required)


def many_lines(text: str, *, required: bool = True) -> str:
    """A note in NFC with its line breaks. Raises EMPTY_TEXT, TEXT_TOO_LONG."""
    return _checked(_clean(text).strip(), NOTE_LIMIT, required=required)


def _clean(text: str) -> str:
    # Lone surrogates come from badly decoded command lines; UTF-8 could not store them.
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    normal = unicodedata.normalize("NFC", whole)
    return "".join(c for c in normal if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc")


def _checked(text: str, limit: int, *, required: bool) -> str:
    if required and not text:
        raise WrongUse(Code.EMPTY_TEXT)
    if len(text) > limit:
        raise WrongUse(Code.TEXT_TOO_LONG, limit=limit, length=len(text))
    return text
