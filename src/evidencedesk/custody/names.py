"""File names in a case folder: which are safe on every system, and which look like another."""

from __future__ import annotations

import re
import unicodedata

NAME_BYTES = 255
PATH_BYTES = 1024
DEPTH = 32
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_WINDOWS = re.compile(r'[<>:"|?*\\]|[. ](?:/|\Z)')
# Control characters, marks that turn the direction of writing, and halves of characters.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def unsafe_because(path: str) -> str:
    """Why a path (with ``/``, relative to the folder) must not be touched; empty when it is safe."""
    if not path or path.startswith(("/", "~")) or len(path.encode("utf-8", "replace")) > PATH_BYTES:
        return "empty, absolute or too long"
    parts = path.split("/")
    if len(parts) > DEPTH:
        return "too deep"
    if not {"", ".", ".."}.isdisjoint(parts):
        return "leaves the folder"
    if _INVISIBLE.search(path):
        return "control or direction character"
    if _WINDOWS.search(path) or any(_RESERVED.fullmatch(part) for part in parts):
        return "not a name on Windows"
    if any(len(part.encode()) > NAME_BYTES for part in parts):
        return "too long"
    return ""


def look_alike_key(path: str) -> str:
    """Equal for names that some systems, or people, take for the same."""
    return unicodedata.normalize("NFKC", path).casefold()
