"""Compare what case.json tells with what the journal says."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Finding, Layer

CASE_FILE = "data/case.json"
SHOWN_LIMIT = 20
_ABSENT = object()
_WORKED_OUT = "document_moments"


def check_facts(case_file: CaseFile, events: Sequence[Event], told: Mapping[str, Any]) -> list[Finding]:
    """One finding for each field of case.json that the journal contradicts."""
    exports = [event for event in events if event.type is EventType.CASE_EXPORTED]
    known = as_told(case_file_to_json(case_file), told.get("case_file"))
    expected: dict[str, Any] = {"v": 1, "case_file": known}
    if exports:
        moment = exports[-1].moment
        expected["exported"] = {"utc": moment.utc, "offset_minutes": moment.offset_minutes}
        expected["language"] = exports[-1].data["language"]
    return differences(CASE_FILE, expected, {key: told.get(key) for key in expected})


def as_told(known: dict[str, Any], told: Any) -> dict[str, Any]:
    """The same facts, without what is worked out from the journal and older versions did not write down."""
    found = told.get("collectors") if isinstance(told, Mapping) else None
    older = {
        one["id"]
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, Mapping) and isinstance(one.get("id"), str) and _WORKED_OUT not in one
    }
    collectors = [
        {key: value for key, value in one.items() if key != _WORKED_OUT or one["id"] not in older}
        for one in known["collectors"]
    ]
    return {**known, "collectors": collectors}


def count_facts(case_file: CaseFile) -> int:
    """How many fields are compared."""
    return _count_leaves(case_file_to_json(case_file))


def differences(name: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[Finding]:
    """Findings for all simple values that are not the same in both; only the first 20 spelled out."""
    count = 0

    def counted() -> Iterator[tuple[str, Any, Any]]:
        nonlocal count
        for difference in _different(expected, found):
            count += 1
            yield difference

    shown = heapq.nsmallest(SHOWN_LIMIT, counted(), key=lambda difference: difference[0])
    findings = [
        Finding(Layer.FACTS, "facts-disagree", f"{name} {path}", _text(wanted), _text(told))
        for path, wanted, told in shown
    ]
    if count > SHOWN_LIMIT:
        more = str(count - SHOWN_LIMIT)
        findings.append(Finding(Layer.FACTS, "too-many", "facts-disagree", str(SHOWN_LIMIT), more))
    return findings


def _different(expected: Any, found: Any) -> Iterator[tuple[str, Any, Any]]:
    """Path and both values of each simple value that differs.

    What a stranger wrote is followed only where something was expected: a long key above many values
    would otherwise make as many long paths.
    """
    waiting: list[tuple[str, Any, Any]] = [("", expected, found)]
    while waiting:
        path, wanted, told = waiting.pop()
        parts = _parts(path, wanted)
        if not parts:
            if _typed(wanted) != _typed(told):
                yield path, wanted, told
            continue
        same_kind = isinstance(told, Mapping if isinstance(wanted, Mapping) else list)
        if not same_kind and told is not _ABSENT:
            yield path, _ABSENT, told
        told_parts = _parts(path, told) if same_kind else {}
        waiting += [
            (inner, parts.get(inner, _ABSENT), told_parts.get(inner, _ABSENT))
            for inner in parts.keys() | told_parts.keys()
        ]


def _typed(value: Any) -> tuple[type, Any]:
    # In Python True is 1; in a file it is not.
    return type(value), value


def _text(value: Any) -> str:
    if value is _ABSENT:
        return ""
    if isinstance(value, Mapping | list) and value:
        return "{…}" if isinstance(value, Mapping) else "[…]"
    return str(value)


def _parts(path: str, value: Any) -> dict[str, Any]:
    """What is inside a list or map by its path: ``notes[3]``; nothing in a simple value."""
    if isinstance(value, Mapping):
        return {f"{path}.{key}" if path else str(key): inner for key, inner in value.items()}
    if isinstance(value, list):
        return {f"{path}[{index}]": inner for index, inner in enumerate(value)}
    return {}


def _count_leaves(value: Any) -> int:
    count, waiting = 0, [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping | list) and part:
            waiting += part.values() if isinstance(part, Mapping) else part
        else:
            count += 1
    return count
