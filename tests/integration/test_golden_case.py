"""A folder that was signed and stamped by an earlier version: every later one finds the same in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.finding import Layer, Report
from evidencedesk.workflows.verify_folder import verify
from fakes.case_folders import file_names
from fakes.golden import FIXTURES, GOLDEN_ROOT, golden_folder

# What the version that made it found, in its own order.
CERTIFICATE = "7ce6f0703de15e2a11d6e39e04ec90f7c341836f536c7c700eabaa44c88824c1"
EARLY = "2026-11-25 10:56:10 UTC ±1.5 s, Test good (Test root)"
LATE = "2026-11-25 10:56:12 UTC ±1.5 s, Test good (Test root)"
FOUND = [
    ("signed-by-unknown", "signatures/tagmanifest-sha256.txt.p7s", CERTIFICATE),
    ("folder-time-proven", "signatures/tagmanifest-sha256.txt.p7s", LATE),
    ("time-proven", "1-3", EARLY),
    ("time-proven", "4", LATE),
    ("time-between", "5-6", f"{EARLY} – {LATE}"),
    ("time-between", "7", f"{EARLY} – {LATE}"),
    ("time-between", "8-14", f"{LATE} – {LATE}"),
    ("simulated", "r-86c566s2", "quiet.wav"),
]
UNKNOWN_ROOT = ["time-claimed", "self-attested"]
CHECKED = {
    "files files": 38,
    "files bytes": 680076,
    "journal events": 14,
    "recordings recordings": 1,
    "recordings pulses": 3,
    "facts facts": 146,
    "signature signatures": 5,
    "time stamps": 3,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return golden_folder(tmp_path_factory.mktemp("golden"))


def found(report: Report) -> list[tuple[str, str, str]]:
    return [(one.code, one.subject, one.found) for one in report.findings]


def test_it_is_found_as_it_was_found_then(folder: Path) -> None:
    report = verify(folder, trust_time=[GOLDEN_ROOT])
    assert report.faults == ()
    assert found(report) == FOUND
    assert {f"{one.layer.value} {one.code}": one.count for one in report.checked} == CHECKED


def test_a_reader_who_knows_nobody_is_told_so(folder: Path) -> None:
    report = verify(folder)
    assert report.faults == ()
    assert [one.code for one in report.findings if one.layer is Layer.TIME] == UNKNOWN_ROOT


def test_a_reader_who_knows_the_certificate_is_told_so(folder: Path) -> None:
    report = verify(folder, trust=[folder / "signatures/device.pem"])
    assert report.faults == ()
    assert [one.code for one in report.findings if one.layer is Layer.SIGNATURE] == ["signed-by-known"]


def test_it_holds_one_of_everything_that_is_signed_or_stamped(folder: Path) -> None:
    names = file_names(folder)
    for ending in (".flac", ".p7s", ".sshsig", ".sig", ".tsq", ".tsr", ".crl", "chain.pem", "root.pem"):
        assert any(name.endswith(ending) for name in names), ending
    assert (folder / "signatures/authorities/golden/root.pem").read_bytes() == GOLDEN_ROOT.read_bytes()


def test_it_is_small() -> None:
    assert (FIXTURES / "case-signed-stamped.tar.xz").stat().st_size < 400_000
