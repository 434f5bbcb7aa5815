"""What was left out is nowhere in the copy, what is muted is silent, and the original is untouched."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.custody.device_key import DeviceKey
from evidencedesk.domain.case import (
    AttachmentKind,
    Case,
    CollectorCard,
    ContactDetails,
    ContactKind,
    FollowUpDetails,
    Mode,
    Step,
    Verdict,
)
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.finding import Layer, Report
from evidencedesk.domain.redaction import Choices, Muted, joined
from evidencedesk.system.clock import SystemClock
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.describe_collector import add_collector
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.log_contact import log_contact
from evidencedesk.workflows.log_follow_up import log_follow_up
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.redact_copy import RedactedFolder, marked, redact_copy
from evidencedesk.workflows.take_note import correct_note, take_note
from evidencedesk.workflows.tick_item import tick_item
from evidencedesk.workflows.verify_folder import verify
from fakes.case_folders import file_names, reseal, rewrite_json
from fakes.signers import ForgetfulKeyring, signer

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
    last = list(desk.store.events(case.id))[-1]
    assert told["original"]["journal"] == {"seq": last.seq - 1, "hash": last.prev}, "as it was before"
    (recording,) = told["recordings"]
    assert recording["original"]["file_sha256"] == hashlib.sha256(made.sound.read_bytes()).hexdigest()
    assert recording["muted"] == [{"from_sample": 2400, "to_sample": 5600}]


def test_the_journal_tells_of_it_how_much_and_not_what(
    copy: RedactedFolder, made: Made, desk: Desk, case: Case
) -> None:
    event = list(desk.store.events(case.id))[-1]
    assert event.type is EventType.CASE_REDACTED
    assert event.data == {
        "folder": "show-REDACTED",
        "language": "zh",
        "head_before": {"seq": event.seq - 1, "hash": event.prev},
        "notes": 1,
        "collectors": 1,
        "attachments": 1,
        "imported": 0,
        "earlier_wordings": 1,
        "muted": 1,
        "device": copy.signer,
    }
    assert not any(name in str(event.data) for name in (made.secret, made.person, made.file))


def test_an_export_shows_the_copies_that_were_made_before(
    copy: RedactedFolder, desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    folder = export_case(desk, case.id, tmp_path / "whole", words)
    assert verify(folder.path).faults == ()
    page = (folder.path / "START-HERE.html").read_text("utf-8")
    assert copy.path.name in page
    assert "略去笔记 1 条、人员 1 名、文件 1 个；静音 1 段。" in page
    assert "case.redacted" not in (copy.path / "START-HERE-REDACTED.html").read_text("utf-8")


def test_it_is_signed_and_the_key_is_known_or_not(copy: RedactedFolder, desk: Desk, tmp_path: Path) -> None:
    own = desk.library / "keys/device.pem"
    known = verify(copy.path, trust=[own])
    assert known.faults == ()
    assert {"signed-by-known"} <= {finding.code for finding in known.findings}
    other = tmp_path / "other.pem"
    other.write_bytes(signer(7).certificate_pem())
    assert codes(verify(copy.path, trust=[other])) == {"signature-not-trusted"}


def test_a_signature_that_was_taken_out_is_missed(copy: RedactedFolder, desk: Desk) -> None:
    shutil.rmtree(copy.path / "signatures")
    reseal(copy.path)
    assert codes(verify(copy.path)) == {"signature-missing"}
    rewrite_json(copy.path / "data/redaction.json", lambda told: told.update(device=None))
    reseal(copy.path)
    assert codes(verify(copy.path)) == set(), "nobody promised one"
    assert codes(verify(copy.path, trust=[desk.library / "keys/device.pem"])) == {"signature-missing"}


def test_a_copy_that_nobody_could_sign_says_so(
    desk: Desk, case: Case, made: Made, words: Words, tmp_path: Path
) -> None:
    desk.key.open()
    (desk.library / "keys/device.key").write_bytes(b"junk")
    unread = replace(desk, key=DeviceKey(desk.library, ForgetfulKeyring(), SystemClock()))
    choices = Choices(notes=frozenset({made.secret}))
    copy = redact_copy(unread, case.id, tmp_path / "show", words, choices)
    assert copy.unsigned is not None
    assert copy.unsigned.code is Code.KEY_UNREADABLE
    assert verify(copy.path).faults == ()


def test_the_originals_stay_as_they_are(
    desk: Desk, case: Case, made: Made, choices: Choices, words: Words, tmp_path: Path
) -> None:
    earlier = list(desk.store.journal_lines(case.id))
    place = desk.case_folder(case.id)
    before = {name: (place / name).read_bytes() for name in file_names(place)}
    redact_copy(desk, case.id, tmp_path / "show", words, choices)
    assert list(desk.store.journal_lines(case.id))[:-1] == earlier
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
    assert {checked.layer for checked in report.checked} == {Layer.FILES, Layer.SIGNATURE}


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
    assert codes(verify(copy.path)) == {"redaction-unreadable", "signature-invalid"}


@pytest.fixture
def whole(desk: Desk, case: Case, copy: RedactedFolder, words: Words, tmp_path: Path) -> Path:
    """The case folder beside the copy; a note came in between, as it may."""
    take_note(desk, case.id, "后来补记的一条")
    return export_case(desk, case.id, tmp_path / "whole", words).path


def test_a_copy_beside_its_original_agrees_with_it(copy: RedactedFolder, whole: Path) -> None:
    report = verify(copy.path, original=whole)
    assert report.faults == ()
    assert "original-compared" in {finding.code for finding in report.findings}
    assert not report.intact


def forged_sound(folder: Path) -> None:
    path = next(folder.glob("data/recordings/*/*.flac"))
    samples, rate_hz = sf.read(path, dtype="int16")
    samples[9000] ^= 1
    sf.write(path, samples, rate_hz, subtype="PCM_16", format="FLAC")
    fit_hash(folder, path)


def forged_original_hash(folder: Path) -> None:
    def change(told: dict[str, Any]) -> None:
        told["recordings"][0]["original"]["file_sha256"] = "0" * 64

    rewrite_json(folder / "data/redaction.json", change)


def forged_note(folder: Path) -> None:
    def change(told: dict[str, Any]) -> None:
        told["case_file"]["notes"][0]["text"] = "他们说再也不来"

    rewrite_json(folder / "data/case-REDACTED.json", change)


def note_gone_silently(folder: Path) -> None:
    rewrite_json(folder / "data/case-REDACTED.json", lambda told: told["case_file"].update(notes=[]))


def other_journal(folder: Path) -> None:
    rewrite_json(
        folder / "data/redaction.json", lambda told: told["original"]["journal"].update(hash="0" * 64)
    )


def other_rate(folder: Path) -> None:
    def change(told: dict[str, Any]) -> None:
        told["case_file"]["recordings"][0]["device"] = "another microphone"

    rewrite_json(folder / "data/case-REDACTED.json", change)


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (forged_sound, "original-sound-differs"),
        (forged_original_hash, "original-missing"),
        (forged_note, "original-disagrees"),
        (note_gone_silently, "original-left-out"),
        (other_journal, "original-other-journal"),
        (other_rate, "original-disagrees"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_its_original_does_not_bear_out_is_named(
    copy: RedactedFolder, whole: Path, tamper: Callable[[Path], None], code: str
) -> None:
    """All lists fit again, and alone the copy looks right; only beside the original it does not."""
    tamper(copy.path)
    shutil.rmtree(copy.path / "signatures")
    rewrite_json(copy.path / "data/redaction.json", lambda told: told.update(device=None))
    reseal(copy.path)
    assert verify(copy.path).faults == ()
    assert codes(verify(copy.path, original=whole)) == {code}


def _contacts(desk: Desk, case: Case) -> None:
    called = ContactDetails(ContactKind.CALL, "2026-11-24T13:30:00.000000Z", 480, party="13987654321")
    contact = log_contact(desk, case.id, called)
    paid = FollowUpDetails(Step.PAYMENT, "2026-11-25T02:00:00.000000Z", 480, amount="1280.50")
    log_follow_up(desk, case.id, paid)
    tick_item(
        *(desk, case.id, None, desk.pack, desk.pack.items[0].id, Verdict.BREACHED),
        automatic=True,
        rule="contact-hours",
        facts=(("party", "13987654321"),),
        subject=contact.id,
    )


def test_contacts_and_steps_are_left_out_with_their_numbers_unless_asked_for(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    _contacts(desk, case)
    take_note(desk, case.id, "陌生来电")
    whole = export_case(desk, case.id, tmp_path / "whole", words).path
    copy = redact_copy(desk, case.id, tmp_path / "show", words, Choices())
    assert statement(copy)["left_out"].items() >= {"contacts": 1, "follow_ups": 1}.items()
    for name in file_names(copy.path):
        assert b"13987654321" not in (copy.path / name).read_bytes(), name
    assert "略去了 2 条联系记录和处理记录" in (copy.path / "REDACTED.txt").read_text("utf-8")
    assert copy.still_named == 0
    event = list(desk.store.events(case.id))[-1]
    assert (event.data["contacts"], event.data["follow_ups"]) == (1, 1)
    assert codes(verify(copy.path, original=whole)) == set()


def test_contacts_and_steps_that_were_asked_for_are_compared_with_the_original(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    _contacts(desk, case)
    note = take_note(desk, case.id, SECRET)
    whole = export_case(desk, case.id, tmp_path / "whole", words).path
    choices = Choices(notes=frozenset({note.id}), with_contacts=True)
    copy = redact_copy(desk, case.id, tmp_path / "show", words, choices)
    assert codes(verify(copy.path, original=whole)) == set()

    def another_number(told: dict[str, Any]) -> None:
        told["case_file"]["contacts"][0]["details"]["party"] = "13900000000"

    rewrite_json(copy.path / "data/case-REDACTED.json", another_number)
    shutil.rmtree(copy.path / "signatures")
    rewrite_json(copy.path / "data/redaction.json", lambda told: told.update(device=None))
    reseal(copy.path)
    assert codes(verify(copy.path, original=whole)) == {"original-disagrees"}


def test_a_note_with_the_number_of_a_contact_that_was_left_out_is_counted(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    _contacts(desk, case)
    take_note(desk, case.id, "13987654321 又打来了")
    choices = Choices(with_numbers=True)
    assert redact_copy(desk, case.id, tmp_path / "show", words, choices).still_named == 1


@pytest.fixture
def numbers(desk: Desk, case: Case) -> str:
    """A note in which the other side's demand left the user's ID and phone number."""
    return take_note(desk, case.id, "对方念出 11010519491231002X 和 13812345678").id


def test_numbers_in_notes_are_masked_unless_asked_for(
    desk: Desk, case: Case, numbers: str, words: Words, tmp_path: Path
) -> None:
    whole = export_case(desk, case.id, tmp_path / "whole", words).path
    copy = redact_copy(desk, case.id, tmp_path / "show", words, Choices())
    for name in file_names(copy.path):
        content = (copy.path / name).read_bytes()
        assert b"11010519491231002X" not in content, name
        assert b"13812345678" not in content, name
    assert statement(copy)["left_out"]["masked_notes"] == 1
    assert "有 1 条笔记里的身份证号" in (copy.path / "REDACTED.txt").read_text("utf-8")
    assert list(desk.store.events(case.id))[-1].data["masked_notes"] == 1
    assert codes(verify(copy.path, original=whole)) == set()


@pytest.mark.parametrize("number", ["110105194912310021", "6222021234567890123", "021-62345678"])
def test_a_number_with_a_wrong_digit_and_a_landline_are_masked_too(
    desk: Desk, case: Case, words: Words, tmp_path: Path, number: str
) -> None:
    take_note(desk, case.id, f"对方念出 {number}")
    copy = redact_copy(desk, case.id, tmp_path / "show", words, Choices())
    assert statement(copy)["left_out"]["masked_notes"] == 1
    assert not any(number.encode() in (copy.path / name).read_bytes() for name in file_names(copy.path))


def test_a_copy_with_its_numbers_needs_another_reason(
    desk: Desk, case: Case, numbers: str, words: Words, tmp_path: Path
) -> None:
    with pytest.raises(Known) as raised:
        redact_copy(desk, case.id, tmp_path / "show", words, Choices(with_numbers=True))
    assert raised.value.code is Code.NOTHING_TO_REDACT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("对方念出 ****************** 和 138****5678", set()),
        ("对方没有念出 1****************X 和 138****5678", {"original-disagrees", "original-left-out"}),
        ("对方念出 11010519491231002X 和 13812345678", {"original-left-out"}),
    ],
)
def test_a_note_may_differ_from_its_original_by_the_mask_alone(
    desk: Desk, case: Case, numbers: str, words: Words, tmp_path: Path, text: str, found: set[str]
) -> None:
    whole = export_case(desk, case.id, tmp_path / "whole", words).path
    copy = redact_copy(desk, case.id, tmp_path / "show", words, Choices())

    def another_text(told: dict[str, Any]) -> None:
        told["case_file"]["notes"][-1]["text"] = text

    rewrite_json(copy.path / "data/case-REDACTED.json", another_text)
    shutil.rmtree(copy.path / "signatures")
    rewrite_json(copy.path / "data/redaction.json", lambda told: told.update(device=None))
    reseal(copy.path)
    assert codes(verify(copy.path, original=whole)) == found


def test_nothing_is_left_out_when_only_contacts_are_there_and_asked_for(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    _contacts(desk, case)
    with pytest.raises(Known) as raised:
        redact_copy(desk, case.id, tmp_path / "show", words, Choices(with_contacts=True))
    assert raised.value.code is Code.NOTHING_TO_REDACT


def test_only_a_copy_and_a_whole_folder_can_be_compared(copy: RedactedFolder, whole: Path) -> None:
    assert codes(verify(whole, original=copy.path)) == {"original-not-comparable"}
    assert codes(verify(copy.path, original=copy.path)) == {"original-not-comparable"}


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


def test_the_users_words_about_files_are_in_no_copy(
    desk: Desk, case: Case, made: Made, choices: Choices, words: Words, tmp_path: Path
) -> None:
    bill = tmp_path / "bill.txt"
    bill.write_text("18,600", "utf-8")
    words_of_mine = "账单寄到我妈家"
    told = attach_file(desk, case.id, bill, kind=AttachmentKind.BILL, text=words_of_mine)
    copy = redact_copy(desk, case.id, tmp_path / "out" / "show", words, choices)
    everything = b"".join((copy.path / name).read_bytes() for name in file_names(copy.path))
    assert words_of_mine.encode() not in everything
    (shown,) = json.loads((copy.path / "data/case-REDACTED.json").read_bytes())["case_file"]["attachments"]
    assert (shown["id"], shown["kind"]) == (told.id, "bill")
    whole = export_case(desk, case.id, tmp_path / "out" / "whole", words).path
    assert not codes(verify(copy.path, original=whole))
    rewrite_json(copy.path / "data/case-REDACTED.json", _with_words_of_another)
    reseal(copy.path)
    assert "original-disagrees" in codes(verify(copy.path, original=whole))


def _with_words_of_another(told: dict[str, Any]) -> None:
    told["case_file"]["attachments"][0]["text"] = "no word of the user's"
