"""Finds ID numbers, bank cards and phone numbers in a text, so that a copy can be masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidencedesk.domain.redaction import MASK
from evidencedesk.guidance.credit_code import read_credit_code
from evidencedesk.guidance.number_forms import PhoneForm, read_phone

# One character for one, so that places stay what they are.
_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ－‐‑–—−　\u00a0\t）", "0123456789XX------   )")
_GROUP = re.compile(r"[0-9]+[Xx]?")
_SHORTEST_CARD, _LONGEST = 13, 19
_BETWEEN = (" ", "-")
_AFTER_AREA = (")", ") ", ")-")
# How such numbers are written down where no check digit proves them.
_CARD_SHAPE = re.compile(
    "[0-9]{16,19}|[3-69][0-9]{3}( [0-9]{4}){3}( [0-9]{1,3})?|[3-69][0-9]{5} [0-9]{10,13}"
)
_ID_SHAPE = re.compile("[0-9]{17}[0-9X]|[1-9][0-9]{5} ([0-9]{8}|[0-9]{4} [0-9]{4}) [0-9]{3}[0-9X]")
_AREA = re.compile("0(10|2[0-9]|[3-9][0-9]{2})")
_LANDLINE = re.compile(f"({_AREA.pattern})[0-9]{{7,8}}")
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_CENTURIES = ("18", "19", "20")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class SecretKind(StrEnum):
    """What should not go round."""

    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    LANDLINE = "landline"


# How much stays readable at both ends: enough to know one's own, too little to use it.
_SHOWN = {
    SecretKind.ID_NUMBER: (1, 1),
    SecretKind.BANK_CARD: (0, 4),
    SecretKind.MOBILE: (3, 4),
    SecretKind.LANDLINE: (3, 2),
}


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret at ``text[start:end]``, spaces and hyphens between its digits included."""

    kind: SecretKind
    start: int
    end: int


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Every secret in the order of the text; none overlaps another.

    A digit misheard or mistyped leaves most of a secret readable: 18 digits with a birthday that exists are
    an ID number also with a wrong check digit, 16 to 19 digits a bank card also without Luhn's test, if they
    stand together or in the groups of such a number, with one space or hyphen between them: dates and hours
    in a row are none. Senders of SMS (106…), credit codes of companies and what begins with a day are none.
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
        taken, longest = 0, None
        for last in range(index, len(groups)):
            if last > index and not _joined(plain, end, groups[last]):
                break
            end = groups[last][1]
            written = re.sub("[ )-]+", " ", plain[start:end]).upper()
            if len(written.replace(" ", "")) > _LONGEST:
                break
            kind = _kind(written)
            if kind is not None:
                # A card of 19 digits begins like one of 16.
                taken, longest = last - index + 1, Secret(kind, start, end)
        if longest is not None:
            yield longest
        index += taken or 1


def _joined(plain: str, end: int, group: tuple[int, int]) -> bool:
    """Whether a group goes on with what ended before it, and is no secret by itself."""
    start, stop = group
    between = plain[end:start]
    # An area code often stands in brackets.
    area = between in _AFTER_AREA and any(_AREA.fullmatch(plain, end - length, end) for length in (3, 4))
    return (area or between in _BETWEEN) and _kind(plain[start:stop].upper()) is None


def _kind(written: str) -> SecretKind | None:
    """What a number is, alone or with the spaces between its groups."""
    digits = written.replace(" ", "")
    if _is_id_number(digits):
        return SecretKind.ID_NUMBER
    if digits.isdecimal() and read_phone(digits).form in (PhoneForm.MOBILE, PhoneForm.UNUSUAL_MOBILE):
        return SecretKind.MOBILE
    if _LANDLINE.fullmatch(digits):
        return SecretKind.LANDLINE
    if len(digits) < _SHORTEST_CARD or _is_open(digits):
        return None
    if _ID_SHAPE.fullmatch(written) and _is_day(digits[6:14]):
        return SecretKind.ID_NUMBER
    like_a_card = _CARD_SHAPE.fullmatch(written) or (_in_even_groups(written) and _passes_luhn(digits))
    return SecretKind.BANK_CARD if like_a_card and set(digits) != {"0"} else None


def _in_even_groups(written: str) -> bool:
    *groups, last = (len(group) for group in written.split(" "))
    return len(set(groups)) <= 1 and last <= max(groups, default=_LONGEST)


def _is_open(digits: str) -> bool:
    """A number that is no secret: an SMS sender's, a company's, a time or order that begins with its day."""
    return (
        read_phone(digits).form is PhoneForm.SMS_SENDER
        or (digits.startswith("9") and not read_credit_code(digits).doubts)
        or _is_day(digits[:8])  # no card and no ID number begins so
    )


def _is_id_number(digits: str) -> bool:
    """Whether the check digit (18) or at least the birthday (15) is that of an ID number."""
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
    if not digits.isdecimal():
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
