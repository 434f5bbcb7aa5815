"""An untouched folder is intact, and every way of touching it is named."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody import pulses as pulses_module
from evidencedesk.custody import verify as verify_module
from evidencedesk.custody.bag import read_bag
from evidencedesk.custody.file_hashes import FileHashes
from evidencedesk.custody.journal import event_line
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Finding, Layer, Report, Weight
from evidencedesk.wording.findings import finding_codes
from fakes.case_folders import (
    ATTACHMENT,
    RECOVERED,
    SEALED,
    BuiltCase,
    file_names,
    forged,
    reseal,
    rewrite_journal,
    rewrite_json,
)

SEALED_SOUND = f"data/recordings/{SEALED}/audio.flac"
SEALED_PULSES = f"data/recordings/{SEALED}/pulse.jsonl"
ATTACHED = f"data/attachments/{ATTACHMENT}/合同 100%.pdf"


def faults(folder: Path) -> set[tuple[str, str]]:
    """Code and subject of every fault; each code must have its sentence."""
    report = verify_folder(folder, read_pcm)
    assert {finding.code for finding in report.findings} <= finding_codes()
    return {(finding.code, finding.subject) for finding in report.faults}


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.faults}


def flip(path: Path, position: int, mask: int = 1) -> None:
    data = bytearray(path.read_bytes())
    data[position] ^= mask
    path.write_bytes(bytes(data))


def test_an_untouched_folder_has_remarks_but_no_fault(folder: Path) -> None:
    report = verify_folder(folder, read_pcm)
    assert report.faults == ()
    assert report.intact
    remarks = Counter(finding.code for finding in report.findings)
    expected = ("recording-recovered", "recording-gap", "simulated", "not-signed", "self-attested")
    assert remarks == dict.fromkeys(expected, 1)
    assert all(finding.weight is Weight.REMARK for finding in report.findings)


def test_without_a_decoder_an_untouched_folder_is_intact_too(folder: Path) -> None:
    assert verify_folder(folder).faults == ()


def test_the_report_says_how_much_was_checked(folder: Path) -> None:
    checked = {count.code: count.count for count in verify_folder(folder, read_pcm).checked}
    assert checked["files"] == len(file_names(folder)) - 1, "all but the tag manifest itself"
    assert checked["bytes"] > 10_000
    assert checked["events"] == 15
    assert checked["recordings"] == 2
    assert checked["pulses"] == 10
    assert checked["facts"] > 100


def test_findings_and_counts_stand_in_the_order_of_the_layers(folder: Path) -> None:
    (folder / SEALED_PULSES).unlink()
    report = verify_folder(folder, read_pcm)
    order = list(Layer)
    for layers in ([f.layer for f in report.findings], [c.layer for c in report.checked]):
        assert layers == sorted(layers, key=order.index)


def test_progress_ends_with_everything(folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    verify_folder(folder, progress=lambda done, total: seen.append((done, total)))
    total = (
        sum((folder / name).stat().st_size for name in file_names(folder))
        - (folder / "tagmanifest-sha256.txt").stat().st_size
    )
    assert max(seen) == (total, total)


def test_one_flipped_bit_in_any_file_is_named(folder: Path) -> None:
    for name in file_names(folder):
        size = (folder / name).stat().st_size
        before = (folder / name).read_bytes()
        for position in {0, size // 2, size - 1}:
            flip(folder / name, position)
            report = verify_folder(folder)
            assert report.faults, f"{name} {position}"
            told = " ".join(f"{f.subject} {f.expected}" for f in report.faults)
            assert name in told, f"{name} {position}: {told}"
            (folder / name).write_bytes(before)


@pytest.mark.parametrize("mask", [0x20, 0x01])
def test_no_byte_of_the_tag_manifest_can_change_unseen(folder: Path, mask: int) -> None:
    # 0x20 turns a small letter into a capital one, which other readers take for the same.
    path = folder / "tagmanifest-sha256.txt"
    for position in range(path.stat().st_size):
        flip(path, position, mask)
        bag = read_bag(folder)
        FileHashes(bag).compare()
        assert bag.findings, position
        flip(path, position, mask)


@pytest.mark.parametrize("ending", [b"", b"\r", b"\r\n", b"\n\n"])
def test_another_line_end_of_the_tag_manifest_is_named(folder: Path, ending: bytes) -> None:
    path = folder / "tagmanifest-sha256.txt"
    path.write_bytes(path.read_bytes().removesuffix(b"\n") + ending)
    assert {code for code, _ in faults(folder)} == {"manifest-line"}


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / SEALED_SOUND).unlink()
    assert faults(folder) >= {
        ("file-missing", SEALED_SOUND),
        ("payload-oxum", "bag-info.txt"),
        ("recording-missing", SEALED_SOUND),
    }


def test_a_missing_file_is_named_even_when_the_lists_forget_it(folder: Path) -> None:
    (folder / SEALED_SOUND).unlink()
    (folder / ATTACHED).unlink()
    reseal(folder)
    assert faults(folder) == {("recording-missing", SEALED_SOUND), ("file-missing", ATTACHED)}


def test_an_extra_file_is_named(folder: Path) -> None:
    (folder / "data/later.txt").write_text("x", "utf-8")
    (folder / "later.txt").write_text("x", "utf-8")
    assert faults(folder) == {
        ("file-extra", "data/later.txt"),
        ("file-not-covered", "later.txt"),
        ("payload-oxum", "bag-info.txt"),
    }


def test_a_renamed_file_is_named_by_both_names(folder: Path) -> None:
    renamed = f"data/recordings/{SEALED}/sound.flac"
    (folder / SEALED_SOUND).rename(folder / renamed)
    assert faults(folder) >= {("file-missing", SEALED_SOUND), ("file-extra", renamed)}


def test_another_sound_is_named_even_when_the_lists_fit(folder: Path) -> None:
    shutil.copy(folder / f"data/recordings/{RECOVERED}/audio.recovered.flac", folder / SEALED_SOUND)
    reseal(folder)
    found = faults(folder)
    assert ("recording-changed", SEALED_SOUND) in found
    assert ("pulse-disagrees", f"{SEALED_SOUND} (4096)") in found


def test_another_attachment_is_named_even_when_the_lists_fit(folder: Path) -> None:
    (folder / ATTACHED).write_bytes(b"another contract!")
    reseal(folder)
    assert faults(folder) == {("file-changed", ATTACHED)}


def test_a_time_edited_in_the_facts_is_named_with_its_field(folder: Path) -> None:
    def edit(told: dict[str, Any]) -> None:
        told["case_file"]["notes"][0]["moment"]["utc"] = "2026-11-23T03:00:00.000000Z"

    rewrite_json(folder / "data/case.json", edit)
    reseal(folder)
    (fault,) = verify_folder(folder, read_pcm).faults
    assert fault == Finding(
        Layer.FACTS,
        "facts-disagree",
        "data/case.json case_file.notes[0].moment.utc",
        "2026-11-23T14:00:06.123456Z",
        "2026-11-23T03:00:00.000000Z",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("exported", {"utc": "2020-01-01T00:00:00.000000Z", "offset_minutes": 480}),
        ("language", "en"),
        ("v", True),
        ("case_file", []),
    ],
)
def test_the_frame_of_the_facts_is_compared_too(folder: Path, field: str, value: object) -> None:
    rewrite_json(folder / "data/case.json", lambda told: told.update({field: value}))
    reseal(folder)
    assert {code for code, _ in faults(folder)} <= {"facts-disagree", "too-many"}
    assert faults(folder)


def test_a_field_added_to_the_facts_is_named(folder: Path) -> None:
    rewrite_json(folder / "data/case.json", lambda told: told["case_file"]["case"].update(guilty=True))
    reseal(folder)
    assert faults(folder) == {("facts-disagree", "data/case.json case_file.case.guilty")}


def test_a_journal_without_its_tail_is_named_by_both_heads(folder: Path) -> None:
    rewrite_journal(folder, lambda lines: lines[:-2])
    assert faults(folder) >= {
        ("journal-head", "data/case.json"),
        ("journal-head", "signatures/checkpoint.json"),
    }


def test_a_cut_journal_with_a_fitting_head_in_one_place_is_named_by_the_other(folder: Path) -> None:
    rewrite_journal(folder, lambda lines: lines[:-1])
    found = next(f.found for f in verify_folder(folder).faults if f.code == "journal-head")
    seq, sha256 = found.split(" ")
    rewrite_json(
        folder / "data/case.json", lambda told: told.update(journal={"seq": int(seq), "hash": sha256})
    )
    reseal(folder)
    found_codes = faults(folder)
    assert ("journal-head", "signatures/checkpoint.json") in found_codes
    assert ("journal-head", "data/case.json") not in found_codes


def test_a_checkpoint_of_another_case_is_named(folder: Path) -> None:
    rewrite_json(folder / "signatures/checkpoint.json", lambda told: told.update(case="c-00000009"))
    reseal(folder)
    assert faults(folder) == {("journal-head", "signatures/checkpoint.json")}


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{", b"\xff"])
def test_a_checkpoint_that_says_nothing_is_named(folder: Path, content: bytes | None) -> None:
    path = folder / "signatures/checkpoint.json"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    reseal(folder)
    assert faults(folder) == {("journal-head", "signatures/checkpoint.json")}


def test_an_edited_journal_line_breaks_the_chain_after_it(folder: Path) -> None:
    rewrite_journal(folder, lambda lines: [line.replace("证件".encode(), "证书".encode()) for line in lines])
    # The note is line 7 and its correction line 8: the links of 8 and 9 break, and the facts differ.
    found = faults(folder)
    assert {("journal-chain", "data/journal.jsonl:8"), ("journal-chain", "data/journal.jsonl:9")} <= found
    assert ("facts-disagree", "data/case.json case_file.notes[0].text") in found


def test_swapped_journal_lines_are_named(folder: Path) -> None:
    rewrite_journal(folder, lambda lines: [*lines[:10], lines[11], lines[10], *lines[12:]])
    found = faults(folder)
    assert ("journal-order", "data/journal.jsonl:11") in found
    assert ("journal-chain", "data/journal.jsonl:11") in found


def test_a_journal_line_taken_out_is_named(folder: Path) -> None:
    rewrite_journal(folder, lambda lines: [*lines[:6], *lines[7:]])
    found = faults(folder)
    assert ("journal-chain", "data/journal.jsonl:7") in found
    assert ("facts-unreadable", "data/journal.jsonl 8") in found, "the correction of a note that is not there"


def test_a_broken_line_does_not_keep_the_rest_from_being_checked(folder: Path) -> None:
    (folder / SEALED_SOUND).write_bytes(b"")
    rewrite_journal(folder, lambda lines: [b"{", *lines[1:]])
    found = faults(folder)
    assert ("journal-line", "data/journal.jsonl:1") in found
    assert ("recording-changed", SEALED_SOUND) in found
    assert ("facts-disagree", "data/case.json case_file.case.title") in found


def test_an_edited_pulse_is_named_with_its_line(folder: Path) -> None:
    path = folder / SEALED_PULSES
    path.write_bytes(path.read_bytes().replace(b'"samples":4096', b'"samples":4097'))
    reseal(folder)
    found = faults(folder)
    assert ("pulse-chain", f"{SEALED_PULSES}:4") in found
    assert ("pulse-disagrees", SEALED_PULSES) in found


def test_a_missing_pulse_journal_is_named(folder: Path) -> None:
    (folder / SEALED_PULSES).unlink()
    reseal(folder)
    assert faults(folder) == {("pulse-missing", SEALED_PULSES)}


def test_an_edited_recovery_note_is_named(folder: Path) -> None:
    name = f"data/recordings/{RECOVERED}/recovery.json"
    rewrite_json(folder / name, lambda told: told["outcome"].update(missing_ms=0))
    reseal(folder)
    assert faults(folder) == {("facts-disagree", f"{name} missing_ms")}


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "facts-missing"), (b"[]", "facts-unreadable"), (b'{"outcome":1}', "facts-unreadable")],
)
def test_a_recovery_note_that_says_nothing_is_named(folder: Path, content: bytes | None, code: str) -> None:
    name = f"data/recordings/{RECOVERED}/recovery.json"
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    reseal(folder)
    assert faults(folder) == {(code, name)}


@pytest.mark.parametrize(
    ("content", "code"), [(None, "facts-missing"), (b"\xff", "facts-unreadable"), (b"[]", "facts-unreadable")]
)
def test_facts_that_are_none_are_named(folder: Path, content: bytes | None, code: str) -> None:
    path = folder / "data/case.json"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    reseal(folder)
    assert (code, "data/case.json") in faults(folder)


def test_a_missing_journal_is_named(folder: Path) -> None:
    (folder / "data/journal.jsonl").unlink()
    reseal(folder)
    assert faults(folder) == {("journal-missing", "data/journal.jsonl")}


def test_an_empty_journal_proves_nothing_even_when_every_head_agrees(folder: Path) -> None:
    (folder / "data/journal.jsonl").write_bytes(b"")
    none = {"seq": 0, "hash": "0" * 64}
    rewrite_json(folder / "data/case.json", lambda told: told.update(journal=none))
    rewrite_json(folder / "signatures/checkpoint.json", lambda told: told.update(head=none, case=""))
    reseal(folder)
    assert faults(folder) == {("journal-missing", "data/journal.jsonl")}


def test_a_journal_that_is_a_pipe_is_named_and_not_waited_for(folder: Path) -> None:
    (folder / "data/journal.jsonl").unlink()
    os.mkfifo(folder / "data/journal.jsonl")
    assert ("not-regular", "data/journal.jsonl") in faults(folder)
    assert ("file-missing", "data/journal.jsonl") not in faults(folder), "it is there, only not as a file"


Change = Callable[[Event], Event | None]


def with_data(kind: EventType, **data: object) -> Change:
    def change(event: Event) -> Event:
        if event.type is not kind:
            return event
        return dataclasses.replace(event, data={**event.data, **data})

    return change


def leave_out(kind: EventType) -> Change:
    return lambda event: None if event.type is kind else event


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (leave_out(EventType.RECORDING_STOPPED), "recording-unsealed"),
        (with_data(EventType.RECORDING_STARTED, simulated=False), "pulse-disagrees"),
        (with_data(EventType.RECORDING_STARTED, rate_hz=16_000), "pulse-disagrees"),
        (with_data(EventType.RECORDING_STOPPED, samples=8192), "pulse-disagrees"),
        (with_data(EventType.RECORDING_STOPPED, pcm_sha256="0" * 64), "recording-changed"),
        (with_data(EventType.RECORDING_RECOVERED, missing_ms=0), "facts-disagree"),
    ],
)
def test_a_whole_forged_chain_must_still_agree_with_the_sound(
    built: BuiltCase, exported: Path, tmp_path: Path, change: Change, code: str
) -> None:
    folder = shutil.copytree(exported, tmp_path / "forged")
    fake = forged(built, change)
    plan = fake.plan(tmp_path / "unused")
    (folder / "data/journal.jsonl").write_bytes(b"".join(line + b"\n" for line in plan.journal_lines))
    reseal(folder)
    assert code in {found for found, _ in faults(folder)}


def test_a_recording_without_an_end_in_its_pulses_is_unsealed(folder: Path) -> None:
    path = folder / SEALED_PULSES
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    reseal(folder)
    assert ("recording-unsealed", SEALED_PULSES) in faults(folder)


def test_a_sound_that_can_not_be_decoded_is_named(folder: Path) -> None:
    path = folder / SEALED_SOUND
    path.write_bytes(b"RIFF" + path.read_bytes()[4:])
    reseal(folder)
    assert ("recording-not-decoded", SEALED_SOUND) in faults(folder)
    without = verify_folder(folder)
    assert ("recording-changed", SEALED_SOUND) in {(f.code, f.subject) for f in without.faults}


def test_decoding_stops_soon_after_the_promised_end(folder: Path) -> None:
    blocks_taken = 0

    def endless(path: Path) -> Iterator[bytes]:
        nonlocal blocks_taken
        while True:
            blocks_taken += 1
            yield bytes(65_536)

    report = verify_folder(folder, endless)
    assert "recording-changed" in codes(report)
    assert blocks_taken <= 4


def test_gaps_that_only_the_pulse_journal_knows_are_remarks(folder: Path) -> None:
    remarks = [f for f in verify_folder(folder, read_pcm).findings if f.code == "recording-gap"]
    assert [(f.subject, f.found, f.weight) for f in remarks] == [(RECOVERED, "40 ms", Weight.REMARK)]


def test_a_gap_of_the_journal_is_not_told_twice(built: BuiltCase, tmp_path: Path) -> None:
    copy = forged(built, lambda event: event)
    gap = {"recording": RECOVERED, "at_ms": 512, "length_ms": 40, "cause": "overflow"}
    copy.add(EventType.RECORDING_GAP, gap)
    report = verify_folder(copy.export(tmp_path / "out"), read_pcm)
    assert [f.found for f in report.findings if f.code == "recording-gap"] == ["40 ms overflow"]


def test_findings_never_carry_control_characters(folder: Path) -> None:
    def edit(told: dict[str, Any]) -> None:
        told["case_file"]["case"]["title"] = "\x1b[2J\u202e\nfine" + "x" * 9000

    rewrite_json(folder / "data/case.json", edit)
    reseal(folder)
    (fault,) = verify_folder(folder, read_pcm).faults
    assert fault.found.startswith("\\x1b[2J\\u202e\\nfine")
    assert len(fault.found) < 400


def test_hundreds_of_different_facts_are_counted_not_listed(folder: Path) -> None:
    rewrite_json(folder / "data/case.json", lambda told: told.update(case_file={}))
    reseal(folder)
    report = verify_folder(folder, read_pcm)
    listed = [f for f in report.faults if f.code == "facts-disagree"]
    (more,) = [f for f in report.faults if f.code == "too-many"]
    assert len(listed) == 20
    assert int(more.found) > 100


def test_the_report_is_plain_data(folder: Path) -> None:
    report = verify_folder(folder, read_pcm)
    assert json.dumps(dataclasses.asdict(report), ensure_ascii=False)
    assert report.folder == str(folder)


@pytest.mark.parametrize("allowed", [0, 1])
@pytest.mark.parametrize(
    "name",
    [
        "bagit.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "data/case.json",
        "data/journal.jsonl",
        "signatures/checkpoint.json",
        SEALED_SOUND,
        SEALED_PULSES,
        f"data/recordings/{RECOVERED}/recovery.json",
    ],
)
def test_a_file_that_can_suddenly_not_be_read_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, allowed: int
) -> None:
    real, opened = os.open, Counter[str]()

    def refuse(path: Path, *arguments: int) -> int:
        inside = Path(path).relative_to(folder).as_posix() if Path(path).is_relative_to(folder) else ""
        opened[inside] += 1
        if inside == name and opened[inside] > allowed:
            raise OSError(5, "Input/output error")
        return real(path, *arguments)

    monkeypatch.setattr(os, "open", refuse)
    report = verify_folder(folder)
    if opened[name] > allowed:
        assert name in " ".join(f"{fault.subject} {fault.expected}" for fault in report.faults)


def test_facts_beyond_all_measure_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_module, "_JSON_LIMIT", 10)
    assert ("facts-unreadable", "data/case.json") in faults(folder)


def test_a_pulse_journal_beyond_all_measure_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulses_module, "FILE_LIMIT", 10)
    assert ("pulse-line", SEALED_PULSES) in faults(folder)


def test_a_recording_that_never_got_a_sample_has_no_files_to_miss(built: BuiltCase, tmp_path: Path) -> None:
    nothing = {
        "samples": 0,
        "file": "",
        "file_bytes": 0,
        "file_sha256": "",
        "pcm_sha256": "",
        "pulse_sha256": "",
    }
    empty = forged(built, with_data(EventType.RECORDING_STOPPED, **nothing, reason="nothing-recorded"))
    folder = empty.export(tmp_path / "out")
    assert faults(folder) == set()
    assert not (folder / f"data/recordings/{SEALED}").exists()


def test_a_journal_full_of_nonsense_is_counted_not_listed(built: BuiltCase, folder: Path) -> None:
    fake = forged(built, lambda event: event)
    for _ in range(30):
        fake.add(EventType.TICK_WITHDRAWN, {"tick": "t-0000000z"})
    path = folder / "data/journal.jsonl"
    path.write_bytes(b"".join(event_line(event) + b"\n" for event in fake.events))
    reseal(folder)
    found = Counter(code for code, subject in faults(folder) if subject.startswith("data/journal.jsonl "))
    assert found == {"facts-unreadable": 20}
    assert ("too-many", "facts-unreadable") in faults(folder)
