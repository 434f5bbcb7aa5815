"""Times and lengths as phones and people write them. What could mean two days is not guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from evidencedesk.domain.moment import format_utc
from evidencedesk.intake.found import Trouble

_EARLIEST, _LATEST = 1990, 2100
_LONGEST_S = 7 * 24 * 3600
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?P<word>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_HALF = r"(?P<half>上午|下午|凌晨|清晨|早上|中午|傍晚|晚上|夜里)?"
_CLOCK = (
    rf"{_HALF}\s*(?P<hour>\d{{1,2}})(?:[:时点](?P<minute>\d{{1,2}})分?)(?::?(?P<second>\d{{1,2}})秒?)?"
    r"(?:[.,]\d{1,9})?\s*(?P<meridiem>[ap]\.?m\b\.?)?"
)
_ZONE = r"(?:\s*(?P<zone>Z\b|(?:utc|gmt)?[+-]\d{2}:?\d{2}(?!\d)|(?:utc|gmt)[+-]\d{1,2}(?!\d)|(?:utc|gmt)\b))?"
_WEEKDAY = r"(?:\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?"
_BETWEEN = rf"{_WEEKDAY}(?:\s*T|\s*,|\s+at)?\s*"
_DAYS = (
    r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?",
    rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})",
    r"(?P<first>\d{1,2})[/.-](?P<other>\d{1,2})[/.-](?P<year>\d{4})",
)
_PATTERNS = tuple(
    re.compile(rf"(?<![\d]){day}{_BETWEEN}{_CLOCK}{_ZONE}(?!\d)", re.IGNORECASE | re.ASCII) for day in _DAYS
)
_PACKED = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)[\sT_-]?(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)",
    re.ASCII,
)
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?P<ms>\d{3})?", re.ASCII)
_AROUND = re.compile(
    r"(?:(?:星期|周)[一二三四五六日天]|mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?",
    re.IGNORECASE,
)
_LENGTH_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:\.\d+)?", re.ASCII)
_LENGTH_WORDS = re.compile(
    r"(?:(?P<h>\d{1,3})\s*(?:小时|时|h(?:ours?|rs?)?)\s*)?"
    r"(?:(?P<m>\d{1,4})\s*(?:分钟|分|m(?:in(?:ute)?s?)?|')\s*)?"
    r"(?:(?P<s>\d{1,6})(?:\.\d+)?\s*(?:秒钟?|s(?:ec(?:ond)?s?)?|\"|''))?\.?",
    re.ASCII | re.IGNORECASE,
)
_LENGTH_NUMBER = re.compile(r"(\d{1,6})(?:\.\d{1,6})?", re.ASCII)
_LATE = ("下午", "傍晚", "晚上", "夜里")
_EARLY = ("上午", "凌晨", "清晨", "早上")


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time in a text, from ``start`` to ``end``; ``trouble`` where it can't be told which time it is."""

    value: datetime | None
    start: int
    end: int
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An instant in the local time of a place. ``trouble`` tells of a clock that was put forward or back."""

    utc: str
    offset_minutes: int
    trouble: Trouble | None = None


def find_time(text: str) -> FoundTime | None:
    """Find the first full date with a time of day; None without one. ``text`` should be in NFKC."""
    matches = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    if not matches:
        return None
    match = min(matches, key=lambda one: one.start())
    parts = match.groupdict()
    if parts.get("first") is not None:
        first, other = int(parts["first"]), int(parts["other"])
        if first <= 12 and other <= 12 and first != other:
            return FoundTime(None, match.start(), match.end(), Trouble.DAY_OR_MONTH)
        parts["day"], parts["month"] = (first, other) if first > 12 or first == other else (other, first)
    elif parts.get("word") is not None:
        parts["month"] = _MONTHS.index(parts["word"].lower()) + 1
    value = _value(parts)
    trouble = Trouble.TIME_UNREADABLE if value is None else None
    return FoundTime(value, match.start(), match.end(), trouble)


def read_time(cell: str) -> FoundTime:
    """Read a cell that should hold a time and nothing else; also ``1795179812000`` and ``20261120210312``."""
    text = unicodedata.normalize("NFKC", cell).strip()
    whole = len(text)
    if match := _EPOCH.fullmatch(text):
        value = datetime.fromtimestamp(int(match["seconds"]), UTC)
        sane = _EARLIEST <= value.year < _LATEST
        return FoundTime(value if sane else None, 0, whole, None if sane else Trouble.TIME_UNREADABLE)
    if match := _PACKED.fullmatch(text):
        value_or_none = _value(match.groupdict())
        return FoundTime(value_or_none, 0, whole, None if value_or_none else Trouble.TIME_UNREADABLE)
    found = find_time(text)
    if found is None or _AROUND.sub("", text[: found.start] + text[found.end :]).strip():
        return FoundTime(None, 0, whole, Trouble.TIME_UNREADABLE if text else Trouble.NO_TIME)
    return found


def place(value: datetime, zone: tzinfo | None) -> Placed:
    """Put a wall time into a zone (None: that of the system); one with its own offset keeps the instant.

    A time that the clock showed twice is taken as the first of both; one that it never showed, as if it
    had not been put forward. Both are told.
    """
    trouble: Trouble | None = None
    if value.tzinfo is not None:
        local = value.astimezone(zone)
    else:
        local = _local(value, zone, fold=0)
        back = local.astimezone(UTC).astimezone(zone)
        if back.replace(tzinfo=None, fold=0) != value:
            trouble = Trouble.TIME_SKIPPED
        elif _local(value, zone, fold=1).utcoffset() != local.utcoffset():
            trouble = Trouble.TIME_TWICE
        local = back
    offset = local.utcoffset() or timedelta()
    return Placed(format_utc(local), round(offset.total_seconds() / 60), trouble)


def read_length(cell: str) -> int | None:
    """Seconds of ``12``, ``00:12``, ``1:02:03``, ``12秒``, ``1分20秒``, ``1 min 20 s``; else None."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if match := _LENGTH_NUMBER.fullmatch(text):
        seconds = int(match[1])
    elif match := _LENGTH_CLOCK.fullmatch(text):
        seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    elif text and (match := _LENGTH_WORDS.fullmatch(text)) and any(match.groups()):
        seconds = int(match["h"] or 0) * 3600 + int(match["m"] or 0) * 60 + int(match["s"] or 0)
    else:
        return None
    return seconds if seconds <= _LONGEST_S else None


def _local(value: datetime, zone: tzinfo | None, fold: int) -> datetime:
    folded = value.replace(fold=fold)
    return folded.astimezone() if zone is None else folded.replace(tzinfo=zone)


def _value(parts: dict[str, str | int | None]) -> datetime | None:
    hour = _hour(int(parts["hour"] or 0), str(parts.get("half") or ""), str(parts.get("meridiem") or ""))
    if hour is None:
        return None
    try:
        made = datetime(
            int(parts["year"] or 0),
            int(parts["month"] or 0),
            int(parts["day"] or 0),
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=_offset(str(parts.get("zone") or "")),
        )
    except ValueError:
        return None
    return made if _EARLIEST <= made.year < _LATEST else None


def _hour(hour: int, half: str, meridiem: str) -> int | None:
    """The hour of 24. "晚上12点" could be noon or midnight of either day: nobody can tell."""
    late = half in _LATE or meridiem.lower().startswith("p")
    early = half in _EARLY or meridiem.lower().startswith("a")
    if half == "中午":
        return hour if hour in (11, 12) else hour + 12 if hour < 3 else None
    if early and hour == 12:
        return 0
    if late and hour < 12:
        return hour + 12
    return None if half in ("晚上", "夜里") and hour == 12 else hour


def _offset(zone: str) -> tzinfo | None:
    text = zone.upper().removeprefix("UTC").removeprefix("GMT")
    if not zone:
        return None
    if text in ("", "Z"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
