"""``case.jsonld`` against the vocabulary's own rules; its tools are needed here only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.custody.projection import project
from evidencedesk.export.case_uco import case_jsonld
from fakes.case_folders import BuiltCase, build_case
from samples.law_records import case_with_records


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltCase:
    return build_case(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def content(built: BuiltCase) -> bytes:
    return case_jsonld(project(built.events), "0.1.0")


def conforms(path: Path) -> bool:
    """What the vocabulary's own program says."""
    program = Path(sys.executable).with_name("case_validate")
    done = subprocess.run([program, path], capture_output=True, check=False, text=True)
    assert "Conforms:" in done.stdout, done.stderr
    return done.returncode == 0


def test_the_vocabularys_own_program_accepts_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "case.jsonld").write_bytes(content)
    assert conforms(tmp_path / "case.jsonld")


def test_the_same_program_refuses_a_wrong_type(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "case.jsonld").write_bytes(content.replace(b"xsd:hexBinary", b"xsd:dateTime"))
    assert not conforms(tmp_path / "case.jsonld")


def test_every_recording_file_note_and_person_is_in_it(built: BuiltCase, content: bytes) -> None:
    case_file = project(built.events)
    nodes: list[dict[str, Any]] = json.loads(content)["@graph"]
    hashes = {
        digest["uco-types:hashValue"]["@value"]
        for node in nodes
        for facet in node.get("uco-core:hasFacet", [])
        for digest in facet.get("uco-observable:hash", [])
    }
    assert hashes == {one.file_sha256 for one in case_file.recordings} | {
        one.sha256 for one in case_file.taken_in
    }
    statements = {node.get("uco-core:statement") for node in nodes}
    assert {note.text for note in case_file.notes} <= statements
    assert "张伟" in {node.get("uco-core:name") for node in nodes}
    simulated = [node for node in nodes if "SIMULATED" in str(node.get("uco-core:description"))]
    assert len(simulated) == 1


def test_the_same_case_gives_the_same_bytes(built: BuiltCase, content: bytes) -> None:
    assert case_jsonld(project(built.events), "0.1.0") == content
    assert len({node["@id"] for node in json.loads(content)["@graph"]}) == len(json.loads(content)["@graph"])


def test_encounters_contacts_and_steps_are_events_the_vocabulary_accepts(tmp_path: Path) -> None:
    case_file = case_with_records()
    content = case_jsonld(case_file, "0.1.0")
    (tmp_path / "case.jsonld").write_bytes(content)
    assert conforms(tmp_path / "case.jsonld")
    nodes: list[dict[str, Any]] = json.loads(content)["@graph"]
    events = [node for node in nodes if node["@type"] == "uco-core:Event"]
    kinds = sorted(node["uco-core:eventType"] for node in events)
    assert kinds == [
        "contact from others: call",
        "contact from others: call",
        "contact from others: missed_call",
        "contact from others: sms",
        "contact to others: visit",
        "encounter: call",
        "encounter: visit",
        "step: call",
        "step: call",
        "step: payment",
    ], "what was withdrawn is not in it"
    told = " ".join(node["uco-core:description"] for node in events)
    assert "present: 1 / time not agreed" in told
    assert "10680000000000" in told
    receipt = next(node for node in events if node["uco-core:eventType"] == "step: payment")
    assert len(receipt["uco-core:eventContext"]) == 1


def test_what_a_withdrawn_contact_said_is_not_in_it() -> None:
    assert "重复记录" not in case_jsonld(case_with_records(), "0.1.0").decode()
