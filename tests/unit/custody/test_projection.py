"""The fold of events is the case, and case.json says it all."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.projection import project
from evidencedesk.domain.case import Document, RecordingState, Shown, Verdict
from evidencedesk.domain.event import Event, EventType
from evidencedesk.system.resources import resource
from fakes.case_folders import CASE, NOTE, RECOVERED, SEALED, BuiltCase, forged


def test_everything_that_happened_is_there(built: BuiltCase) -> None:
    case_file = project(built.events)
    assert (case_file.case.id, case_file.case.title) == (CASE, "来分期")
    assert case_file.case.contract == "LFQ-2024-0831", "changed later"
    assert case_file.head == built.head.hash
    assert case_file.events == len(built.events)
    (encounter,) = case_file.encounters
    assert encounter.closed is not None
    sealed, recovered = case_file.recordings
    assert (sealed.id, sealed.state, sealed.reason) == (SEALED, RecordingState.STOPPED, "user")
    assert (recovered.id, recovered.state) == (RECOVERED, RecordingState.RECOVERED)
    assert (recovered.file, recovered.found_file) == ("audio.recovered.flac", "audio.flac")
    assert (recovered.missing_ms, recovered.cut_bytes) == (1250, 12)
    (note,) = case_file.notes
    assert (note.text, note.earlier, note.corrected) == ("证件在车里。", ("证件在车里",), True)
    (tick,) = case_file.ticks
    assert (tick.verdict, tick.withdrawn) == (Verdict.BREACHED, True)
    (collector,) = case_file.collectors
    assert collector.card.documents == (
        (Document.LICENCE, Shown.WHEN_ASKED),
        (Document.WORK_ID, Shown.REFUSED),
    )
    assert len(case_file.attachments) == 1


def test_gaps_warnings_and_changed_cards_are_folded(built: BuiltCase) -> None:
    more = forged(built, lambda event: event)
    more.add(EventType.RECORDING_GAP, {"recording": SEALED, "at_ms": 1, "length_ms": 2, "cause": "overflow"})
    more.add(EventType.RECORDING_WARNING, {"recording": SEALED, "at_ms": 3, "code": "silent"})
    card = {**built.events[10].data["card"], "name": "张三"}
    more.add(EventType.COLLECTOR_CHANGED, {"collector": built.events[10].data["collector"], "card": card})
    case_file = project(more.events)
    assert [(gap.at_ms, gap.length_ms, gap.cause) for gap in case_file.gaps] == [(1, 2, "overflow")]
    assert [(warning.at_ms, warning.code) for warning in case_file.warnings] == [(3, "silent")]
    assert [collector.card.name for collector in case_file.collectors] == ["张三"]


def test_no_events_are_no_case() -> None:
    with pytest.raises(ValueError, match="no case"):
        project([])


@pytest.mark.parametrize("first", [1, 6, 9, 11])
def test_events_about_what_never_began_are_refused(built: BuiltCase, first: int) -> None:
    events = [event for event in built.events if event.seq > first]
    with pytest.raises((KeyError, ValueError)):
        project(events)


def test_a_case_opened_twice_is_refused(built: BuiltCase) -> None:
    with pytest.raises(ValueError, match="twice"):
        project([built.events[0], built.events[0]])


def test_with_a_listener_what_makes_no_sense_is_left_out_and_told(built: BuiltCase) -> None:
    told: list[tuple[int, str]] = []
    events: list[Event] = [event for event in built.events if event.type is not EventType.NOTE_TAKEN][1:]
    case_file = project(events, lambda event, error: told.append((event.seq, type(error).__name__)))
    assert told == [(8, "KeyError")]
    assert case_file.case.id == CASE
    assert len(case_file.recordings) == 2
    assert NOTE not in {note.id for note in case_file.notes}


def test_case_json_obeys_its_schema(exported: Path) -> None:
    schema = json.loads(resource("schemas", "case.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads((exported / "data/case.json").read_bytes()))


def test_the_schema_refuses_what_is_not_a_case(exported: Path) -> None:
    schema = json.loads(resource("schemas", "case.schema.json").read_bytes())
    validator = jsonschema.Draft202012Validator(schema)
    told = json.loads((exported / "data/case.json").read_bytes())
    for key in told["case_file"]:
        less = {**told, "case_file": {name: part for name, part in told["case_file"].items() if name != key}}
        assert not validator.is_valid(less), key
    assert not validator.is_valid({**told, "more": 1})


def _said(record: Any) -> set[str]:
    """The fields that stand there: all but those added later that hold their default."""
    return {
        field.name
        for field in dataclasses.fields(record)
        if "added_later" not in field.metadata or getattr(record, field.name) != field.default
    }


def test_every_field_of_every_record_stands_in_case_json(built: BuiltCase) -> None:
    case_file = project(built.events)
    told = case_file_to_json(case_file)
    assert set(told) == _said(case_file)
    for name in ("recordings", "notes", "ticks", "collectors", "attachments", "encounters"):
        (record, *_) = getattr(case_file, name)
        assert set(told[name][0]) == _said(record)
    assert told["collectors"][0]["card"]["documents"] == {"work_id": "refused", "licence": "shown_when_asked"}
    assert json.loads(json.dumps(told)) == told
