"""Finds ID numbers, bank cards and mobile numbers in a text, so that a copy can be masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidencedesk.domain.redaction import MASK
from evidencedesk.guidance.number_forms import PhoneForm, read_phone

# One character for one, so that places stay what they are.
_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ－‐‑–—−　\u00a0\t", "0123456789XX------   ")
_GROUP = re.compile(r"[0-9]+[Xx]?")
_LONGEST = 19
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_CENTURIES = ("18", "19", "20")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class SecretKind(StrEnum):
    """What should not go round."""

    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"


# How much stays readable at both ends: enough to know one's own, too little to use it.
_SHOWN = {SecretKind.ID_NUMBER: (1, 1), SecretKind.BANK_CARD: (0, 4), SecretKind.MOBILE: (3, 4)}


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret at ``text[start:end]``, spaces and hyphens between its digits included."""

    kind: SecretKind
    start: int
    end: int


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Every secret in the order of the text; none overlaps another.

    An ID number must have its check digit (18) or a birthday that exists (15), a bank card must pass
    Luhn's test: a receipt number of the same length is seldom taken for one. Digits may stand in groups,
    with one space or hyphen between them.
    """
    plain = text.translate(_PLAIN)
    groups = [(found.start(), found.end()) for found in _GROUP.finditer(plain)]
    return tuple(_secrets(plain, groups))


def mask(text: str) -> str:
    """The text with every secret's middle masked, as long as it was."""
    while secrets := find_secrets(text):
        # What is left of one can look like a part of the next: again until nothing is found.
        for secret in secrets:
            text = text[: secret.start] + _masked(text, secret) + text[secret.end :]
    return text


def _secrets(plain: str, groups: list[tuple[int, int]]) -> Iterator[Secret]:
    index = 0
    while index < len(groups):
        start, end = groups[index]
        taken = 0
        for last in range(index, len(groups)):
            if last > index and not _joined(plain, end, groups[last]):
                break
            end = groups[last][1]
            digits = plain[start:end].replace(" ", "").replace("-", "")
            if len(digits) > _LONGEST:
                break
            kind = _kind(digits.upper())
            if kind is not None:
                yield Secret(kind, start, end)
                taken = last - index + 1
                break
        index += taken or 1


def _joined(plain: str, end: int, group: tuple[int, int]) -> bool:
    """Whether a group goes on with what ended before it, and is no secret by itself."""
    start, stop = group
    return start - end == 1 and plain[end] in " -" and _kind(plain[start:stop].upper()) is None


def _kind(digits: str) -> SecretKind | None:
    if _is_id_number(digits):
        return SecretKind.ID_NUMBER
    if digits.isdecimal():
        if read_phone(digits).form in (PhoneForm.MOBILE, PhoneForm.UNUSUAL_MOBILE):
            return SecretKind.MOBILE
        if 13 <= len(digits) <= _LONGEST and _passes_luhn(digits):
            return SecretKind.BANK_CARD
    return None


def _is_id_number(digits: str) -> bool:
    if not _PROVINCE.fullmatch(digits[:2]):
        return False
    if len(digits) == 15:
        return digits.isdecimal() and _is_day("19" + digits[6:12])
    if len(digits) != 18 or not digits[:17].isdecimal() or not _is_day(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _ID_WEIGHTS, strict=True))
    return digits[17] == "10X98765432"[total % 11]


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return digits[:2] in _CENTURIES


def _passes_luhn(digits: str) -> bool:
    if set(digits) == {"0"}:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _masked(text: str, secret: Secret) -> str:
    head, tail = _SHOWN[secret.kind]
    part = text[secret.start : secret.end]
    places = [place for place, character in enumerate(part) if character.isalnum()]
    hidden = set(places[head : len(places) - tail])
    return "".join(MASK if place in hidden else character for place, character in enumerate(part))
