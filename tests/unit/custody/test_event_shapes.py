"""What the reader demands is what the published schema says, and what the program writes."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import jsonschema
import pytest

from evidencedesk.custody.event_shapes import ADDED_LATER, SHAPES, wrong_in
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.system.resources import resource
from fakes.case_folders import BuiltCase

SCHEMA = json.loads(resource("schemas", "event.schema.json").read_bytes())
BY_TYPE = {
    rule["if"]["properties"]["type"]["const"]: rule["then"]["properties"]["data"] for rule in SCHEMA["allOf"]
}
BAD: tuple[Any, ...] = (None, True, -1, 0.5, 2**60, "", "x" * 70, [], {}, {"a": 1})


def test_every_kind_of_event_has_a_shape_and_a_schema() -> None:
    assert set(SHAPES) == set(EventType)
    assert set(BY_TYPE) == {kind.value for kind in EventType}


@pytest.mark.parametrize("kind", EventType)
def test_schema_and_shape_name_the_same_fields(kind: EventType) -> None:
    schema = BY_TYPE[kind.value]
    assert set(schema["properties"]) == set(SHAPES[kind]) | set(ADDED_LATER.get(kind, {}))
    if kind is not EventType.CASE_CHANGED:
        assert set(schema["required"]) == set(SHAPES[kind])
    assert schema["additionalProperties"] is False


def test_what_the_program_writes_passes_both(built: BuiltCase) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for event in built.events:
        assert wrong_in(event) == ""
        validator.validate(event.as_json())


def test_a_recording_that_never_got_a_sample_passes(built: BuiltCase) -> None:
    stopped = next(event for event in built.events if event.type is EventType.RECORDING_STOPPED)
    nothing = {
        "file": "",
        "file_sha256": "",
        "pcm_sha256": "",
        "pulse_sha256": "",
        "samples": 0,
        "file_bytes": 0,
    }
    empty = dataclasses.replace(stopped, data={**stopped.data, **nothing})
    assert wrong_in(empty) == ""
    jsonschema.Draft202012Validator(SCHEMA).validate(empty.as_json())


def test_a_field_that_is_missing_or_unknown_is_named(built: BuiltCase) -> None:
    for event in built.events:
        if event.type is not EventType.CASE_CHANGED:
            for key in event.data:
                less = {name: value for name, value in event.data.items() if name != key}
                assert wrong_in(dataclasses.replace(event, data=less)) == f"data.{key}"
        more = dataclasses.replace(event, data={**event.data, "zz": 1})
        assert wrong_in(more) == "data.zz"


def test_what_the_schema_refuses_the_reader_refuses_too(built: BuiltCase) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    refused = 0
    for event in built.events:
        for key in event.data:
            for bad in BAD:
                changed = dataclasses.replace(event, data={**event.data, key: bad})
                if not validator.is_valid(changed.as_json()):
                    refused += 1
                    assert wrong_in(changed) == f"data.{key}", (event.type, bad)
    assert refused > 300


@pytest.mark.parametrize(
    "card",
    [
        {"name": "x"},
        {"documents": {"passport": "refused"}},
        {"documents": {"work_id": "maybe"}},
        {"documents": []},
    ],
)
def test_a_card_with_a_wrong_part_is_named(built: BuiltCase, card: dict[str, Any]) -> None:
    added = next(event for event in built.events if event.type is EventType.COLLECTOR_ADDED)
    whole = card if "name" in card else {**added.data["card"], **card}
    assert wrong_in(dataclasses.replace(added, data={**added.data, "card": whole})) == "data.card"


def test_a_moment_that_no_calendar_has_is_named(built: BuiltCase) -> None:
    event = dataclasses.replace(built.events[0], moment=Moment("2026-02-30T00:00:00.000000Z", 0, "b", 0))
    assert wrong_in(event) == "utc"
