"""``key``, and what ``export`` and ``verify`` say of signatures."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.system.passphrase import PASSPHRASE_VARIABLE

Command = Callable[..., Any]


@pytest.fixture
def locked(evidencedesk: Command, monkeypatch: pytest.MonkeyPatch) -> str:
    """The fingerprint of a key that takes a passphrase."""
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "open sesame")
    fingerprint: str = evidencedesk("key", "--passphrase", "--json").events[-1]["fingerprint"]
    return fingerprint


def test_the_fingerprint_is_printed_so_that_people_can_compare_it(evidencedesk: Command) -> None:
    shown = evidencedesk("key", "--language", "en")
    again = evidencedesk("key", "--json").events[-1]
    assert shown.out.replace(" ", "").strip().lower() == again["fingerprint"]
    assert shown.out.strip().count(" ") == 15
    assert "readable by whoever can use your account" in shown.err, "there is no keyring here"
    assert Path(again["certificate"]).is_file()


def test_a_passphrase_is_told_apart_and_can_be_taken_away(
    evidencedesk: Command, locked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert evidencedesk("key", "--json").events[-1] | {"certificate": ""} == {
        "event": "key",
        "fingerprint": locked,
        "kept": "passphrase",
        "certificate": "",
    }
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "open sesame")
    assert evidencedesk("key", "--no-passphrase", "--json").events[-1]["kept"] == "account"


def test_no_process_that_is_started_inherits_the_passphrase(
    evidencedesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "open sesame")
    evidencedesk("key", "--json")
    asked = [sys.executable, "-c", f"import os; print(os.environ.get({PASSPHRASE_VARIABLE!r}))"]
    assert subprocess.run(asked, capture_output=True, check=True, text=True).stdout.strip() == "None"


def test_a_wrong_passphrase_is_said_and_changes_nothing(
    evidencedesk: Command, locked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "close sesame")
    refused = evidencedesk("key", "--no-passphrase", "--json")
    assert (refused.code, refused.events[-1]["code"]) == (2, "key-wrong-passphrase")
    assert evidencedesk("key", "--json").events[-1]["kept"] == "passphrase"


def test_a_new_key_has_another_fingerprint(evidencedesk: Command, locked: str) -> None:
    renewed = evidencedesk("key", "--new", "--json").events[-1]
    assert renewed["fingerprint"] != locked
    assert renewed["kept"] == "account"


def test_only_one_wish_at_a_time(evidencedesk: Command) -> None:
    assert evidencedesk("key", "--new", "--passphrase").code == 2


def test_export_tells_the_key_and_verify_knows_it(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    exported = evidencedesk("export", case_id, tmp_path / "out", "--json")
    signer = exported.events[-1]["signer"]
    certificate = evidencedesk("key", "--json").events[-1]["certificate"]
    known = evidencedesk("verify", tmp_path / "out", "--trust", certificate, "--json")
    assert known.code == 0
    by = [f for f in known.events[-1]["findings"] if f["code"] == "signed-by-known"]
    assert [finding["found"] for finding in by] == [signer]


def test_a_folder_of_another_key_is_a_finding(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    evidencedesk("export", case_id, tmp_path / "out")
    before = Path(evidencedesk("key", "--json").events[-1]["certificate"]).read_bytes()
    (tmp_path / "known.pem").write_bytes(before)
    evidencedesk("key", "--new")
    evidencedesk("export", case_id, tmp_path / "again")
    assert evidencedesk("verify", tmp_path / "out", "--trust", tmp_path / "known.pem").code == 0
    other = evidencedesk("verify", tmp_path / "again", "--trust", tmp_path / "known.pem", "--json")
    assert other.code == 1
    assert "signature-not-trusted" in {f["code"] for f in other.events[-1]["findings"]}


def test_a_file_that_is_no_certificate_is_refused(evidencedesk: Command, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no")
    refused = evidencedesk("verify", tmp_path, "--trust", tmp_path / "no.pem", "--json")
    assert (refused.code, json.loads(refused.out)["code"]) == (2, "file-unreadable")


def test_export_without_the_passphrase_says_that_it_is_not_signed(
    evidencedesk: Command, case_id: str, tmp_path: Path, locked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsigned = evidencedesk("export", case_id, tmp_path / "out", "--language", "en")
    assert unsigned.code == 0
    assert "The folder is not signed." in unsigned.err
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "open sesame")
    signed = evidencedesk("export", case_id, tmp_path / "again", "--json")
    assert signed.events[-1]["signer"] == locked
