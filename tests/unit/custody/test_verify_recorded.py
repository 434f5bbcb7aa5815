"""What the real recorder and the real recovery made passes, and tampering with it does not."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.custody.verify import verify_folder
from fakes.case_folders import RECOVERED, SEALED, reseal
from fakes.recorded_cases import RATE_HZ, SECONDS, build_recorded_case


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("recorded") / "c-00000001"
    return build_recorded_case(library).export(tmp_path_factory.mktemp("export") / "out")


@pytest.fixture
def folder(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "copy")


def test_recorded_and_recovered_sound_has_no_fault(exported: Path) -> None:
    report = verify_folder(exported, read_pcm)
    assert report.faults == ()
    remarks = Counter(finding.code for finding in report.findings if finding.code != "recording-gap")
    assert remarks == {"simulated": 2, "recording-recovered": 1, "not-signed": 1, "self-attested": 1}
    assert next(count.count for count in report.checked if count.code == "pulses") > 6


def test_the_pulse_journals_are_real(exported: Path) -> None:
    sealed = read_pulses(exported / f"data/recordings/{SEALED}/pulse.jsonl")
    assert sealed.faults == ()
    assert sealed.stop is not None
    assert sealed.stop["samples"] == RATE_HZ * SECONDS
    promised = [line["samples"] for line in sealed.lines if line["kind"] == "pulse"]
    assert len(set(promised)) > 2
    assert all(before <= after for before, after in itertools.pairwise(promised))
    assert all(samples % 4096 == 0 for samples in promised)
    recovered = read_pulses(exported / f"data/recordings/{RECOVERED}/pulse.jsonl")
    assert recovered.torn
    assert recovered.stop is None


def test_outside_tools_accept_it(exported: Path) -> None:
    for command in (
        ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"],
        ["sha256sum", "--check", "--strict", "--quiet", "tagmanifest-sha256.txt"],
        [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", "."],
    ):
        subprocess.run(command, cwd=exported, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("flac") is None, reason="needs flac")
def test_flac_decodes_what_can_be_heard(exported: Path) -> None:
    for name in (f"{SEALED}/audio.flac", f"{RECOVERED}/audio.recovered.flac"):
        subprocess.run(["flac", "-t", "-s", str(exported / "data/recordings" / name)], check=True)


@pytest.mark.parametrize("recording", [SEALED, RECOVERED])
def test_no_pulse_can_promise_other_sound(folder: Path, recording: str) -> None:
    path = folder / f"data/recordings/{recording}/pulse.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    number = [n for n, line in enumerate(lines) if b'"kind":"pulse"' in line and b'"samples":0' not in line][
        1
    ]
    at = lines[number].index(b'"pcm_sha256":"') + 14
    lines[number] = lines[number][:at] + b"0" * 64 + lines[number][at + 64 :]
    path.write_bytes(b"".join(lines))
    reseal(folder)
    subjects = {(fault.code, fault.subject) for fault in verify_folder(folder, read_pcm).faults}
    name = f"data/recordings/{recording}/pulse.jsonl"
    assert ("pulse-disagrees", name) in subjects, "its SHA-256 stands in the journal"
    assert ("pulse-chain", f"{name}:{number + 2}") in subjects
    assert any(code == "pulse-disagrees" and ".flac (" in subject for code, subject in subjects)
