"""Days as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")


def read_day(text: str) -> str | None:
    """The day in ISO 8601; an empty text for an empty one; None for what is no day (yet)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    found = _DAY.fullmatch(plain) or _EIGHT_DIGITS.fullmatch(plain)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
