"""Signatures, checkpoints and time stamps in VERIFY.html: what holds, and what was done to them."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from evidencedesk.domain.event import Event, EventType
from fakes.case_folders import SEALED, BuiltCase, build_case, forged, rewrite_json
from fakes.chromium import IS_THERE
from fakes.signed_folders import (
    AT_EXPORT,
    AUTHORITY,
    SIGNATURE,
    SIGNED_LIST,
    SSH_SIGNATURE,
    SSH_SIGNERS,
    STARTED,
    Authority,
    TestKey,
    checkpoint,
    export_signed,
    list_signed,
    sign,
    sound_mark,
    with_device,
)
from fakes.verify_pages import check, check_like_verify, run_script

pytestmark = [
    pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl"),
    pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="needs ssh-keygen"),
]

KEY, OTHER = TestKey(1), TestKey(2)
TAG_LIST = "tagmanifest-sha256.txt"
PULSES = f"data/recordings/{SEALED}/pulse.jsonl"
STAMP = f"{SIGNATURE}.{AUTHORITY}.tsr"
EARLY_STAMP = f"{STARTED}.second.tsr"
Tamper = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """A signed and stamped folder, and what it was made from."""

    built: BuiltCase
    folder: Path


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Case:
    place = tmp_path_factory.mktemp("signed")
    built = with_device(build_case(place / "library"), KEY)
    checkpoints = {
        STARTED: checkpoint(built, 3, "recording-started", KEY, [sound_mark(built, SEALED, 3)]),
        AT_EXPORT: checkpoint(built, len(built.events), "export", KEY),
    }
    folder = export_signed(built, place / "case", KEY, checkpoints)
    first, second = Authority(place / "rsa", "rsa"), Authority(place / "ec", "ec")
    put_stamp(folder, STARTED, "second", second)
    (folder / SSH_SIGNERS).write_bytes(KEY.ssh_signers)
    sign(folder, KEY)
    (folder / SSH_SIGNATURE).write_bytes(KEY.sign_ssh((folder / TAG_LIST).read_bytes(), place))
    put_stamp(folder, SIGNATURE, AUTHORITY, first)
    for name, authority in ((AUTHORITY, first), ("second", second)):
        (folder / "signatures/authorities" / name).mkdir(parents=True)
        (folder / "signatures/authorities" / name / "root.pem").write_bytes(authority.root)
    list_signed(folder)
    return Case(built, folder)


def put_stamp(folder: Path, name: str, short: str, authority: Authority) -> None:
    request, answer = authority.stamp((folder / name).read_bytes())
    (folder / f"{name}.{short}.tsq").write_bytes(request)
    (folder / f"{name}.{short}.tsr").write_bytes(answer)


@pytest.fixture
def folder(signed: Case, tmp_path: Path) -> Path:
    return shutil.copytree(signed.folder, tmp_path / "copy")


def test_a_signed_and_stamped_folder_has_no_fault(verify_page: Chrome, folder: Path) -> None:
    page = check_like_verify(verify_page, folder)
    assert page.faults == set()
    assert {code for code, _ in page.remarks} == {
        "recording-recovered",
        "recording-gap",
        "simulated",
        "signed-by-unknown",
        "stamp-holds",
        "self-attested",
    }
    assert ("stamp-holds", SIGNATURE) in page.remarks
    assert ("stamp-holds", STARTED) in page.remarks
    assert page.checked["signatures"] == 4


def test_the_fingerprint_stands_there_to_be_compared_with_paper(verify_page: Chrome, folder: Path) -> None:
    check_like_verify(verify_page, folder)
    digits = verify_page.find_element(By.CSS_SELECTOR, ".fingerprint .digits").text
    assert digits.replace(" ", "").replace("\n", "").lower() == KEY.fingerprint
    state = verify_page.find_element(By.CSS_SELECTOR, "#layer-signature .pill")
    assert "ok" not in (state.get_attribute("class") or ""), "an unknown key is no green tick"


def test_a_forger_behind_the_genuine_certificate_shows_his_own_fingerprint(
    verify_page: Chrome, folder: Path
) -> None:
    put("signatures/device.pem", KEY.pem + OTHER.pem)(folder)
    put(SSH_SIGNERS, OTHER.ssh_signers)(folder)
    rewrite("START-HERE.html", lambda _: b"<h1>innocent</h1>", signed_by_other)(folder)
    page = check_like_verify(verify_page, folder)
    assert ("signature-invalid", "signatures/device.pem") in page.faults
    assert ("signature-other-key", SIGNATURE) in page.faults
    digits = verify_page.find_element(By.CSS_SELECTOR, ".fingerprint .digits").text
    assert "".join(digits.split()).lower() == OTHER.fingerprint
    typed = verify_page.find_element(By.CSS_SELECTOR, "#report pre").get_attribute("textContent") or ""
    done = subprocess.run(
        ["bash", "-c", typed], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert KEY.fingerprint not in done.stdout.replace(":", "").lower()


def test_each_stamp_tells_what_it_shows_and_how_to_check_the_rest(verify_page: Chrome, folder: Path) -> None:
    check_like_verify(verify_page, folder)
    verify_page.find_element(By.CSS_SELECTOR, '[data-language="en"]').click()
    table = verify_page.find_element(By.CSS_SELECTOR, "#layer-time table").text
    assert "Journal entries 1 to 3 were there at this time." in table
    assert "The signature over the whole folder was there at this time." in table
    assert "Test stamp rsa" in table
    commands = verify_page.find_element(By.ID, "report").text
    root = f"signatures/authorities/{AUTHORITY}/root.pem"
    assert f"openssl ts -verify -in {STAMP} -data {SIGNATURE} -CAfile {root}" in commands


def test_the_commands_on_the_page_work_as_they_stand(verify_page: Chrome, folder: Path) -> None:
    check_like_verify(verify_page, folder)
    lines = [
        line
        for shown in verify_page.find_elements(By.CSS_SELECTOR, "#report pre")
        for line in (shown.get_attribute("textContent") or "").split("\n")
        if line.startswith(("openssl ", "echo ", "ssh-keygen "))
    ]
    assert len(lines) == 8
    for line in lines:
        done = subprocess.run(
            ["bash", "-c", line], cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        if "-fingerprint" in line:
            assert KEY.fingerprint in done.stdout.replace(":", "").lower()


def rewrite(name: str, change: Callable[[bytes], bytes], *then: Tamper) -> Tamper:
    def tamper(folder: Path) -> None:
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(change(before))
        assert (folder / name).read_bytes() != before
        for one in then:
            one(folder)

    return tamper


def lists_redone(folder: Path) -> None:
    sign(folder, None)


def signed_by_other(folder: Path) -> None:
    sign(folder, OTHER)


def flipped(at: int) -> Callable[[bytes], bytes]:
    """One bit of a byte, counted from the end."""
    return lambda content: content[:-at] + bytes([content[-at] ^ 1]) + content[len(content) - at + 1 :]


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new)


def removed(*names: str) -> Tamper:
    def tamper(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return tamper


def both(*changes: Tamper) -> Tamper:
    def tamper(folder: Path) -> None:
        for change in changes:
            change(folder)

    return tamper


def renamed(name: str, other: str) -> Tamper:
    def tamper(folder: Path) -> None:
        for ending in ("", ".sig"):
            (folder / f"{name}{ending}").rename(folder / f"{other}{ending}")

    return tamper


def signed_checkpoint(change: Callable[[bytes], bytes]) -> Tamper:
    """Another last checkpoint, signed by the same key as everything else."""

    def then(folder: Path) -> None:
        (folder / f"{AT_EXPORT}.sig").write_bytes(KEY.sign((folder / AT_EXPORT).read_bytes()))
        sign(folder, KEY)

    return rewrite(AT_EXPORT, change, then)


def copied(source: str, target: str) -> Tamper:
    return lambda folder: shutil.copy(folder / source, folder / target)


def put(name: str, content: bytes) -> Tamper:
    return lambda folder: (folder / name).write_bytes(content)


def _other_minute(found: re.Match[bytes]) -> bytes:
    return found[1] + (b"11" if found[0].endswith(b"10") else b"10")


REQUEST = STAMP.removesuffix("r") + "q"
EARLY_REQUEST = EARLY_STAMP.removesuffix("r") + "q"
TAMPERS: dict[str, tuple[Tamper, tuple[str, str]]] = {
    "old signature on new lists": (
        rewrite("START-HERE.html", lambda _: b"<h1>innocent</h1>", lists_redone),
        ("signature-invalid", SIGNATURE),
    ),
    "junk signature": (
        rewrite(SIGNATURE, lambda content: bytes(len(content)), list_signed),
        ("signature-invalid", SIGNATURE),
    ),
    "one bit of the signature": (
        rewrite(SIGNATURE, flipped(9), list_signed),
        ("signature-invalid", SIGNATURE),
    ),
    "huge signature": (put(SIGNATURE, b"0" * 10_000_000), ("signature-invalid", SIGNATURE)),
    "signature by another key": (signed_by_other, ("signature-other-key", SIGNATURE)),
    "another key and its certificate": (
        both(put("signatures/device.pem", OTHER.pem), signed_by_other),
        ("signature-other-key", SIGNATURE),
    ),
    "another certificate beside it": (
        both(put("signatures/device.pem", OTHER.pem), lambda folder: sign(folder, KEY)),
        ("signature-other-key", "signatures/device.pem"),
    ),
    "one bit of the second signature": (
        rewrite(SSH_SIGNATURE, flipped(60), list_signed),
        ("signature-invalid", SSH_SIGNATURE),
    ),
    "the second signature in another form": (
        rewrite(SSH_SIGNATURE, lambda content: content.replace(b"\n", b"\n\n", 2), list_signed),
        ("signature-invalid", SSH_SIGNATURE),
    ),
    "no second signature at all, only its name": (
        both(put(SSH_SIGNATURE, b""), list_signed),
        ("signature-invalid", SSH_SIGNATURE),
    ),
    "other signers allowed": (
        both(put(SSH_SIGNERS, OTHER.ssh_signers), lambda folder: sign(folder, KEY)),
        ("signature-other-key", SSH_SIGNERS),
    ),
    "certificate changed": (
        both(
            put("signatures/device.pem", KEY.pem.replace(b"\n", b"\nA", 1)), lambda folder: sign(folder, KEY)
        ),
        ("signature-invalid", "signatures/device.pem"),
    ),
    "signature taken out": (
        both(removed(SIGNATURE, STAMP, REQUEST), list_signed),
        ("signature-missing", SIGNATURE),
    ),
    "checkpoint edited": (
        rewrite(STARTED, replaced(b'"offset_minutes":480', b'"offset_minutes":481'), lambda f: sign(f, KEY)),
        ("checkpoint-invalid", f"{STARTED}.sig"),
    ),
    "checkpoint in another form": (
        rewrite(STARTED, lambda content: content + b"\n", lambda f: sign(f, KEY)),
        ("checkpoint-invalid", STARTED),
    ),
    "checkpoint of another journal": (
        rewrite(AT_EXPORT, replaced(b'"seq":15', b'"seq":14'), lambda f: sign(f, KEY)),
        ("checkpoint-disagrees", AT_EXPORT),
    ),
    "checkpoint under another name": (
        both(renamed(AT_EXPORT, "signatures/checkpoints/000002-recording.json"), lambda f: sign(f, KEY)),
        ("checkpoint-invalid", "signatures/checkpoints/000002-recording.json"),
    ),
    "checkpoint under a later number": (
        both(renamed(AT_EXPORT, "signatures/checkpoints/0000010-export.json"), lambda f: sign(f, KEY)),
        ("checkpoint-invalid", "signatures/checkpoints/0000010-export.json"),
    ),
    "first checkpoint taken out": (
        both(
            removed(STARTED, f"{STARTED}.sig", EARLY_STAMP, f"{STARTED}.second.tsq"),
            lambda f: sign(f, KEY),
        ),
        ("checkpoint-invalid", AT_EXPORT),
    ),
    "signatures of checkpoints taken out": (
        both(removed(f"{STARTED}.sig", f"{AT_EXPORT}.sig"), lambda f: sign(f, KEY)),
        ("checkpoint-invalid", f"{AT_EXPORT}.sig"),
    ),
    "checkpoint of a later day": (
        signed_checkpoint(replaced(b'"utc":"2026-', b'"utc":"2027-')),
        ("checkpoint-disagrees", AT_EXPORT),
    ),
    "checkpoint that goes back": (
        signed_checkpoint(replaced(b'"seq":15', b'"seq":1')),
        ("checkpoint-disagrees", AT_EXPORT),
    ),
    "checkpoint by an unknown key": (
        rewrite(STARTED, replaced(KEY.fingerprint.encode(), b"0" * 64), lambda f: sign(f, KEY)),
        ("checkpoint-invalid", STARTED),
    ),
    "pulses made anew": (
        rewrite(
            PULSES,
            lambda content: content.replace(b'"mono_ns":"2000000000"', b'"mono_ns":"2000000001"'),
            lambda f: sign(f, KEY),
        ),
        ("checkpoint-disagrees", f"{STARTED} {SEALED}"),
    ),
    "checkpoint.json altered": (
        both(
            lambda f: rewrite_json(
                f / "signatures/checkpoint.json", lambda told: told["head"].update(seq=14)
            ),
            lambda f: sign(f, KEY),
        ),
        ("journal-head", "signatures/checkpoint.json"),
    ),
    "stamp of another file": (
        both(copied(EARLY_STAMP, STAMP), copied(EARLY_REQUEST, REQUEST), list_signed),
        ("stamp-invalid", STAMP),
    ),
    "another request beside a stamp": (
        both(copied(EARLY_REQUEST, REQUEST), list_signed),
        ("stamp-invalid", STAMP),
    ),
    "request taken out": (both(removed(REQUEST), list_signed), ("stamp-invalid", STAMP)),
    "one bit of a stamp": (rewrite(STAMP, flipped(9), list_signed), ("stamp-invalid", STAMP)),
    "a stamp's time": (
        rewrite(STAMP, lambda content: content.replace(b"\x18\x0f2", b"\x18\x0f1"), list_signed),
        ("stamp-invalid", STAMP),
    ),
    "a stamp's second": (
        rewrite(STAMP, lambda content: re.sub(rb"(\x18\x0f\d{13})\d", rb"\g<1>x", content), list_signed),
        ("stamp-invalid", STAMP),
    ),
    "a stamp's minute": (
        rewrite(STAMP, lambda content: re.sub(rb"(\x18\x0f\d{10})\d\d", _other_minute, content), list_signed),
        ("stamp-invalid", STAMP),
    ),
    "stamp cut off": (rewrite(STAMP, lambda content: content[:-40], list_signed), ("stamp-invalid", STAMP)),
    "a web page for a stamp": (
        both(put(STAMP, b"<html>200 OK</html>"), list_signed),
        ("stamp-invalid", STAMP),
    ),
    "huge stamp": (both(put(STAMP, b"0" * 3_000_000), list_signed), ("stamp-invalid", STAMP)),
    "signed list changed": (
        rewrite(SIGNED_LIST, lambda content: b"f" * 64 + content[64:]),
        ("tag-changed", "signatures/authorities/second/root.pem"),
    ),
    "signed list in another order": (
        rewrite(SIGNED_LIST, lambda content: b"".join(reversed(content.splitlines(keepends=True)))),
        ("manifest-line", f"{SIGNED_LIST}:2"),
    ),
    "signed list missing": (removed(SIGNED_LIST), ("file-not-covered", SIGNATURE)),
    "extra file in the signed list": (
        both(put(f"{SIGNATURE}-notes.html", b"x"), list_signed),
        ("file-not-covered", f"{SIGNATURE}-notes.html"),
    ),
}


@pytest.mark.parametrize("name", TAMPERS)
def test_everything_done_to_signatures_and_stamps_is_named(
    verify_page: Chrome, folder: Path, name: str
) -> None:
    tamper, fault = TAMPERS[name]
    tamper(folder)
    assert fault in check_like_verify(verify_page, folder).faults


def test_checkpoints_by_the_first_key_hold_under_a_signature_by_another(
    verify_page: Chrome, folder: Path
) -> None:
    signed_by_other(folder)
    assert STARTED not in {subject for _, subject in check_like_verify(verify_page, folder).faults}


def test_a_case_made_anew_with_another_key_is_named_by_the_old_checkpoints(
    verify_page: Chrome, signed: Case, tmp_path: Path
) -> None:
    def without_notes(event: Event) -> Event | None:
        if event.type is EventType.CASE_EXPORTED:
            return dataclasses.replace(event, data={**event.data, "device": OTHER.fingerprint})
        return None if event.type in {EventType.NOTE_TAKEN, EventType.NOTE_CORRECTED} else event

    anew = forged(signed.built, without_notes)
    old = {AT_EXPORT: (signed.folder / AT_EXPORT).read_bytes()}
    folder = export_signed(anew, tmp_path / "anew", OTHER, old)
    assert check_like_verify(verify_page, folder).faults == {
        ("checkpoint-disagrees", AT_EXPORT),
        ("checkpoint-invalid", AT_EXPORT),
    }


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_stamp_outside_its_certificate_s_time_proves_nothing(
    verify_page: Chrome, folder: Path, tmp_path: Path, kind: str
) -> None:
    authority = Authority(tmp_path / "tsa", kind, first_year=1990)
    put_stamp(folder, SIGNATURE, AUTHORITY, authority)
    (folder / "signatures/authorities" / AUTHORITY / "root.pem").write_bytes(authority.root)
    list_signed(folder)
    assert ("stamp-invalid", STAMP) in check_like_verify(verify_page, folder).faults


def test_another_certificate_for_the_same_key_in_a_stamp_is_named(
    verify_page: Chrome, folder: Path, tmp_path: Path
) -> None:
    authority = Authority(tmp_path / "tsa", "rsa", first_year=1990)
    put_stamp(folder, SIGNATURE, AUTHORITY, authority)
    own, other = (authority.certificate(year).public_bytes(Encoding.DER) for year in (1990, 2020))
    assert len(own) == len(other)
    rewrite(STAMP, replaced(own, other), list_signed)(folder)
    assert ("stamp-invalid", STAMP) in check_like_verify(verify_page, folder).faults


def test_a_folder_that_never_was_signed_says_so_and_is_no_fault(verify_page: Chrome, tmp_path: Path) -> None:
    folder = build_case(tmp_path / "library").export(tmp_path / "case")
    page = check_like_verify(verify_page, folder)
    assert page.faults == set()
    assert ("not-signed", SIGNATURE) in page.remarks
    assert ("self-attested", "") in page.remarks


def test_a_folder_whose_signature_was_taken_out_is_not_one_that_never_had_any(
    verify_page: Chrome, tmp_path: Path
) -> None:
    """Not even where the journal promises none: its checkpoints are signed."""
    built = build_case(tmp_path / "library")
    seen = {STARTED: checkpoint(built, 3, "recording-started", KEY)}
    folder = export_signed(built, tmp_path / "case", KEY, seen)
    beside = "signatures/checkpoints/device-00000000.pem"
    (folder / "signatures/device.pem").rename(folder / beside)
    (folder / SIGNATURE).unlink()
    sign(folder, None)
    page = check_like_verify(verify_page, folder)
    assert page.faults == {("signature-missing", SIGNATURE)}
    assert ("only-checkpoints-signed", "signatures/checkpoints/") in page.remarks


def test_a_folder_whose_key_was_locked_has_signed_checkpoints_and_no_fault(
    verify_page: Chrome, tmp_path: Path
) -> None:
    def locked(event: Event) -> Event:
        if event.type is not EventType.CASE_EXPORTED:
            return event
        return dataclasses.replace(event, data={**event.data, "unsigned": "KEY_LOCKED"})

    built = forged(build_case(tmp_path / "library"), locked)
    seen = {STARTED: checkpoint(built, 3, "recording-started", KEY)}
    folder = export_signed(built, tmp_path / "case", KEY, seen)
    beside = "signatures/checkpoints/device-00000000.pem"
    (folder / "signatures/device.pem").rename(folder / beside)
    (folder / SIGNATURE).unlink()
    sign(folder, None)
    page = check_like_verify(verify_page, folder)
    assert page.faults == set()
    assert ("only-checkpoints-signed", "signatures/checkpoints/") in page.remarks
    assert ("not-signed", SIGNATURE) in page.remarks
    verify_page.find_element(By.CSS_SELECTOR, '[data-language="en"]').click()
    assert verify_page.find_element(By.ID, "verdict").text == "Not signed: no contradiction found"


def test_no_bit_of_a_signature_can_change_unseen(verify_page: Chrome, folder: Path) -> None:
    unseen = run_script(
        verify_page,
        """
        const [signature, list] = Array.from(args).slice(0, 2).map((bytes) => Uint8Array.from(bytes));
        const holds = async (bytes) => {
          const file = (content) => new File([content], "x");
          const files = new Map([[SIGNATURE_FILE, file(bytes)], [TAG_MANIFEST, file(list)]]);
          try {
            await new SignatureCheck({ bag: { files }, signature: null }).holdingSignature();
            return true;
          } catch (error) {
            if (error instanceof Refused || error instanceof NotHere) return false;
            throw error;
          }
        };
        if (!(await holds(signature))) return "not even itself";
        const unseen = [];
        for (let at = 0; at < signature.length; at++) {
          for (const mask of [1, 32, 128]) {
            const changed = signature.slice();
            changed[at] ^= mask;
            if (await holds(changed)) unseen.push([at, mask]);
          }
        }
        return unseen;
        """,
        list((folder / SIGNATURE).read_bytes()),
        list((folder / TAG_LIST).read_bytes()),
    )
    assert unseen == []


def test_without_webcrypto_signatures_are_called_unchecked_and_all_else_is_checked(
    verify_page: Chrome, folder: Path
) -> None:
    hide = "Object.defineProperty(Crypto.prototype, 'subtle', {configurable: true, get: () => undefined});"
    verify_page.execute_script(f"globalThis.Worker = undefined; {hide} page.show()")
    try:
        page = check(verify_page, folder)
        assert page.faults == set()
        unchecked = {subject for code, subject in page.remarks if code == "not-checked-here"}
        assert {SIGNATURE, STAMP, EARLY_STAMP} <= unchecked
        assert verify_page.find_element(By.ID, "nosubtle").is_displayed()
        (folder / PULSES).unlink()
        assert ("file-missing", PULSES) in check(verify_page, folder).faults
    finally:
        verify_page.refresh()
