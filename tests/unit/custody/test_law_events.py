"""Contacts, steps and later fields: what reader, schema and case.json make of them."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import jsonschema
import pytest

from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.event_shapes import ADDED_LATER, wrong_in
from evidencedesk.custody.facts_check import check_facts
from evidencedesk.custody.projection import project
from evidencedesk.domain.case import Document, Listed
from evidencedesk.domain.event import Event, EventType
from evidencedesk.system.resources import resource
from fakes.case_folders import VISIT, BuiltCase, forged
from fakes.law_events import CONTACT, DETAILS, FOLLOW_UP, LATER_CARD, STEP, law_events, with_law_events

EVENT_SCHEMA = jsonschema.Draft202012Validator(
    json.loads(resource("schemas", "event.schema.json").read_bytes())
)
BAD: tuple[Any, ...] = (None, True, -1, "", "x" * 70, [], {}, {"a": 1}, "2026-02-30T00:00:00.000000Z")


def _differently(event: Event) -> list[Event]:
    """The event with each of its fields, also those of a card or of details, set to each odd value."""
    changed = []
    for key, value in event.data.items():
        changed += [{**event.data, key: bad} for bad in BAD]
        if isinstance(value, dict):
            changed += [{**event.data, key: {**value, inner: bad}} for inner in value for bad in BAD]
            changed += [
                {**event.data, key: {name: one for name, one in value.items() if name != inner}}
                for inner in value
            ]
    return [dataclasses.replace(event, data=data) for data in changed]


def test_what_the_program_writes_passes_reader_and_schema(built: BuiltCase) -> None:
    for event in law_events(built):
        assert wrong_in(event) == ""
        EVENT_SCHEMA.validate(event.as_json())


def test_reader_and_schema_refuse_the_same(built: BuiltCase) -> None:
    refused = 0
    for event in law_events(built):
        for changed in _differently(event):
            if not EVENT_SCHEMA.is_valid(changed.as_json()):
                refused += 1
                assert wrong_in(changed), changed.data
            elif wrong_in(changed):
                # A pattern can't tell that there is no 31 February.
                assert "2026-02-30T" in json.dumps(changed.data), changed.data
    assert refused > 500


@pytest.mark.parametrize(
    ("automatic", "allowed"), [({}, True), ({"automatic": True}, True), ({"automatic": "yes"}, False)]
)
def test_a_withdrawal_may_say_that_nobody_asked_for_it(
    built: BuiltCase, automatic: dict[str, object], *, allowed: bool
) -> None:
    withdrawal = next(one for one in built.events if one.type is EventType.TICK_WITHDRAWN)
    changed = dataclasses.replace(withdrawal, data={**withdrawal.data, **automatic})
    assert EVENT_SCHEMA.is_valid(changed.as_json()) is allowed
    assert (wrong_in(changed) == "") is allowed


@pytest.mark.parametrize("kind", ADDED_LATER)
def test_fields_that_came_later_can_be_missing(built: BuiltCase, kind: EventType) -> None:
    for event in law_events(built):
        if event.type is kind and kind is not EventType.CASE_CHANGED:
            older = {key: value for key, value in event.data.items() if key not in ADDED_LATER[kind]}
            assert wrong_in(dataclasses.replace(event, data=older)) == ""


def test_everything_that_was_told_is_folded(built: BuiltCase) -> None:
    case_file = project(with_law_events(built).events)
    assert case_file.case.hotline == "400 000 0000"
    assert (case_file.encounters[0].present, case_file.encounters[0].agreed) == (3, None)
    (contact,) = case_file.contacts
    assert (contact.id, contact.details.length_s) == (CONTACT, 12)
    assert contact.changed
    assert contact.withdrawn
    (step,) = case_file.follow_ups
    assert (step.id, step.details.amount, step.encounter, step.withdrawn) == (FOLLOW_UP, "", VISIT, True)
    card = case_file.collectors[0].card
    assert (card.credit_code, card.listed) == (LATER_CARD["credit_code"], Listed.NO)
    assert dict(card.names_on)[Document.LICENCE] == "甲公司"
    assert case_file.ticks[-1].facts == (("begun", "21:30"), ("limit", "21:00"))
    assert case_file.attachments[-1].document is Document.ID_CARD


def test_case_json_tells_all_of_it_as_its_schema_says(built: BuiltCase) -> None:
    case_file = project(with_law_events(built).events)
    told = case_file_to_json(case_file)
    schema = json.loads(resource("schemas", "case.schema.json").read_bytes())
    parts = {**schema["properties"]["case_file"], "$defs": schema["$defs"]}
    jsonschema.Draft202012Validator(parts).validate(told)
    assert told["contacts"][0]["details"] == {**DETAILS, "length_s": 12}
    assert told["follow_ups"][0]["details"] == {**STEP, "amount": ""}
    assert told["collectors"][0]["card"] == LATER_CARD
    assert told["collectors"][0]["document_moments"].keys() == {"work_id", "id_card"}
    assert told["ticks"][-1]["facts"] == {"begun": "21:30", "limit": "21:00"}
    assert json.loads(json.dumps(told)) == told


def test_what_says_nothing_new_is_left_out_of_case_json(built: BuiltCase) -> None:
    told = case_file_to_json(project(built.events))
    assert not {"contacts", "follow_ups"} & told.keys()
    assert "hotline" not in told["case"]
    assert not {"present", "agreed"} & told["encounters"][0].keys()
    assert not {"rule", "facts", "subject"} & told["ticks"][0].keys()
    assert not {"credit_code", "names_on", "letter_until", "listed"} & told["collectors"][0]["card"].keys()
    assert not {"collector", "document", "contact", "follow_up"} & told["attachments"][0].keys()


def _findings(built: BuiltCase, told: dict[str, Any]) -> list[str]:
    case_file = project(built.events)
    plain = {"v": 1, "case_file": told, "language": "zh"}
    plain["exported"] = {"utc": built.events[-1].moment.utc, "offset_minutes": 480}
    return [finding.subject for finding in check_facts(case_file, built.events, plain)]


def test_a_folder_from_before_papers_had_moments_is_not_faulted(built: BuiltCase) -> None:
    told = case_file_to_json(project(built.events))
    del told["collectors"][0]["document_moments"]
    assert _findings(built, told) == []


def test_a_forged_moment_of_a_paper_is_named(built: BuiltCase) -> None:
    told = case_file_to_json(project(built.events))
    told["collectors"][0]["document_moments"]["work_id"]["utc"] = "2026-11-23T03:00:00.000000Z"
    assert _findings(built, told) == ["data/case.json case_file.collectors[0].document_moments.work_id.utc"]


@pytest.mark.parametrize(
    "kind",
    [
        EventType.CONTACT_CHANGED,
        EventType.CONTACT_WITHDRAWN,
        EventType.FOLLOW_UP_CHANGED,
        EventType.FOLLOW_UP_WITHDRAWN,
        EventType.ENCOUNTER_DESCRIBED,
    ],
)
def test_an_event_about_what_was_never_logged_is_refused(built: BuiltCase, kind: EventType) -> None:
    event = next(one for one in law_events(built) if one.type is kind)
    nowhere = {"contact": "k-zzzzzzzz", "follow_up": "f-zzzzzzzz", "encounter": "e-zzzzzzzz"}
    data = {key: nowhere.get(key, value) for key, value in event.data.items()}
    more = forged(built, lambda one: one)
    more.add(kind, data)
    with pytest.raises(KeyError):
        project(more.events)
