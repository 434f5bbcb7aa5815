"""Canonical JSON (RFC 8785): the same facts are the same bytes on every machine."""

from __future__ import annotations

import json
from typing import Any

import rfc8785

_EXACT = 1 << 53  # beyond it a number is not the same everywhere
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_line(value: Any) -> bytes:
    """The RFC 8785 text of a JSON value, without a line end.

    Raises ValueError for floats, integers beyond 2**53 and text that UTF-8 can't hold.
    """
    _refuse_inexact(value)
    try:
        # Without floats, Python's own writer makes the same text many times faster ...
        text = _ENCODER.encode(value)
        # ... except that it sorts keys by code points, not by UTF-16: the same in the basic plane only.
        in_basic_plane = len(text.encode("utf-16-le")) == 2 * len(text)
        return text.encode() if in_basic_plane else rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, TypeError) as error:
        raise ValueError(str(error)) from error


def _refuse_inexact(value: Any) -> None:
    # Floats would need ECMAScript's number printing to be checked by outsiders; the journal has none.
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if isinstance(value, float):
        raise ValueError("a float in canonical data")  # noqa: TRY004 - one error for all bad values
    if isinstance(value, int):
        if not -_EXACT < value < _EXACT:
            raise ValueError("an integer beyond 2**53 in canonical data")
    elif isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise ValueError("a key that is no text")  # noqa: TRY004 - one error for all bad values
            _refuse_inexact(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_inexact(part)
