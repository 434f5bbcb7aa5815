"""How hard a passphrase is to guess, by a plain rule: length counts, and so do words."""

from __future__ import annotations

from enum import StrEnum

from evidencedesk.domain.vault import LEAST_PASSPHRASE

_FAIR, _STRONG = 12, 18
_FEWEST_SIGNS = 5
_STRONG_WORDS = 4


class Strength(StrEnum):
    """In the words that are shown."""

    TOO_SHORT = "too-short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(passphrase: str) -> Strength:
    """A sign of Chinese weighs twice: there are thousands of them."""
    if len(passphrase) < LEAST_PASSPHRASE:
        return Strength.TOO_SHORT
    signs = set(passphrase.casefold())
    weight = sum(1 if sign.isascii() else 2 for sign in passphrase)
    if len(signs) < _FEWEST_SIGNS or passphrase.isdigit() or weight < _FAIR:
        return Strength.WEAK
    words = {word for word in passphrase.casefold().split() if len(word) > 1}
    if weight >= _STRONG or len(words) >= _STRONG_WORDS:
        return Strength.STRONG
    return Strength.FAIR
