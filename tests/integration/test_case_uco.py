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
