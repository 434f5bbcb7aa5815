"""What is worth a second look on a card. It warns and never blocks: what is wrong is evidence too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Remarkable(StrEnum):
    """What was noticed about a field."""

    CREDIT_FITS = "credit-fits"
    CREDIT_LENGTH = "credit-length"
    CREDIT_LETTERS = "credit-letters"
    CREDIT_REGION = "credit-region"
    CREDIT_CHECK = "credit-check"
    CREDIT_MAYBE = "credit-maybe"
    CREDIT_REGISTER = "credit-register"
    PHONE_FORM = "phone-form"
    PLATE_FORM = "plate-form"
    NAMES_DIFFER = "names-differ"
    LETTER_OVER = "letter-over"
    NOT_A_DAY = "not-a-day"


@dataclass(frozen=True, slots=True)
class CardRemark:
    """A remark on one ``field`` of a card; ``facts`` fill its sentence. ``fine`` ones: all is well."""

    field: str
    what: Remarkable
    facts: tuple[tuple[str, str], ...] = ()
    fine: bool = False
