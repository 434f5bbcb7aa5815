"""Times, days and sums as people give them, made fit for a journal."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from evidencedesk.custody.field_checks import is_amount, is_day
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.moment import parse_utc

_DAY_MINUTES = 24 * 60
_MOST_SECONDS = 366 * 24 * 3600
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
        date.fromisoformat(given)
    except ValueError as error:
        raise WrongUse(Code.TIME_NOT_VALID, value=given) from error
    if not is_day(given):  # 20261125 and weeks are days, too
        raise WrongUse(Code.TIME_NOT_VALID, value=given)
    return given


def amount(text: str) -> str:
    """A sum in decimal digits (``1280.50``), or empty. Raises NUMBER_NOT_VALID."""
    plain = unicodedata.normalize("NFKC", text).strip()
    while (less := _AROUND.sub("", plain)) != plain:
        plain = less
    if not is_amount(plain):
        raise WrongUse(Code.NUMBER_NOT_VALID, value=text.strip())
    return plain


def require_length(seconds: int | None) -> None:
    """Refuse a length that no contact has. Raises NUMBER_NOT_VALID."""
    if seconds is not None and not 0 <= seconds <= _MOST_SECONDS:
        raise WrongUse(Code.NUMBER_NOT_VALID, value=seconds)
