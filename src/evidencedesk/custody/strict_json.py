"""Read JSON that a stranger wrote: no double keys, no fractions, no bottomless nesting."""

from __future__ import annotations

import json
from typing import Any, NoReturn


def parse_strict(raw: bytes) -> Any:
    """A JSON value. Raises ValueError for anything that two readers could understand differently."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_no_doubles,
            parse_constant=_no_number,
            parse_float=_no_number,
        )
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a character can't be written
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is not a whole number")
