"""Days and sums as bills write them. What could mean two days is not guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_EARLIEST, _LATEST = 1990, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = rf"(?P<word>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_CLOCK = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?)?"
_DAYS = tuple(
    re.compile(pattern + _CLOCK, re.ASCII | re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?日?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_WORD},?[\s-]+(?P<year>\d{{4}})",
        r"(?P<first>\d{1,2})[/.-](?P<other>\d{1,2})[/.-](?P<year>\d{4})",
    )
)
# A day that lost its format in a spreadsheet: days since the end of 1899.
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.0)?", re.ASCII)
_SERIAL_FROM = date(1899, 12, 30)
_TWELVE = 12

_AROUND = re.compile(r"^(?:RMB|CNY|USD|[¥$£€])|(?:元整?|块|RMB|CNY|[¥$£€])$", re.IGNORECASE)
_SPACES = re.compile(r"[\s'’]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+", re.ASCII)
_COMMA_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+,\d{1,2}", re.ASCII)
_TEN_THOUSAND = "万"
_NONE = frozenset({"", "-", "--", "—", "–", "/", "n/a", "na", "null", "none", "无"})
_FOUR_PLACES = Decimal("0.0001")
_MOST_DIGITS = 15


def read_day(cell: str) -> date | None:
    """The day in a cell, whatever its writing; None for none, or one that could be two days."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if _SERIAL.fullmatch(text):
        return _sane(_SERIAL_FROM + timedelta(days=int(text.partition(".")[0])))
    for pattern in _DAYS:
        match = pattern.fullmatch(text)
        if match is not None:
            return _day(match.groupdict())
    return None


def read_sum(cell: str) -> str | None:
    """A sum in decimal digits; empty where the cell says none, None where it can't be understood.

    ``1,280.50``, ``¥1280.5``, ``1.280,50``, ``1.2万``; less than nothing is not understood.
    """
    text = _SPACES.sub("", unicodedata.normalize("NFKC", cell)).strip()
    if text.casefold() in _NONE:
        return ""
    while (less := _AROUND.sub("", text)) != text:
        text = less
    times = 1
    if text.endswith(_TEN_THOUSAND):
        text, times = text[:-1], 10_000
    if _GROUPED.fullmatch(text):
        plain = text.replace(",", "")
    elif _COMMA_DECIMAL.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
    else:
        return None
    try:
        value = (Decimal(plain) * times).quantize(_FOUR_PLACES, ROUND_HALF_UP)
    except InvalidOperation:
        return None
    if value >= 10**_MOST_DIGITS:
        return None
    cents = value.quantize(Decimal("0.01"))
    return f"{cents if cents == value else value.normalize():f}"


def _day(parts: dict[str, str | None]) -> date | None:
    year = int(parts["year"] or 0)
    if parts.get("first") is not None:
        first, other = int(parts["first"] or 0), int(parts["other"] or 0)
        if first <= _TWELVE and other <= _TWELVE and first != other:
            return None
        month, day = (other, first) if first > _TWELVE else (first, other)
    else:
        word = parts.get("word")
        month = _MONTHS.index(word.lower()) + 1 if word else int(parts["month"] or 0)
        day = int(parts["day"] or 0)
    try:
        return _sane(date(year, month, day))
    except ValueError:
        return None


def _sane(day: date) -> date | None:
    return day if _EARLIEST <= day.year < _LATEST else None
