"""File names in a case folder: which are safe on every system, and which look like another."""

from __future__ import annotations

import re
import unicodedata

NAME_BYTES = 255
PATH_BYTES = 1024
DEPTH = 32
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_FORBIDDEN = frozenset('<>:"|?*\\')
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unsafe_because(path: str) -> str:
    """Why a path (with ``/``, relative to the folder) must not be touched; empty when it is safe."""
    if not path or path.startswith(("/", "~")) or len(path.encode("utf-8", "replace")) > PATH_BYTES:
        return "empty, absolute or too long"
    parts = path.split("/")
    if len(parts) > DEPTH:
        return "too deep"
    for part in parts:
        if part in ("", ".", ".."):
            return "leaves the folder"
        if any(unicodedata.category(c) in ("Cc", "Cs") or c in _BIDI for c in part):
            return "control or direction character"
        if set(part) & _FORBIDDEN or part[-1] in ". " or _RESERVED.fullmatch(part):
            return "not a name on Windows"
        if len(part.encode()) > NAME_BYTES:
            return "too long"
    return ""


def look_alike_key(path: str) -> str:
    """Equal for names that some systems, or people, take for the same."""
    return unicodedata.normalize("NFKC", path).casefold()
