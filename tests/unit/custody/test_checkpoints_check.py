"""Checkpoints as a row: numbered, named, in order, signed. With the key in hand they can't be bent either."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.custody.checkpoint import Checkpoint, Why
from evidencedesk.custody.verify import verify_folder
from fakes.case_folders import BuiltCase, build_case
from fakes.owners import resign
from fakes.signers import signer

FOLDER = "signatures/checkpoints/"
STARTED = f"{FOLDER}000001-recording-started.json"
STOPPED = f"{FOLDER}000002-recording-stopped.json"
EXPORT = f"{FOLDER}000003-export.json"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltCase:
    return build_case(tmp_path_factory.mktemp("source"), signer().fingerprint)


def three(built: BuiltCase, device: str) -> list[Checkpoint]:
    return [
        built.checkpoint(3, Why.RECORDING_STARTED, device),
        built.checkpoint(5, Why.RECORDING_STOPPED, device),
        built.checkpoint(len(built.events), Why.EXPORT, device),
    ]


@pytest.fixture(scope="module")
def original(built: BuiltCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("signed") / "case"
    return built.export_signed(place, signer(), three(built, signer().fingerprint))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "case")


def faults(folder: Path) -> set[tuple[str, str]]:
    return {(one.code, one.subject) for one in verify_folder(folder).faults}


def rename(folder: Path, old: str, new: str) -> None:
    for ending in ("", ".sig"):
        (folder / (old + ending)).rename(folder / (new + ending))


def test_a_row_as_it_was_made_has_no_fault(folder: Path) -> None:
    resign(folder, signer())
    assert faults(folder) == set()


def test_a_checkpoint_that_was_renamed_to_another_occasion_is_named(folder: Path) -> None:
    rename(folder, EXPORT, f"{FOLDER}000003-case-deleted.json")
    resign(folder, signer())
    assert faults(folder) == {("checkpoint-invalid", f"{FOLDER}000003-case-deleted.json")}


def test_a_checkpoint_that_was_taken_out_leaves_a_gap(folder: Path) -> None:
    for ending in ("", ".sig"):
        (folder / (STOPPED + ending)).unlink()
    resign(folder, signer())
    assert faults(folder) == {("checkpoint-invalid", EXPORT)}


def test_checkpoints_in_another_order_than_the_journal_s_are_named(folder: Path) -> None:
    rename(folder, STARTED, f"{FOLDER}000004-recording-started.json")
    rename(folder, STOPPED, f"{FOLDER}000001-recording-stopped.json")
    rename(folder, EXPORT, f"{FOLDER}000002-export.json")
    rename(folder, f"{FOLDER}000004-recording-started.json", f"{FOLDER}000003-recording-started.json")
    resign(folder, signer())
    assert faults(folder) == {("checkpoint-disagrees", f"{FOLDER}000003-recording-started.json")}


@pytest.mark.parametrize("name", [STARTED, STOPPED, EXPORT])
def test_a_signature_that_the_folder_s_own_key_would_have_made_is_missed(folder: Path, name: str) -> None:
    (folder / f"{name}.sig").unlink()
    resign(folder, signer())
    assert faults(folder) == {("checkpoint-invalid", f"{name}.sig")}


def test_a_checkpoint_of_a_key_that_could_not_be_opened_then_stays_unsigned(
    built: BuiltCase, tmp_path: Path
) -> None:
    seen = three(built, signer().fingerprint)
    earlier_key = dataclasses.replace(seen[0], device=signer(2).fingerprint)
    assert faults(built.export_signed(tmp_path / "case", signer(), [earlier_key, *seen[1:]])) == set()


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        (lambda utc: utc.replace("2026-", "2999-"), {("checkpoint-disagrees", EXPORT)}),
        (lambda utc: utc.replace("-23T", "-25T"), {("checkpoint-disagrees", EXPORT)}),
        # The computer's clock was put right after it: nobody changed anything.
        (lambda utc: utc.replace("T14:", "T22:"), set()),
        (lambda utc: utc.replace("2026-", "2020-"), set()),
    ],
)
def test_a_checkpoint_from_after_the_handing_over_is_named(
    built: BuiltCase, tmp_path: Path, moved: Callable[[str], str], found: set[tuple[str, str]]
) -> None:
    seen = three(built, signer().fingerprint)
    seen[2] = dataclasses.replace(seen[2], utc=moved(seen[2].utc))
    assert faults(built.export_signed(tmp_path / "case", signer(), seen)) == found
