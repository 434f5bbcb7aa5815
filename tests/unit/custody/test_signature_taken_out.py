"""A folder whose signature was taken out must not look like one that never had any."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.signature_files import SIGNATURE_FILE, SSH_SIGNATURE_FILE
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Layer, Report
from evidencedesk.export.case_folder import write_case_folder
from evidencedesk.export.signed_folder import checkpoint_files
from evidencedesk.system.resources import resource
from evidencedesk.wording.findings import verdict
from evidencedesk.wording.language import Words
from fakes.case_folders import BuiltCase, build_case, forged
from fakes.owners import relist
from fakes.signers import signer

EN = Words("en", resource("locale"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltCase:
    return build_case(tmp_path_factory.mktemp("source"))


def saying(built: BuiltCase, more: Mapping[str, Any], note: str = "") -> BuiltCase:
    """The same case, whose last export's entry says more; with a ``note``, one was rewritten as well."""

    def change(event: Event) -> Event:
        if event.type is EventType.CASE_EXPORTED:
            return dataclasses.replace(event, data={**event.data, **more})
        if note and event.type is EventType.NOTE_CORRECTED:
            return dataclasses.replace(event, data={**event.data, "text": note})
        return event

    return forged(built, change)


def unsigned(built: BuiltCase, folder: Path, *, export_signed: bool | None) -> Report:
    """Without a signature, but with the checkpoint of a recording, signed, and perhaps the export's."""
    device = signer().fingerprint
    started = built.checkpoint(3, Why.RECORDING_STARTED, device)
    kept = [(started, signer().sign(started.content()))]
    if export_signed is not None:
        last = built.checkpoint(len(built.events), Why.EXPORT, device)
        kept.append((last, signer().sign(last.content()) if export_signed else b""))
    plan = dataclasses.replace(
        built.plan(folder), signatures=checkpoint_files(kept, {device: signer().certificate}, None)
    )
    return verify_folder(write_case_folder(plan).path)


def of_signature(report: Report) -> set[str]:
    return {finding.code for finding in report.findings if finding.layer is Layer.SIGNATURE}


def test_signed_checkpoints_without_a_signature_over_the_folder_are_a_fault(
    built: BuiltCase, tmp_path: Path
) -> None:
    """A note was rewritten, and what would have shown it taken out: signature, stamps, later checkpoints."""
    forgery = saying(built, {}, note="证件齐全")
    report = unsigned(forgery, tmp_path / "case", export_signed=None)
    assert [(one.code, one.subject) for one in report.faults] == [("signature-missing", SIGNATURE_FILE)]
    assert "only-checkpoints-signed" in of_signature(report)


def test_the_signed_checkpoint_of_an_export_shows_that_its_folder_was_signed(
    built: BuiltCase, tmp_path: Path
) -> None:
    forgery = saying(built, {"unsigned": "KEY_LOCKED"})
    report = unsigned(forgery, tmp_path / "case", export_signed=True)
    assert [one.code for one in report.faults] == ["signature-missing"]


def test_a_folder_handed_over_with_its_key_locked_is_called_unsigned_and_no_more(
    built: BuiltCase, tmp_path: Path
) -> None:
    report = unsigned(saying(built, {"unsigned": "KEY_LOCKED"}), tmp_path / "case", export_signed=False)
    assert report.faults == ()
    assert of_signature(report) == {"not-signed", "checkpoint-unsigned", "only-checkpoints-signed"}
    (told,) = [one.found for one in report.findings if one.code == "only-checkpoints-signed"]
    assert told == "3", "up to there the journal is signed"
    assert verdict(EN, report).startswith("NOT SIGNED")


def test_a_second_signature_or_a_certificate_left_behind_tells_of_the_one_taken_out(
    built: BuiltCase, tmp_path: Path
) -> None:
    folder = built.export_signed(tmp_path / "case", signer(), [])
    (folder / SIGNATURE_FILE).unlink()
    relist(folder)
    assert {one.code for one in verify_folder(folder).faults} == {"signature-missing"}
    (folder / SSH_SIGNATURE_FILE).unlink()
    (folder / "signatures/signed-sha256.txt").unlink()
    assert {one.code for one in verify_folder(folder).faults} == {"signature-missing"}


def test_the_verdict_claims_no_more_than_the_signature_carries(built: BuiltCase, tmp_path: Path) -> None:
    bare = verify_folder(built.export(tmp_path / "bare"))
    assert bare.intact
    assert verdict(EN, bare).startswith("NOT SIGNED")
    folder = built.export_signed(tmp_path / "signed", signer(), [])
    assert verdict(EN, verify_folder(folder)).startswith("INTACT as signed")
    known = verify_folder(folder, trusted={signer().fingerprint})
    assert verdict(EN, known).startswith("INTACT: no change was found since the folder was signed with a key")
    (folder / "data/case.json").unlink()
    assert verdict(EN, verify_folder(folder)).startswith("NOT INTACT")
