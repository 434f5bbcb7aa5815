"""What a field of a stranger's journal may be: one small question each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from evidencedesk.domain.identifiers import Kind, is_id
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.stamp import is_authority_name

Check = Callable[[Any], bool]
Shape = Mapping[str, Check]

_AMOUNT = re.compile(r"([0-9]{1,15}(\.[0-9]{1,4})?)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"-?[0-9]{1,60}")
_POLICY = re.compile(r"[0-9]+(\.[0-9]+)+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_MINUTES = 24 * 60
_EXACT = 1 << 53  # beyond it JSON numbers are not the same everywhere


def wrong_key(data: Mapping[str, Any], shape: Shape, *, whole: bool = True) -> str:
    """The first key, in order, that is unknown, missing or wrong; empty when all are right."""
    for key in sorted(data.keys() | shape.keys()):
        if key not in shape or (key in data and not shape[key](data[key])) or (whole and key not in data):
            return key
    return ""


def is_text(value: Any) -> bool:
    """Any text."""
    return isinstance(value, str)


def is_utc(value: Any) -> bool:
    """A moment that the calendar has."""
    try:
        parse_utc(value)
    except (ValueError, TypeError):
        return False
    return True


def is_language(value: Any) -> bool:
    """A language of exports."""
    return value in ("zh", "en")


def is_flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def is_whole(value: Any) -> bool:
    """A whole number that is the same everywhere."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT


def is_count(value: Any) -> bool:
    """None or more."""
    return is_whole(value) and value >= 0


def is_positive(value: Any) -> bool:
    """One or more."""
    return is_whole(value) and value > 0


def is_sha256(value: Any) -> bool:
    """A hash in small letters."""
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def is_sha256_or_nothing(value: Any) -> bool:
    """A hash, or empty: a recording that ended before its first sample has no files."""
    return value == "" or is_sha256(value)


def is_authority(value: Any) -> bool:
    """The short name of a time stamp authority."""
    return isinstance(value, str) and is_authority_name(value)


def is_number(value: Any) -> bool:
    """A number as text: serial numbers have up to 160 bits."""
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def is_policy(value: Any) -> bool:
    """An object identifier."""
    return isinstance(value, str) and _POLICY.fullmatch(value) is not None


def is_id_of(kind: Kind) -> Check:
    """An identifier of this kind."""
    return lambda value: isinstance(value, str) and value.startswith(kind.value) and is_id(value)


def is_one_of(words: type[StrEnum]) -> Check:
    """One of these words."""
    return lambda value: isinstance(value, str) and value in {word.value for word in words}


def or_none(check: Check) -> Check:
    """The same, or nothing known."""
    return lambda value: value is None or check(value)


def is_map(shape: Shape, later: Shape | None = None) -> Check:
    """A map of exactly this shape; what ``later`` has may be left out."""
    optional = later or {}
    return lambda value: (
        isinstance(value, dict)
        and not wrong_key(value, {**shape, **{k: optional[k] for k in optional if k in value}})
    )


def is_map_from(keys: Check, values: Check) -> Check:
    """A map whose keys and values are such."""
    return lambda value: (
        isinstance(value, dict) and all(keys(key) and values(one) for key, one in value.items())
    )


def is_list_of(check: Check) -> Check:
    """A list of such."""
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def is_offset(value: Any) -> bool:
    """Local time minus UTC, in minutes: less than a day."""
    return is_whole(value) and abs(value) < _DAY_MINUTES


def is_day(value: Any) -> bool:
    """A day's form; whether the calendar has it is not asked."""
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def is_day_or_nothing(value: Any) -> bool:
    """A day's form, or empty."""
    return value == "" or is_day(value)


def is_amount(value: Any) -> bool:
    """A sum in decimal digits, or empty."""
    return isinstance(value, str) and _AMOUNT.fullmatch(value) is not None
