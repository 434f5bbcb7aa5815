"""Short names for things: a letter, a dash, and eight characters without look-alikes."""

from __future__ import annotations

import re
import secrets
from enum import StrEnum

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_PATTERN = re.compile(r"[cerntpaskfmw]-[0-9a-hjkmnp-tv-z]{8}")


class Kind(StrEnum):
    """The letter in front says what an identifier names."""

    CASE = "c"
    ENCOUNTER = "e"
    RECORDING = "r"
    NOTE = "n"
    TICK = "t"
    COLLECTOR = "p"
    ATTACHMENT = "a"
    STAMP = "s"
    CONTACT = "k"
    FOLLOW_UP = "f"
    CLAIM = "m"
    TRANSCRIPT = "w"


def new_id(kind: Kind) -> str:
    """A new random identifier (40 bits)."""
    return f"{kind.value}-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


def is_id(text: str) -> bool:
    """Whether a text has the form of an identifier; safe as a folder name if so."""
    return _PATTERN.fullmatch(text) is not None
