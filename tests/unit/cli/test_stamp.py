from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.custody.checkpoint import Why
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import Settings, authorities_asked, save_settings
from evidencedesk.workflows.checkpoints import mark
from evidencedesk.workflows.desk import open_desk
from fakes.time_authorities import TimeServer

Command = Callable[..., Any]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TimeServer]:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    with TimeServer(tmp_path / "authority") as made:
        yield made


@pytest.fixture
def wanted(library: Path, server: TimeServer) -> None:
    """The user has turned time stamps on, with one authority."""
    authority = Authority("loopback", server.url, root_file=str(server.folder / "root.pem"))
    save_settings(config_file(), Settings(time_stamps="yes", authorities=(authority,)))


def leave_one_waiting(library: Path, case_id: str) -> None:
    with open_desk(library, SystemClock(), authorities=lambda: authorities_asked(config_file())) as desk:
        mark(desk, case_id, Why.RECORDING_STOPPED)


def test_off_by_default_nobody_is_asked(evidencedesk: Command, case_id: str, library: Path) -> None:
    outcome = evidencedesk("stamp")
    assert outcome.code == 1
    assert "Time stamps are off" in outcome.err
    assert not (library / "stamps").exists()


def test_what_waits_is_sent_and_each_result_is_told(
    evidencedesk: Command, case_id: str, library: Path, wanted: None
) -> None:
    assert "No time stamp waits" in evidencedesk("stamp").err
    leave_one_waiting(library, case_id)
    assert "1 time stamp waits" in evidencedesk("cases").out
    assert "1 time stamp waits to be sent" in evidencedesk("show", case_id).err
    assert "1 waits to be sent" in evidencedesk("doctor", "--only", "time-stamps").out
    outcome = evidencedesk("stamp")
    assert outcome.code == 0
    assert outcome.out.startswith("✓ loopback: ")
    assert "Outside time stamp by loopback: no. 1-1" in evidencedesk("show", case_id).out
    assert "none waits" in evidencedesk("doctor", "--only", "time-stamps").out


def test_an_export_tells_that_its_stamp_waits_and_gets_it_later(
    evidencedesk: Command, case_id: str, wanted: None, server: TimeServer, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    exported = evidencedesk("export", case_id, folder)
    assert "1 time stamp waits to be sent; “evidencedesk stamp” sends it." in exported.err
    assert server.requests == [], "an export waits for nobody"
    assert evidencedesk("stamp").code == 0
    root = server.folder / "root.pem"
    verified = evidencedesk("verify", folder, "--trust-time", root)
    assert verified.code == 0
    assert "This folder, as it was signed, existed at the latest" in verified.out


def test_a_failure_is_told_and_ends_with_1(
    evidencedesk: Command, case_id: str, library: Path, wanted: None, server: TimeServer
) -> None:
    leave_one_waiting(library, case_id)
    server.manner = "html"
    outcome = evidencedesk("stamp", "--json")
    assert outcome.code == 1
    (event,) = [one for one in outcome.events if one["event"] == "stamp"]
    assert (event["authority"], event["trouble"]) == ("loopback", "not-an-answer")
    doctor = evidencedesk("doctor", "--only", "time-stamps")
    assert "what came back is not the answer of an authority" in doctor.out
    assert doctor.code == 0, "it is no fault of this computer"


def test_a_folder_is_stamped_by_an_authority_that_is_only_named(
    evidencedesk: Command, case_id: str, library: Path, server: TimeServer, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    assert evidencedesk("export", case_id, folder).code == 0
    root = server.folder / "root.pem"
    before = evidencedesk("verify", folder, "--json")
    assert "self-attested" in before.out
    outcome = evidencedesk("stamp", "--tsa", server.url, "--tsa-root", root, folder)
    assert outcome.code == 0, outcome.err
    after = evidencedesk("verify", folder, "--trust-time", root, "--json")
    assert after.code == 0
    codes = {one["code"] for one in after.events[-1]["findings"]}
    assert "folder-time-proven" in codes
    assert "self-attested" not in codes
    assert (folder / "signatures/tagmanifest-sha256.txt.p7s.127-0-0-1.tsr").is_file()


def test_a_folder_without_a_signature_can_t_be_stamped(
    evidencedesk: Command, library: Path, server: TimeServer, tmp_path: Path
) -> None:
    outcome = evidencedesk("stamp", "--tsa", server.url, tmp_path)
    assert outcome.code == 2
    assert "no signature" in outcome.err
    assert server.requests == []


@pytest.mark.parametrize("url", ["", "timestamp.example", "ftp://x/", "http://[", "http://x:port/"])
def test_an_address_that_is_none_is_refused(evidencedesk: Command, library: Path, url: str) -> None:
    outcome = evidencedesk("stamp", f"--tsa={url}")
    assert outcome.code == 2
    assert "not the address of an authority" in outcome.err


def test_a_root_file_that_is_none_is_refused(evidencedesk: Command, library: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_bytes(b"junk")
    for arguments in (
        ("stamp", "--tsa", "http://127.0.0.1:9", "--tsa-root", junk),
        ("verify", tmp_path, "--trust-time", junk),
    ):
        assert evidencedesk(*arguments).code == 2


def test_help_says_what_is_sent(evidencedesk: Command, library: Path) -> None:
    assert "never sound, text, names or files" in " ".join(evidencedesk("stamp", "--help").out.split())


def test_headers_and_policy_are_kept_in_the_settings(library: Path) -> None:
    authority = Authority("tsa-cn", "https://example.invalid/", (("X-Key", "a: b"),), "/r.pem", "1.2.3")
    save_settings(config_file(), replace(Settings(), time_stamps="yes", authorities=(authority,)))
    assert authorities_asked(config_file()) == (authority,)
    assert json.loads(config_file().read_text())["authorities"][0]["name"] == "tsa-cn"
    assert config_file().stat().st_mode & 0o077 == 0, "headers may hold a password"
