"""The case folder, in the hands of outsiders and twice the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.export.case_folder import write_case_folder
from fakes.case_folders import ATTACHMENT, RECOVERED, SEALED, BuiltCase, file_names


@pytest.fixture
def folder(built: BuiltCase, tmp_path: Path) -> Path:
    return built.export(tmp_path / "来分期 案件")


def test_everything_has_its_place(folder: Path) -> None:
    assert file_names(folder) == sorted(
        [
            "HOW-TO-CHECK.txt",
            "START-HERE.html",
            "VERIFY.html",
            "bag-info.txt",
            "bagit.txt",
            "case.jsonld",
            f"data/attachments/{ATTACHMENT}/合同 100%.pdf",
            "data/case.json",
            "data/journal.jsonl",
            f"data/recordings/{SEALED}/audio.flac",
            f"data/recordings/{SEALED}/pulse.jsonl",
            f"data/recordings/{RECOVERED}/audio.flac",
            f"data/recordings/{RECOVERED}/audio.recovered.flac",
            f"data/recordings/{RECOVERED}/pulse.jsonl",
            f"data/recordings/{RECOVERED}/recovery.json",
            "data/schemas/case.schema.json",
            "data/schemas/event.schema.json",
            "manifest-sha256.txt",
            "signatures/checkpoint.json",
            "tagmanifest-sha256.txt",
        ]
    )


def test_originals_are_there_bit_for_bit(built: BuiltCase, folder: Path) -> None:
    sources = file_names(built.source)
    assert len(sources) == 7
    for name in sources:
        assert (folder / "data" / name).read_bytes() == (built.source / name).read_bytes()


def test_our_own_verify_finds_no_fault(folder: Path) -> None:
    assert verify_folder(folder, read_pcm).faults == ()


def without_attachment(built: BuiltCase) -> BuiltCase:
    """A case without a per cent sign in a name.

    RFC 8493 writes it as %25; sha256sum and bagit.py read that as it stands.
    """
    return BuiltCase(built.source, [e for e in built.events if e.type is not EventType.ATTACHMENT_ADDED])


def test_bagit_accepts_it(built: BuiltCase, tmp_path: Path) -> None:
    folder = without_attachment(built).export(tmp_path / "来分期 plain")
    command = [sys.executable, "-m", "bagit", "--validate", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_sha256sum_accepts_it(built: BuiltCase, tmp_path: Path, manifest: str) -> None:
    folder = without_attachment(built).export(tmp_path / "plain")
    command = ["sha256sum", "--check", "--strict", "--quiet", manifest]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_flac_accepts_the_sealed_and_the_recovered_sound(folder: Path) -> None:
    for name in (f"{SEALED}/audio.flac", f"{RECOVERED}/audio.recovered.flac"):
        sound = str(folder / "data/recordings" / name)
        subprocess.run(["flac", "--test", "--silent", "--warnings-as-errors", sound], check=True)


def test_two_exports_are_the_same_byte_for_byte(built: BuiltCase, folder: Path, tmp_path: Path) -> None:
    again = built.export(tmp_path / "again")
    assert file_names(again) == file_names(folder)
    for name in file_names(folder):
        assert (again / name).read_bytes() == (folder / name).read_bytes(), name


def test_the_description_is_for_people(folder: Path, built: BuiltCase) -> None:
    payload = [path for path in (folder / "data").rglob("*") if path.is_file()]
    assert (folder / "bag-info.txt").read_text("utf-8").splitlines() == [
        "Bagging-Date: 2026-11-23",
        "Bag-Software-Agent: EvidenceDesk 0.1.0",
        "External-Identifier: c-00000001",
        "External-Description: 来分期 / 某某消费金融 / LFQ-2024-0831",
        f"EvidenceDesk-Journal-Head: {built.head.seq} {built.head.hash}",
        f"Payload-Oxum: {sum(path.stat().st_size for path in payload)}.{len(payload)}",
    ]


def test_the_head_stands_in_three_places(folder: Path, built: BuiltCase) -> None:
    head = {"seq": built.head.seq, "hash": built.head.hash}
    assert json.loads((folder / "data/case.json").read_bytes())["journal"] == head
    checkpoint = json.loads((folder / "signatures/checkpoint.json").read_bytes())
    assert (checkpoint["head"], checkpoint["case"]) == (head, "c-00000001")
    assert "signatures/checkpoint.json" in (folder / "tagmanifest-sha256.txt").read_text("utf-8")
    assert built.head.hash in (folder / "bag-info.txt").read_text("utf-8")


@pytest.mark.parametrize("title", ["", "two\nPayload-Oxum: 0.0\nlines", "a\x00b\u2028c", "长" * 5000])
def test_any_title_gives_a_folder_that_verifies(built: BuiltCase, tmp_path: Path, title: str) -> None:
    odd = BuiltCase(built.source)
    odd.add(EventType.CASE_OPENED, {"title": title, "creditor": "", "contract": ""})
    folder = odd.export(tmp_path / "odd")
    assert verify_folder(folder, read_pcm).faults == ()
    command = [sys.executable, "-m", "bagit", "--validate", str(folder)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_changed_original_stops_everything(built: BuiltCase, tmp_path: Path) -> None:
    for name in file_names(built.source):
        path = built.source / name
        if path.name == "recovery.json":
            continue
        before = path.read_bytes()
        path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
        with pytest.raises(Known) as raised:
            write_case_folder(built.plan(tmp_path / "out"))
        assert raised.value.code is Code.ORIGINAL_CHANGED
        assert raised.value.facts["path"] == f"data/{name}"
        path.write_bytes(before)
    assert list(tmp_path.glob("out*")) == []


def test_what_was_written_is_told(built: BuiltCase, tmp_path: Path) -> None:
    done = write_case_folder(built.plan(tmp_path / "out"))
    assert done.path == tmp_path / "out"
    assert done.files == 16, "without the four files that describe the bag itself"
    assert done.head == built.head
    assert done.payload_bytes > 10_000
