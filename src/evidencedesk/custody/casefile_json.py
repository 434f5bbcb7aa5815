"""A case file as plain JSON: the same facts, no floats, nothing left out."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

from evidencedesk.domain.case import CaseFile, CollectorCard
from evidencedesk.domain.moment import Moment


def case_file_to_json(case_file: CaseFile) -> dict[str, Any]:
    """Everything known about a case, as ``resources/schemas/case.schema.json`` describes it."""
    plain: dict[str, Any] = _plain(case_file)
    return plain


def _plain(value: Any) -> Any:
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
    if isinstance(value, CollectorCard):
        card = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        card["documents"] = {document.value: shown.value for document, shown in value.documents}
        return card
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not ("added_later" in field.metadata and getattr(value, field.name) == field.default)
        }
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
