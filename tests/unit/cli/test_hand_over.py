"""Exports that are encrypted or zipped, and what is said of the drive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest

from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from fakes.small_disk import small_disk

Command = Callable[..., Any]


@pytest.fixture
def case_id(library: Path) -> str:
    with open_desk(library, SystemClock()) as desk:
        return open_case(desk, "来分期", "某某消费金融", "LFQ-2024-0831").id


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"{identity}\n", "utf-8")
    return path, str(identity.to_public())


def test_an_export_says_that_it_was_read_back(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    said = evidencedesk("export", case_id, tmp_path / "out")
    assert said.code == 0
    assert "was read back" in said.err
    told = evidencedesk("export", case_id, tmp_path / "again", "--json").events[-1]
    assert told["read_back"] in ("drive", "system")


def test_encrypted_decrypted_and_checked(
    evidencedesk: Command, case_id: str, library: Path, key: tuple[Path, str], tmp_path: Path
) -> None:
    key_file, receiver = key
    place = tmp_path / "usb"
    exported = evidencedesk("export", case_id, place / "案件", "--encrypt-to", receiver, "--json")
    assert exported.code == 0
    assert exported.events[-1]["encrypted"]
    assert exported.events[-1]["path"] == str(place / "案件.zip.age")
    assert [path.name for path in place.iterdir()] == ["案件.zip.age"], "nothing readable beside it"
    assert not list(library.glob(".handover-*"))
    locked = evidencedesk("verify", place / "案件.zip.age", "--json")
    assert (locked.code, locked.events[0]["code"]) == (2, "archive-locked")
    opened = evidencedesk("decrypt", place / "案件.zip.age", key_file, tmp_path / "case.zip")
    assert opened.code == 0
    assert opened.out.splitlines() == [str(tmp_path / "case.zip")]
    assert evidencedesk("verify", tmp_path / "case.zip").code == 0


def test_a_wrong_public_key_is_said_before_anything_is_written(
    evidencedesk: Command, case_id: str, key: tuple[Path, str], tmp_path: Path
) -> None:
    said = evidencedesk(
        "export", case_id, tmp_path / "usb/x", "--encrypt-to", key[1], "--encrypt-to", "age1wrong", "--json"
    )
    assert (said.code, said.events[0]["code"]) == (2, "bad-recipient")
    assert "age1wrong" in said.events[0]["what"]
    assert not (tmp_path / "usb").exists()


def test_a_second_encrypted_export_to_the_same_place_is_refused(
    evidencedesk: Command, case_id: str, key: tuple[Path, str], tmp_path: Path
) -> None:
    for expected in (0, 2):
        assert evidencedesk("export", case_id, tmp_path / "out", "--encrypt-to", key[1]).code == expected


def test_the_wrong_key_leaves_nothing(
    evidencedesk: Command, case_id: str, key: tuple[Path, str], tmp_path: Path
) -> None:
    evidencedesk("export", case_id, tmp_path / "out", "--encrypt-to", key[1])
    other = tmp_path / "other"
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n", "utf-8")
    said = evidencedesk("decrypt", tmp_path / "out.zip.age", other, tmp_path / "case.zip", "--json")
    assert (said.code, said.events[0]["code"]) == (2, "decryption-failed")
    assert not (tmp_path / "case.zip").exists()


def test_a_zip_that_has_no_room_leaves_the_folder_and_says_so(
    evidencedesk: Command, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The room is measured beforehand; here somebody else takes it meanwhile.
    monkeypatch.setattr("evidencedesk.workflows.export_case.free_bytes", lambda path: 1 << 40)
    evidencedesk("export", case_id, tmp_path / "before")
    kib = sum(path.stat().st_size // 1024 + 4 for path in (tmp_path / "before").rglob("*"))
    with small_disk(tmp_path / "usb", f"{kib * 5 // 4}k") as usb:
        said = evidencedesk("export", case_id, usb / "case", "--zip", "--json")
        assert (said.code, said.events[0]["code"]) == (3, "zip-not-written")
        assert [path.name for path in usb.iterdir()] == ["case"]
        assert evidencedesk("verify", usb / "case").code == 0


def test_a_zip_can_be_checked_as_it_is(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    evidencedesk("export", case_id, tmp_path / "案件", "--zip")
    report = evidencedesk("verify", tmp_path / "案件.zip", "--json")
    assert report.code == 0
    assert report.events[-1]["folder"] == str(tmp_path / "案件.zip")


def test_what_is_wrong_with_a_zip_is_said_in_both_languages(evidencedesk: Command, tmp_path: Path) -> None:
    (tmp_path / "case.zip").write_bytes(b"PK\3\4 and nothing else")
    for language, words in (("en", "it is damaged"), ("zh", "文件已损坏")):
        said = evidencedesk("verify", tmp_path / "case.zip", "--language", language)
        assert said.code == 2
        assert words in said.err


def test_a_redacted_copy_keeps_contacts_when_asked(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    note = evidencedesk("note", case_id, "病历号 778899").out.strip()
    destination = tmp_path / "show"
    made = evidencedesk("redact", case_id, destination, "--without-note", note, "--with-contacts", "--json")
    assert made.code == 0


def test_a_redacted_copy_is_made_and_checked(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    note = evidencedesk("note", case_id, "病历号 778899").out.strip()
    made = evidencedesk("redact", case_id, tmp_path / "show", "--without-note", note, "--json")
    assert made.code == 0
    path = tmp_path / "show-REDACTED"
    assert made.events[-1]["path"] == str(path)
    checked = evidencedesk("verify", path, "--json")
    assert checked.code == 1, "only an intact original ends with 0"
    assert (checked.events[-1]["intact"], checked.events[-1]["redacted"]) == (False, True)
    for language, words in (
        ("en", "REDACTED COPY: no change was found in it"),
        ("zh", "删节副本：没有发现改动"),
    ):
        said = evidencedesk("verify", path, "--language", language)
        assert words in said.out
        assert "778899" not in said.out


@pytest.mark.parametrize("stretch", ["r-1", "r-1:5", "r-1:a-b", ":1-2", "12-15", "r-1:5-"])
def test_a_stretch_in_no_known_form_is_wrong_use(evidencedesk: Command, case_id: str, stretch: str) -> None:
    said = evidencedesk("redact", case_id, "x", "--mute", stretch, "--json")
    assert (said.code, said.events[0]["code"]) == (2, "usage")


def test_a_stretch_names_recording_beginning_and_end(evidencedesk: Command, case_id: str) -> None:
    said = evidencedesk("redact", case_id, "x", "--mute", "r-abcd1234:12.5-00:01:30", "--json")
    assert (said.code, said.events[0]["facts"]["item"]) == (2, "r-abcd1234")


def test_what_a_case_folder_has_to_do_without_is_said(
    evidencedesk: Command, case_id: str, library: Path, tmp_path: Path
) -> None:
    (library / "checkpoints.jsonl").mkdir()
    said = evidencedesk("export", case_id, tmp_path / "out")
    assert said.code == 0
    assert "The checkpoints from the recordings could not be read." in said.err
    told = evidencedesk("export", case_id, tmp_path / "again", "--json").events
    (exported,) = [event for event in told if event["event"] == "exported"]
    assert exported["not_made"] == ["checkpoint", "checkpoints"]


def test_a_redacted_copy_is_compared_with_the_folder_it_was_made_from(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    note = evidencedesk("note", case_id, "他们说还会再来", "--json").events[-1]["note"]
    redacted = evidencedesk("redact", case_id, tmp_path / "show", "--without-note", note, "--json")
    copy = Path(redacted.events[-1]["path"])
    assert redacted.events[-1]["signer"]
    evidencedesk("export", case_id, tmp_path / "whole")
    said = evidencedesk("verify", copy, "--original", tmp_path / "whole")
    assert said.code == 1, "no redacted copy is an intact original"
    assert "It was compared with “whole”." in said.out
    assert "REDACTED COPY: no change was found in it." in said.out
    other = evidencedesk("verify", copy, "--original", tmp_path / "nothing", "--json")
    assert (other.code, other.events[-1]["code"]) == (2, "folder-unreadable")
