"""A case file as plain JSON: the same facts, no floats, nothing left out."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.moment import Moment

# Pairs in Python, so that a record can be compared and hashed; maps in JSON.
_MAPS = frozenset({"documents", "names_on", "document_moments", "facts"})


def case_file_to_json(case_file: CaseFile) -> dict[str, Any]:
    """Everything known about a case, as ``resources/schemas/case.schema.json`` describes it."""
    plain: dict[str, Any] = plain_json(case_file)
    return plain


def plain_json(value: Any) -> Any:
    """A record or a part of one as JSON has it.

    What was added to a record later is left out while it says nothing, so that what older versions
    wrote stays as it was.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Moment):
        # A string for the steady clock, as in the journal: JSON numbers end at 2**53.
        return {
            "utc": value.utc,
            "offset_minutes": value.offset_minutes,
            "boot": value.boot,
            "mono_ns": str(value.mono_ns),
        }
    if dataclasses.is_dataclass(value):
        return {
            field.name: _field(field.name, getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not ("added_later" in field.metadata and getattr(value, field.name) == field.default)
        }
    if isinstance(value, tuple):
        return [plain_json(part) for part in value]
    return value


def _field(name: str, value: Any) -> Any:
    if name in _MAPS:
        return {plain_json(key): plain_json(part) for key, part in value}
    return plain_json(value)
