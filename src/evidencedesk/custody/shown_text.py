"""Words from a stranger's folder, made harmless for a terminal or a window."""

from __future__ import annotations

import unicodedata

LENGTH = 300
# Control, lone surrogates, private and invisible characters: they could move the cursor or hide letters.
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown_text(text: str, length: int = LENGTH) -> str:
    """The text with everything invisible written as an escape, cut to ``length`` characters."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(_escape(c) if unicodedata.category(c) in _ESCAPED else c for c in cut)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
