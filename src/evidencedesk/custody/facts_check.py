"""Compare what case.json tells with what the journal says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Finding, Layer

CASE_FILE = "data/case.json"
SHOWN_LIMIT = 20
_ABSENT = object()


def check_facts(case_file: CaseFile, events: Sequence[Event], told: Mapping[str, Any]) -> list[Finding]:
    """One finding for each field of case.json that the journal contradicts."""
    exports = [event for event in events if event.type is EventType.CASE_EXPORTED]
    expected: dict[str, Any] = {"v": 1, "case_file": case_file_to_json(case_file)}
    if exports:
        moment = exports[-1].moment
        expected["exported"] = {"utc": moment.utc, "offset_minutes": moment.offset_minutes}
        expected["language"] = exports[-1].data["language"]
    return differences(CASE_FILE, expected, {key: told.get(key) for key in expected})


def count_facts(case_file: CaseFile) -> int:
    """How many fields are compared."""
    return len(_leaves(case_file_to_json(case_file)))


def differences(name: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[Finding]:
    """Findings for all simple values that are not the same in both; only the first 20 spelled out."""
    wanted, told = _leaves(expected), _leaves(found)
    paths = [
        path
        for path in sorted(wanted.keys() | told.keys())
        if _typed(wanted.get(path, _ABSENT)) != _typed(told.get(path, _ABSENT))
    ]
    findings = [
        Finding(Layer.FACTS, "facts-disagree", f"{name} {path}", _text(wanted, path), _text(told, path))
        for path in paths[:SHOWN_LIMIT]
    ]
    if len(paths) > SHOWN_LIMIT:
        more = str(len(paths) - SHOWN_LIMIT)
        findings.append(Finding(Layer.FACTS, "too-many", "facts-disagree", str(SHOWN_LIMIT), more))
    return findings


def _typed(value: Any) -> tuple[type, Any]:
    # In Python True is 1; in a file it is not.
    return type(value), value


def _text(leaves: Mapping[str, Any], path: str) -> str:
    return str(leaves[path]) if path in leaves else ""


def _leaves(value: Any) -> dict[str, Any]:
    """Every simple value by its path: ``notes[3].text``."""
    leaves: dict[str, Any] = {}
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, Mapping) and part:
            waiting += [(f"{path}.{key}" if path else str(key), inner) for key, inner in part.items()]
        elif isinstance(part, list) and part:
            waiting += [(f"{path}[{index}]", inner) for index, inner in enumerate(part)]
        else:
            leaves[path] = part
    return leaves
