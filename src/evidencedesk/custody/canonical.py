"""Canonical JSON (RFC 8785): the same facts are the same bytes on every machine."""

from __future__ import annotations

import math
from typing import Any

import rfc8785


def canonical_line(value: Any) -> bytes:
    """The RFC 8785 text of a JSON value, without a line end.

    Raises ValueError for floats, integers beyond 2**53 and text that UTF-8 can't hold.
    """
    _refuse_floats(value)
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise ValueError(str(error)) from error


def _refuse_floats(value: Any) -> None:
    # Floats would need ECMAScript's number printing to be checked by outsiders; the journal has none.
    if isinstance(value, float):
        kind = "not a number" if math.isnan(value) else "a float"
        raise ValueError(f"{kind} in canonical data")  # noqa: TRY004 - one error for all bad values
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)
