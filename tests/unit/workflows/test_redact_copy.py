"""What was left out is nowhere in the copy, what is muted is silent, and the original is untouched."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.domain.case import Case, CollectorCard, Mode
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.finding import Layer, Report
from evidencedesk.domain.redaction import Choices, Muted, joined
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.describe_collector import add_collector
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.redact_copy import RedactedFolder, marked, redact_copy
from evidencedesk.workflows.take_note import correct_note, take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.case_folders import file_names, reseal, rewrite_json

SECRET, KEPT, EARLIER = "病历号 778899", "他们说还会再来", "他们说还会再来找王小明"
PERSON = CollectorCard(name="张伟民", phone="13812345678", staff_number="ZX-0042")


@dataclass(frozen=True)
class Made:
    """A case with one of everything."""

    recording: str
    encounter: str
    sound: Path
    secret: str
    kept: str
    person: str
    file: str


@pytest.fixture
def made(desk: Desk, case: Case, short_sound: Path, tmp_path: Path) -> Made:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id, apart=False)
    place = encounter.encounter, encounter.recording
    secret = take_note(desk, case.id, SECRET, *place, 500)
    kept = take_note(desk, case.id, EARLIER, *place, 600)
    correct_note(desk, case.id, kept.id, KEPT)
    person = add_collector(desk, case.id, encounter.encounter, PERSON)
    letter = tmp_path / "diagnosis.txt"
    letter.write_text("a letter that nobody shall see", "utf-8")
    attachment = attach_file(desk, case.id, letter)
    while not encounter.finished:
        encounter.poll()
        time.sleep(0.02)
    sound = Path(encounter.folder) / "audio.flac"
    return Made(encounter.recording, encounter.encounter, sound, secret.id, kept.id, person.id, attachment.id)


@pytest.fixture
def choices(made: Made) -> Choices:
    return Choices(
        frozenset({made.secret}),
        frozenset({made.person}),
        frozenset({made.file}),
        (Muted(made.recording, 300, 700),),
    )


@pytest.fixture
def copy(desk: Desk, case: Case, choices: Choices, words: Words, tmp_path: Path) -> RedactedFolder:
    return redact_copy(desk, case.id, tmp_path / "out" / "show", words, choices)


def statement(copy: RedactedFolder) -> dict[str, Any]:
    told = json.loads((copy.path / "data/redaction.json").read_bytes())
    assert isinstance(told, dict)
    return told


def codes(report: Report) -> set[str]:
    return {fault.code for fault in report.faults}


def test_nothing_that_was_left_out_stands_anywhere_in_the_copy(copy: RedactedFolder, made: Made) -> None:
    everything = b"".join((copy.path / name).read_bytes() for name in file_names(copy.path))
    told = [SECRET, EARLIER, "王小明", PERSON.name, PERSON.phone, PERSON.staff_number, "diagnosis",
            made.secret,
            made.person, made.file]  # fmt: skip
    for text in told:
        assert text.encode() not in everything, text
        assert json.dumps(text).encode().strip(b'"') not in everything, text
    assert KEPT.encode() in everything
    names = file_names(copy.path)
    assert not [name for name in names if "journal" in name or "pulse" in name or "listening" in name]


def test_the_muted_stretch_is_silent_and_the_rest_bit_for_bit(copy: RedactedFolder, made: Made) -> None:
    original, rate_hz = sf.read(made.sound, dtype="int16")
    (path,) = copy.path.glob("data/recordings/*/*.flac")
    assert path.name == "audio-REDACTED.flac"
    found, _ = sf.read(path, dtype="int16")
    begin, end = 300 * rate_hz // 1000, 700 * rate_hz // 1000
    original[begin:end] = 0
    assert np.array_equal(found, original)


def test_it_is_marked_in_names_pages_and_description(copy: RedactedFolder) -> None:
    assert copy.path.name == "show-REDACTED"
    names = file_names(copy.path)
    assert {"START-HERE-REDACTED.html", "REDACTED.txt", "data/case-REDACTED.json"} <= set(names)
    assert "删节副本" in (copy.path / "START-HERE-REDACTED.html").read_text("utf-8")
    text = (copy.path / "REDACTED.txt").read_text("utf-8")
    assert "略去了 1 条笔记" in text
    assert "1 note was left out" in text
    assert "REDACTED COPY" in (copy.path / "bag-info.txt").read_text("utf-8")


def test_the_statement_says_how_much_and_names_the_originals(
    copy: RedactedFolder, made: Made, desk: Desk, case: Case
) -> None:
    told = statement(copy)
    counts = {"notes": 1, "collectors": 1, "attachments": 1, "imported": 0, "earlier_wordings": 1}
    assert told["left_out"] == counts
    head = desk.store.head(case.id)
    assert told["original"]["journal"] == {"seq": head.seq, "hash": head.hash}
    (recording,) = told["recordings"]
    assert recording["original"]["file_sha256"] == hashlib.sha256(made.sound.read_bytes()).hexdigest()
    assert recording["muted"] == [{"from_sample": 2400, "to_sample": 5600}]


def test_library_and_journal_stay_as_they_are(
    desk: Desk, case: Case, made: Made, choices: Choices, words: Words, tmp_path: Path
) -> None:
    head = desk.store.head(case.id)
    place = desk.case_folder(case.id)
    before = {name: (place / name).read_bytes() for name in file_names(place)}
    redact_copy(desk, case.id, tmp_path / "show", words, choices)
    assert desk.store.head(case.id) == head
    assert {name: (place / name).read_bytes() for name in file_names(place)} == before
    assert not list(desk.library.glob(".handover-*"))


def test_a_check_says_what_it_is_and_never_that_it_is_intact(copy: RedactedFolder) -> None:
    report = verify(copy.path)
    assert report.faults == ()
    assert report.redacted
    assert not report.intact
    told = {finding.code for finding in report.findings}
    assert told >= {"redacted", "redacted-left-out", "redacted-muted"}
    assert "simulated" in told, "a copy of what was played from a file can't pass as real either"
    assert {checked.layer for checked in report.checked} == {Layer.FILES}


def test_a_sound_without_a_muted_stretch_is_the_original(
    desk: Desk, case: Case, made: Made, words: Words, tmp_path: Path
) -> None:
    copy = redact_copy(desk, case.id, tmp_path / "show", words, Choices(notes=frozenset({made.secret})))
    (path,) = copy.path.glob("data/recordings/*/*")
    assert path.name == "audio.flac"
    assert path.read_bytes() == made.sound.read_bytes()
    assert verify(copy.path).faults == ()


def loud(folder: Path) -> None:
    path = next(folder.glob("data/recordings/*/*.flac"))
    samples, rate_hz = sf.read(path, dtype="int16")
    samples[4000:4010] = 5
    sf.write(path, samples, rate_hz, subtype="PCM_16", format="FLAC")
    fit_hash(folder, path)


def shorter(folder: Path) -> None:
    path = next(folder.glob("data/recordings/*/*.flac"))
    samples, rate_hz = sf.read(path, dtype="int16")
    sf.write(path, samples[:-100], rate_hz, subtype="PCM_16", format="FLAC")
    fit_hash(folder, path)


def fit_hash(folder: Path, path: Path) -> None:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    rewrite_json(
        folder / "data/redaction.json", lambda told: told["recordings"][0].update(file_sha256=sha256)
    )


def nothing_muted(folder: Path) -> None:
    rewrite_json(folder / "data/redaction.json", lambda told: told["recordings"][0].update(muted=[]))


def slipped_in(folder: Path) -> None:
    (folder / "data/attachments/a-1").mkdir(parents=True)
    (folder / "data/attachments/a-1/letter.txt").write_text("x")


def other_case(folder: Path) -> None:
    rewrite_json(folder / "data/case-REDACTED.json", lambda told: told["case_file"]["case"].update(id="c-2"))


def not_marked(folder: Path) -> None:
    rewrite_json(folder / "data/case-REDACTED.json", lambda told: told.update(redacted=False))


def no_statement(folder: Path) -> None:
    (folder / "data/redaction.json").write_bytes(b'{"v":1,"v":1}')


def negative(folder: Path) -> None:
    muted = [{"from_sample": 9, "to_sample": 3}]
    rewrite_json(folder / "data/redaction.json", lambda told: told["recordings"][0].update(muted=muted))


def a_journal(folder: Path) -> None:
    (folder / "data/journal.jsonl").write_bytes(b"")


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (loud, "redaction-not-silent"),
        (shorter, "redaction-not-silent"),
        (nothing_muted, "recording-changed"),
        (slipped_in, "redaction-unnamed"),
        (other_case, "facts-disagree"),
        (not_marked, "facts-disagree"),
        (no_statement, "redaction-unreadable"),
        (negative, "redaction-unreadable"),
        (a_journal, "redaction-unnamed"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_a_patient_forger_changes_is_named(
    copy: RedactedFolder, tamper: Callable[[Path], None], code: str
) -> None:
    """All lists fit again; what the copy says of itself no longer does."""
    tamper(copy.path)
    reseal(copy.path)
    report = verify(copy.path)
    assert code in codes(report)
    assert not report.intact


def test_a_changed_byte_is_named_too(copy: RedactedFolder) -> None:
    for name in file_names(copy.path):
        content = (copy.path / name).read_bytes()
        (copy.path / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert verify(copy.path).faults, name
        (copy.path / name).write_bytes(content)


@pytest.mark.parametrize("raw", [b"null", b"[]", b'{"v":1}', b"[" * 100_000, b"\xff", b'{"v":1e400}'])
def test_no_statement_ends_a_check(copy: RedactedFolder, raw: bytes) -> None:
    (copy.path / "data/redaction.json").write_bytes(raw)
    reseal(copy.path)
    assert codes(verify(copy.path)) == {"redaction-unreadable"}


def test_what_may_still_tell_is_counted(
    desk: Desk, case: Case, made: Made, words: Words, tmp_path: Path
) -> None:
    take_note(desk, case.id, "张伟民把证件收起来了")
    copy = redact_copy(desk, case.id, tmp_path / "a", words, Choices(collectors=frozenset({made.person})))
    assert copy.still_named == 1
    assert copy.also_heard == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _: Choices(), Code.NOTHING_TO_REDACT),
        (lambda _: Choices(notes=frozenset({"n-00000000"})), Code.UNKNOWN_ITEM),
        (lambda _: Choices(collectors=frozenset({"p-00000000"})), Code.UNKNOWN_ITEM),
        (lambda _: Choices(files=frozenset({"a-00000000"})), Code.UNKNOWN_ITEM),
        (lambda _: Choices(muted=(Muted("r-00000000", 0, 1),)), Code.UNKNOWN_ITEM),
        (lambda made: Choices(muted=(Muted(made.recording, 5, 5),)), Code.MOMENT_OUTSIDE_RECORDING),
        (lambda made: Choices(muted=(Muted(made.recording, 9, 5),)), Code.MOMENT_OUTSIDE_RECORDING),
        (lambda made: Choices(muted=(Muted(made.recording, 9_000, 9_001),)), Code.MOMENT_OUTSIDE_RECORDING),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    desk: Desk,
    case: Case,
    made: Made,
    words: Words,
    tmp_path: Path,
    change: Callable[[Made], Choices],
    code: Code,
) -> None:
    with pytest.raises(Known) as raised:
        redact_copy(desk, case.id, tmp_path / "show", words, change(made))
    assert raised.value.code is code
    assert not list(tmp_path.glob("show*"))


def test_a_changed_original_is_not_copied(
    desk: Desk, case: Case, made: Made, choices: Choices, words: Words, tmp_path: Path
) -> None:
    made.sound.chmod(0o600)
    made.sound.write_bytes(made.sound.read_bytes()[:-1])
    with pytest.raises(Known) as raised:
        redact_copy(desk, case.id, tmp_path / "show", words, choices)
    assert raised.value.code is Code.ORIGINAL_CHANGED
    assert not list(tmp_path.glob("show*"))


def test_an_original_beside_it_is_still_called_intact(
    desk: Desk, case: Case, copy: RedactedFolder, words: Words, tmp_path: Path
) -> None:
    report = verify(export_case(desk, case.id, tmp_path / "whole", words).path)
    assert report.intact
    assert not report.redacted


def test_a_name_that_says_it_already_is_kept() -> None:
    assert marked(Path("/usb/case-REDACTED")) == Path("/usb/case-REDACTED")


def test_stretches_that_touch_are_one() -> None:
    assert joined([(5, 9), (0, 3), (3, 4), (8, 12)]) == ((0, 4), (5, 12))
    assert Muted("r", 1, 2).samples(44_100) == (44, 89)
