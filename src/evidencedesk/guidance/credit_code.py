"""The unified social credit code of a company (统一社会信用代码, GB 32100-2015): warn, never block."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_UNIT_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# Letters that the alphabet leaves out because they look like these.
_CONFUSED = str.maketrans("OIZS", "0125")
_SEPARATORS = re.compile(r"[\s\-‐-―−_.·]+")


class CodeDoubt(StrEnum):
    """What is not as it should be with a credit code."""

    LENGTH = "length"
    LETTERS = "letters"
    REGION = "region"
    UNIT_CHECK = "unit_check"
    CHECK = "check"


class Registrar(StrEnum):
    """Whom the first character says the code comes from. Codes of law firms begin with 31, companies 91."""

    PUBLIC_BODIES = "1"
    FOREIGN_AFFAIRS = "2"
    JUSTICE = "3"
    CULTURE = "4"
    CIVIL_AFFAIRS = "5"
    TOURISM = "6"
    RELIGION = "7"
    UNIONS = "8"
    MARKET = "9"
    ARMY = "A"
    AGRICULTURE = "N"
    OTHER = "Y"


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code as it was read.

    ``suggestion`` is another reading without any doubt (0 for O, 1 for I, 2 for Z, 5 for S), or empty.
    ``expected_end`` is the last character that would fit the others, where it can be worked out.
    """

    text: str
    doubts: tuple[CodeDoubt, ...]
    suggestion: str = ""
    expected_end: str = ""
    registrar: Registrar | None = None


def read_credit_code(text: str) -> CreditCode:
    """Read a code that somebody typed or copied: spaces, hyphens, small and full-width letters allowed."""
    code = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    other = code.translate(_CONFUSED)
    first = code[:1]
    return CreditCode(
        text=code,
        doubts=_doubts(code),
        suggestion=other if other != code and not _doubts(other) else "",
        expected_end=_check_character(code[:17]) if len(code) >= 17 and _known(code[:17]) else "",
        registrar=Registrar(first) if first in set(Registrar) else None,
    )


def _doubts(code: str) -> tuple[CodeDoubt, ...]:
    if len(code) != _LENGTH:
        return (CodeDoubt.LENGTH,)
    if not _known(code):
        return (CodeDoubt.LETTERS,)
    found = []
    if not code[2:8].isdecimal():
        found.append(CodeDoubt.REGION)
    if _unit_check_character(code[8:16]) != code[16]:
        found.append(CodeDoubt.UNIT_CHECK)
    if _check_character(code[:17]) != code[17]:
        found.append(CodeDoubt.CHECK)
    return tuple(found)


def _known(code: str) -> bool:
    return all(character in ALPHABET for character in code)


def _check_character(first: str) -> str:
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def _unit_check_character(unit: str) -> str:
    """The organisation code's own check (GB 11714), in which letters count from A = 10 to Z = 35."""
    total = sum(int(character, 36) * weight for character, weight in zip(unit, _UNIT_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]
