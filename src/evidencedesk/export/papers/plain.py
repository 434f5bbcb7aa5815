"""Text for paper: what was typed, with everything that paper can't show written as a number."""

from __future__ import annotations

import unicodedata

# Control, invisible and unassigned characters: they could turn a line around or hide letters, and Word
# refuses some of them.
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = "\n"


def printable(text: str, missing: frozenset[str] = frozenset()) -> str:
    """The text with invisible characters, and those of ``missing``, as ``[U+202E]``; line breaks stay."""
    return "".join(_shown(character, missing) for character in text.replace("\t", "    "))


def shortened(text: str, length: int) -> str:
    """One line of at most ``length`` characters, for places that have no room for more."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _shown(character: str, missing: frozenset[str]) -> str:
    if character.isascii() and character.isprintable():
        return character
    if character in missing or (unicodedata.category(character) in _ESCAPED and character not in _KEPT):
        return f"[U+{ord(character):04X}]"
    return character
