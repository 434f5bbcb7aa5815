"""Who signed a folder, and what the signed checkpoints saw."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.journal import event_line
from evidencedesk.custody.signature_files import SIGNED_LIST, signed_list
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Layer
from fakes.case_folders import (
    SEALED,
    BuiltCase,
    build_case,
    file_names,
    forged,
    reseal,
    rewrite_journal,
    rewrite_json,
)
from fakes.signers import signer

P7S = "signatures/tagmanifest-sha256.txt.p7s"
SSHSIG = "signatures/tagmanifest-sha256.txt.sshsig"
DEVICE = "signatures/device.pem"
STARTED = "signatures/checkpoints/000001-recording-started.json"
RUNNING = "signatures/checkpoints/000002-recording.json"
EXPORT = "signatures/checkpoints/000003-export.json"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltCase:
    return build_case(tmp_path_factory.mktemp("source"), signer().fingerprint)


def exported(built: BuiltCase, destination: Path, number: int = 1) -> Path:
    device = signer(number).fingerprint
    sound = built.sound_mark(SEALED, 3)
    checkpoints = [
        built.checkpoint(3, Why.RECORDING_STARTED, device),
        built.checkpoint(3, Why.RECORDING, device, (sound,)),
        built.checkpoint(len(built.events), Why.EXPORT, device),
    ]
    return built.export_signed(destination, signer(number), checkpoints)


@pytest.fixture(scope="module")
def original(built: BuiltCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(built, tmp_path_factory.mktemp("signed") / "case")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "case")


def said(folder: Path, *trusted: str) -> set[tuple[str, str]]:
    """Code and subject of everything the signature layer says."""
    findings = verify_folder(folder, read_pcm, trusted=trusted).findings
    return {(finding.code, finding.subject) for finding in findings if finding.layer is Layer.SIGNATURE}


def codes(folder: Path, *trusted: str) -> set[str]:
    return {finding.code for finding in verify_folder(folder, read_pcm, trusted=trusted).faults}


def test_an_untouched_folder_holds_and_names_its_key(folder: Path) -> None:
    report = verify_folder(folder, read_pcm)
    assert report.faults == ()
    known_by = [(f.code, f.found) for f in report.findings if f.layer is Layer.SIGNATURE]
    assert known_by == [("signed-by-unknown", signer().fingerprint)]
    assert [c.count for c in report.checked if c.layer is Layer.SIGNATURE] == [5], "2 + 3 checkpoints"


def test_every_file_is_vouched_for_by_one_list(folder: Path) -> None:
    lists = ("tagmanifest-sha256.txt", "manifest-sha256.txt", SIGNED_LIST)
    named = [line[66:] for name in lists for line in (folder / name).read_text("utf-8").splitlines()]
    named = [name.replace("%25", "%") for name in named]
    assert sorted(named) == sorted(set(file_names(folder)) - {"tagmanifest-sha256.txt", SIGNED_LIST})


def test_a_reader_who_knows_the_certificate_is_told_so(folder: Path) -> None:
    assert said(folder, signer().fingerprint) == {("signed-by-known", P7S)}
    assert codes(folder, signer().fingerprint) == set()


def test_a_reader_who_knows_another_certificate_is_warned(folder: Path) -> None:
    assert said(folder, signer(2).fingerprint) == {("signature-not-trusted", P7S)}


def test_the_same_case_is_signed_with_the_same_bytes(
    built: BuiltCase, original: Path, tmp_path: Path
) -> None:
    again = exported(built, tmp_path / "again")
    for name in file_names(original):
        assert (again / name).read_bytes() == (original / name).read_bytes(), name


def test_an_old_signature_on_new_lists_does_not_hold(folder: Path) -> None:
    (folder / "data/note.txt").write_text("put in later")
    reseal_like_a_forger(folder)
    assert codes(folder) == {"signature-invalid"}


def test_junk_instead_of_a_signature_does_not_hold(folder: Path) -> None:
    (folder / P7S).write_bytes(b"junk")
    reseal_like_a_forger(folder)
    assert codes(folder) == {"signature-invalid"}


def test_a_signature_that_was_taken_out_is_missed(folder: Path) -> None:
    for name in (P7S, SSHSIG, SIGNED_LIST):
        (folder / name).unlink()
    assert codes(folder) == {"signature-missing"}
    assert said(folder, signer().fingerprint) >= {("signature-missing", P7S)}


def test_signing_anew_with_another_key_is_noticed(built: BuiltCase, tmp_path: Path) -> None:
    other = exported(built, tmp_path / "other", number=2)
    assert codes(other) == {"signature-other-key"}


def test_whoever_makes_everything_anew_is_known_by_his_fingerprint_only(
    built: BuiltCase, tmp_path: Path
) -> None:
    def retold(event: Event) -> Event:
        if event.type is not EventType.CASE_EXPORTED:
            return event
        return Event(
            event.case,
            event.seq,
            event.type,
            event.moment,
            {**event.data, "device": signer(2).fingerprint},
            event.prev,
        )

    anew = exported(forged(built, retold), tmp_path / "anew", number=2)
    assert codes(anew) == set(), "nothing inside can tell; that is what the fingerprint on paper is for"
    assert codes(anew, signer().fingerprint) == {"signature-not-trusted"}


def test_a_certificate_beside_that_is_not_the_signers_is_named(folder: Path) -> None:
    (folder / DEVICE).write_bytes(signer(2).certificate_pem())
    assert ("signature-other-key", DEVICE) in said(folder)


def test_a_missing_list_of_what_no_manifest_names_is_named(folder: Path) -> None:
    (folder / SIGNED_LIST).unlink()
    missing = [f.subject for f in verify_folder(folder, read_pcm).faults if f.code == "manifest-missing"]
    assert missing == [SIGNED_LIST]


@pytest.mark.parametrize("name", [STARTED, RUNNING, EXPORT])
def test_a_checkpoint_that_says_another_time_is_named(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content.replace(b"2026-11-23T14:", b"2026-11-23T13:"))
    assert ("checkpoint-invalid", name + ".sig") in said(folder)


def test_a_checkpoint_without_its_signature_is_named(folder: Path) -> None:
    (folder / f"{STARTED}.sig").unlink()
    assert ("checkpoint-invalid", f"{STARTED}.sig") in said(folder)
    assert codes(folder) == {"file-missing", "checkpoint-invalid"}


def test_a_journal_made_anew_disagrees_with_what_the_checkpoints_saw(
    built: BuiltCase, original: Path, tmp_path: Path
) -> None:
    def earlier(event: Event) -> Event:
        return Event(event.case, event.seq, event.type, built.events[0].moment, dict(event.data), event.prev)

    retold = forged(built, earlier)
    folder = retold.export(tmp_path / "retold")
    shutil.rmtree(folder / "signatures")
    shutil.copytree(original / "signatures", folder / "signatures")
    rewrite_json(
        folder / "signatures/checkpoint.json",
        lambda told: told.update(head={"seq": retold.head.seq, "hash": retold.head.hash}),
    )
    reseal_like_a_forger(folder)
    assert {("checkpoint-disagrees", name) for name in (STARTED, RUNNING, EXPORT)} <= said(folder)
    assert {"signature-invalid"} <= codes(folder)


def test_a_journal_whose_end_was_cut_disagrees_with_the_last_checkpoint(folder: Path) -> None:
    rewrite_journal(folder, lambda lines: lines[:-2])
    assert ("checkpoint-disagrees", EXPORT) in said(folder)
    assert ("checkpoint-disagrees", STARTED) not in said(folder)


def test_a_sound_other_than_the_one_a_checkpoint_saw_is_named(folder: Path) -> None:
    pulses = folder / f"data/recordings/{SEALED}/pulse.jsonl"
    lines = pulses.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"file_bytes":4096', b'"file_bytes":4097')
    pulses.write_bytes(b"\n".join(lines))
    assert ("checkpoint-disagrees", f"{RUNNING} {SEALED}") in said(folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"x" * 100_000])
def test_a_file_that_is_no_checkpoint_is_named(folder: Path, content: bytes) -> None:
    (folder / RUNNING).write_bytes(content)
    assert ("checkpoint-invalid", RUNNING) in said(folder)


def test_many_bad_checkpoints_are_counted_not_listed(folder: Path) -> None:
    for number in range(10, 80):
        (folder / f"signatures/checkpoints/{number:06d}-recording.json").write_bytes(b"{}")
    named = [code for code, _ in said(folder)]
    assert named.count("checkpoint-invalid") == 20
    assert "too-many" in named


def test_a_checkpoint_signed_by_a_key_that_is_nowhere_is_named(built: BuiltCase, tmp_path: Path) -> None:
    stranger = built.checkpoint(3, Why.RECORDING_STARTED, signer(3).fingerprint)
    folder = built.export_signed(tmp_path / "case", signer(), [stranger])
    (folder / f"{STARTED}.sig").write_bytes(signer(3).sign(stranger.content()))
    assert ("checkpoint-invalid", STARTED) in said(folder)


def test_a_checkpoint_of_another_case_is_named(built: BuiltCase, tmp_path: Path) -> None:
    content = built.checkpoint(3, Why.RECORDING_STARTED, "").content().replace(b"c-00000001", b"c-00000002")
    folder = exported(built, tmp_path / "case")
    (folder / STARTED).write_bytes(content)
    assert ("checkpoint-disagrees", STARTED) in said(folder)


def test_a_link_among_the_signatures_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes((folder / P7S).read_bytes())
    (folder / P7S).unlink()
    (folder / P7S).symlink_to(tmp_path / "outside")
    assert "not-regular" in codes(folder)


def test_an_unsigned_folder_is_called_so(tmp_path: Path) -> None:
    folder = build_case(tmp_path / "source").export(tmp_path / "case")
    assert said(folder) == {("not-signed", P7S)}
    assert codes(folder, signer().fingerprint) == {"signature-missing"}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.upper(),
        lambda text: text.replace(b"  ", b" *"),
        lambda text: text + b"\n",
        lambda text: text.replace(b"signatures/", b"./signatures/"),
        lambda text: text.removesuffix(b"\n"),
        lambda text: text + text,
        lambda _: b"",
    ],
)
def test_the_list_of_what_no_manifest_names_has_one_form(
    folder: Path, change: Callable[[bytes], bytes]
) -> None:
    (folder / SIGNED_LIST).write_bytes(change((folder / SIGNED_LIST).read_bytes()))
    assert codes(folder) & {"manifest-line", "file-not-covered", "file-missing"}


@pytest.mark.parametrize(
    "name", [f"{P7S}-notes.html", f"{P7S}.evil.exe", "signatures/authorities/notes.html", f"{P7S}.x/y.tsr"]
)
def test_a_file_that_only_looks_like_a_signature_is_named(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("put in later")
    signed = {one: (folder / one).read_bytes() for one in (P7S, SSHSIG, name)}
    (folder / SIGNED_LIST).write_bytes(signed_list(signed))
    assert "file-not-covered" in codes(folder)


def test_the_last_line_of_the_journal_is_what_the_exports_checkpoint_saw(
    built: BuiltCase, folder: Path
) -> None:
    assert event_line(built.events[-1]) == (folder / "data/journal.jsonl").read_bytes().split(b"\n")[-2]


def reseal_like_a_forger(folder: Path) -> None:
    """Manifests and lists fit again; only the key is missing."""
    kept = {name: (folder / name).read_bytes() for name in (P7S, SSHSIG)}
    for name in (*kept, SIGNED_LIST):
        (folder / name).unlink()
    reseal(folder)
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    (folder / SIGNED_LIST).write_bytes(signed_list(kept))


def test_a_journal_that_ends_with_the_calendar_is_checked_all_the_same(
    built: BuiltCase, tmp_path: Path
) -> None:
    last = dataclasses.replace(built.events[-2].moment, utc="9999-12-31T23:59:59.999999Z", offset_minutes=0)
    events = [*built.events[:-2], dataclasses.replace(built.events[-2], moment=last), built.events[-1]]
    late = exported(BuiltCase(built.source, events), tmp_path / "case")
    assert verify_folder(late, read_pcm).faults, "its chain is broken, and that is told"
