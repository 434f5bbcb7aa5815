"""The JSON Schema for authors and the loader say the same of a pack."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evidencedesk.domain.rules import CheckKind
from evidencedesk.guidance.checks import RULES
from evidencedesk.system.resources import resource
from samples.pack_mistakes import GOOD, MISTAKES, WHOLE

SCHEMA = json.loads(resource("schemas", "rule-pack.schema.json").read_bytes())
PACKS = sorted(resource("packs").rglob("*.toml"))

# What one part of a pack says of another, and that a date has no quotes, is no business of the schema.
ONLY_THE_LOADER = {
    "a group is unknown",
    "a document is unknown",
    "a date is text",
    "a marker names no item",
    "a review is due before it was done",
    "a helper names a marker that is gone",
    "a helper names an item that is gone",
    "an item whose refusal counts is gone",
    "a caution's item is gone",
}


def as_data(toml: str) -> Any:
    """A pack as JSON Schema sees it: dates are texts."""
    return json.loads(json.dumps(tomllib.loads(toml), default=_day))


def _day(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def fits(toml: str) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(as_data(toml))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_every_shipped_pack_fits_it(path: Path) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(as_data(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("toml", [GOOD, WHOLE])
def test_the_example_fits_it(toml: str) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(as_data(toml))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_the_loader_refuses_the_schema_refuses(mistake: str) -> None:
    old, new, _, _ = MISTAKES[mistake]
    assert fits(WHOLE.replace(old, new, 1)) == (mistake in ONLY_THE_LOADER)


def test_the_list_of_exceptions_is_true() -> None:
    assert set(MISTAKES) >= ONLY_THE_LOADER


def test_the_schema_knows_the_rules_of_the_loader_and_no_other() -> None:
    by_kind = {
        branch["if"]["properties"]["kind"]["const"]: branch["then"]["properties"]["rule"]
        for branch in SCHEMA["$defs"]["check"]["allOf"]
        if "if" in branch
    }
    for kind in (CheckKind.AUTOMATIC, CheckKind.SUGGEST):
        assert set(by_kind[kind.value]["enum"]) == {n for n, rule in RULES.items() if kind in rule.kinds}
    assert by_kind["tick"] is False
    automatic = {name for name, rule in RULES.items() if CheckKind.AUTOMATIC in rule.kinds}
    assert set(SCHEMA["$defs"]["helper"]["properties"]["rule"]["enum"]) == automatic


@pytest.mark.parametrize("name", RULES)
def test_the_schema_knows_each_rules_parameters(name: str) -> None:
    (told,) = (
        branch["then"]["properties"]["parameters"]
        for branch in SCHEMA["$defs"]["rule_parameters"]["allOf"]
        if branch["if"]["properties"]["rule"]["const"] == name
    )
    rule = RULES[name]
    assert set(told.get("properties", ())) == set(rule.forms)
    assert set(told.get("required", ())) == set(rule.required)
