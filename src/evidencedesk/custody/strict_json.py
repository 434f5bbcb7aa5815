"""Read JSON that a stranger wrote: no double keys, no NaN, no bottomless nesting."""

from __future__ import annotations

import json
from typing import Any


def parse_strict(raw: bytes) -> Any:
    """A JSON value. Raises ValueError for anything that two readers could understand differently."""
    try:
        return json.loads(raw, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
