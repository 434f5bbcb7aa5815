"""Times, days and sums as people give them, made fit for a journal."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.moment import parse_utc

_DAY_MINUTES = 24 * 60
_MOST_SECONDS = 366 * 24 * 3600
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What people write around a sum: spaces, signs of currency, commas between thousands.
_AROUND = re.compile(r"^(?:RMB|CNY|[¥$£€])|(?:元|块)$|[\s,，]", re.IGNORECASE)


def require_time(utc: str, offset_minutes: int) -> None:
    """Refuse a moment that the calendar has not. Raises TIME_NOT_VALID."""
    try:
        parse_utc(utc)
    except (ValueError, TypeError) as error:
        raise WrongUse(Code.TIME_NOT_VALID, value=str(utc)) from error
    if abs(offset_minutes) >= _DAY_MINUTES:
        raise WrongUse(Code.TIME_NOT_VALID, value=offset_minutes)


def day(text: str) -> str:
    """A day as ``2026-11-25``, or empty. Raises TIME_NOT_VALID."""
    given = text.strip()
    if not given:
        return ""
    try:
        if not _DAY.fullmatch(given):
            raise ValueError(given)
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise WrongUse(Code.TIME_NOT_VALID, value=given) from error


def amount(text: str) -> str:
    """A sum in decimal digits (``1280.50``), or empty. Raises NUMBER_NOT_VALID."""
    plain = unicodedata.normalize("NFKC", text).strip()
    while (less := _AROUND.sub("", plain)) != plain:
        plain = less
    if plain and not _AMOUNT.fullmatch(plain):
        raise WrongUse(Code.NUMBER_NOT_VALID, value=text.strip())
    return plain


def require_length(seconds: int | None) -> None:
    """Refuse a length that no contact has. Raises NUMBER_NOT_VALID."""
    if seconds is not None and not 0 <= seconds <= _MOST_SECONDS:
        raise WrongUse(Code.NUMBER_NOT_VALID, value=seconds)
