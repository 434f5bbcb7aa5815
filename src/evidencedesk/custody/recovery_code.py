"""The code that opens a vault when the passphrase is forgotten: made once, shown once, kept on paper.

Twenty-eight symbols of Crockford's Base 32 (no I, L, O, U; what is read aloud or typed wrongly as these is
understood), the last one a check: 135 bits, which nobody guesses, so it needs no slow derivation.
"""

from __future__ import annotations

import secrets

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 28
_GROUP = 4
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", " ": "", "-": "", "—": "", "–": ""})


def new_code() -> str:
    """A new code, in groups of four."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(_LENGTH - 1))
    return shown(body + _check(body))


def read_code(typed: str) -> str | None:
    """The code without its groups, as it was meant; None when a symbol is wrong or missing."""
    code = typed.upper().translate(_READ_AS)
    code = "".join(code.split())
    if len(code) != _LENGTH or any(symbol not in SYMBOLS for symbol in code):
        return None
    return code if _check(code[:-1]) == code[-1] else None


def shown(code: str) -> str:
    """In groups of four."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _check(body: str) -> str:
    # Weighted by odd numbers, so that one wrong symbol always shows; two neighbours exchanged nearly always.
    total = sum((2 * place + 1) * SYMBOLS.index(symbol) for place, symbol in enumerate(body))
    return SYMBOLS[total % len(SYMBOLS)]
