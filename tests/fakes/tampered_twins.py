"""What a forger without the key does to the golden case folder: one recipe for each way to fool a verifier.

``_redone`` means that all lists were made anew to fit, so that only the signature can tell.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import soundfile as sf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.device_key import Signer
from evidencedesk.custody.ssh_signature import allowed_signers, sign_ssh
from evidencedesk.domain.event import FIRST_PREV
from evidencedesk.domain.moment import Moment, parse_utc
from fakes.case_folders import rewrite_json
from fakes.signed_folders import SIGNATURE, SSH_SIGNATURE, SSH_SIGNERS, list_signed, sign

Recipe = Callable[[Path], object]
DEVICE = "signatures/device.pem"
HEAD = "signatures/checkpoint.json"
_FORGED = Moment("2026-11-25T11:00:00.000000Z", 0, "boot-2", 0)


def sound_and_lists(folder: Path) -> None:
    """Another sound of the same length, with every list made to fit."""
    path = _only(folder, "data/recordings/*/audio.flac")
    noise = np.random.default_rng(99).integers(-300, 300, size=12_000, dtype=np.int16)
    sf.write(path, noise, 8000, subtype="PCM_16", format="FLAC")
    sign(folder, None)


def file_missing(folder: Path) -> None:
    """An attachment was taken out."""
    _attachment(folder).unlink()


def time_in_facts_redone(folder: Path) -> None:
    """A note an hour earlier in ``case.json``."""

    def earlier(facts: dict[str, Any]) -> None:
        moment = facts["case_file"]["notes"][0]["moment"]
        moment["utc"] = moment["utc"].replace("T1", "T0")

    rewrite_json(folder / "data/case.json", earlier)
    sign(folder, None)


def tail_cut_redone(folder: Path) -> None:
    """The journal ends before the threat was marked, and says that this is its end."""
    _write_journal(folder, _journal(folder)[:9])
    sign(folder, None)


def rehashed_redone(folder: Path) -> None:
    """A note with other words, in a chain that is right again."""
    _write_journal(folder, _other_words(folder))
    sign(folder, None)


def junk_signature(folder: Path) -> None:
    """Bytes that are no signature, named in the list of signatures as if they were."""
    for name in (SIGNATURE, SSH_SIGNATURE):
        (folder / name).write_bytes(b"junk")
    list_signed(folder)


def broken_line_redone(folder: Path) -> None:
    """A line of the journal that is no JSON."""
    path = folder / "data/journal.jsonl"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:7], lines[7][:-20], *lines[8:]]))
    sign(folder, None)


def extra_file(folder: Path) -> None:
    """Something that was put in later."""
    (folder / "data/later.txt").write_text("put in later", "utf-8")


def old_signature_new_list(folder: Path) -> None:
    """An attachment with another content; lists anew, the signature as it was."""
    _attachment(folder).write_text("别的短信", "utf-8")
    sign(folder, None)


def reordered_redone(folder: Path) -> None:
    """Two lines of the journal in each other's place."""
    path = folder / "data/journal.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[7], lines[9] = lines[9], lines[7]
    path.write_bytes(b"\n".join(lines))
    sign(folder, None)


def renamed(folder: Path) -> None:
    """An attachment under another name."""
    path = _attachment(folder)
    path.rename(path.with_name("other.txt"))


def case_twin(folder: Path) -> None:
    """A second file whose name differs in capital letters only."""
    shutil.copy(folder / "data/case.json", folder / "data/Case.json")


def unicode_twin(folder: Path) -> None:
    """A second file whose name looks the same and is other bytes."""
    path = _attachment(folder)
    twin = path.with_name(unicodedata.normalize("NFD", path.name))
    if twin == path:
        raise AssertionError("this name has no twin")
    shutil.copy(path, twin)


def keyless_forgery(folder: Path) -> None:
    """Everything made anew and signed with a key of the forger's own, behind the genuine certificate.

    Some tools take the first certificate of a file, others the one that fits. The checkpoints stay as
    they were signed; the stamps over the old signature are gone, as they would tell.
    """
    _sign_anew(folder, stranger())


def forgery_with_checkpoints(folder: Path) -> None:
    """The same, and the checkpoints are the forger's own, too."""
    forger = stranger()
    for stamp in [*folder.glob("signatures/checkpoints/*.ts[qr]")]:
        stamp.unlink()
    for path in folder.glob("signatures/checkpoints/*.json"):
        rewrite_json(path, lambda facts: facts.update(device=forger.fingerprint))
        path.write_bytes(canonical_line(json.loads(path.read_bytes())))
        path.with_name(f"{path.name}.sig").write_bytes(forger.sign(path.read_bytes()))
    _sign_anew(folder, forger)


def _sign_anew(folder: Path, forger: Signer) -> None:
    _write_journal(folder, _other_words(folder))
    genuine = (folder / DEVICE).read_bytes()
    (folder / DEVICE).write_bytes(genuine + forger.certificate_pem())
    (folder / SSH_SIGNERS).write_bytes(allowed_signers(forger.certificate))
    for stamp in folder.glob("signatures/*.ts[qr]"):
        stamp.unlink()
    sign(folder, None)
    tags = (folder / "tagmanifest-sha256.txt").read_bytes()
    (folder / SIGNATURE).write_bytes(forger.sign_detached(tags, _FORGED))
    (folder / SSH_SIGNATURE).write_bytes(sign_ssh(forger.key, forger.certificate, tags))
    list_signed(folder)


def redone(recipe: Recipe) -> Recipe:
    """The same, and every list made to fit."""

    def both(folder: Path) -> None:
        recipe(folder)
        sign(folder, None)

    return both


TWINS: Mapping[str, Recipe] = {
    "sound and lists": sound_and_lists,
    "file missing": file_missing,
    "file missing, lists redone": redone(file_missing),
    "time in case.json, lists redone": time_in_facts_redone,
    "journal's end cut off, heads and lists redone": tail_cut_redone,
    "chain re-hashed, heads and lists redone": rehashed_redone,
    "junk signature": junk_signature,
    "broken line, lists redone": broken_line_redone,
    "extra file": extra_file,
    "extra file, lists redone": redone(extra_file),
    "old signature on a new list": old_signature_new_list,
    "lines reordered, lists redone": reordered_redone,
    "renamed": renamed,
    "renamed, lists redone": redone(renamed),
    "twin in case": case_twin,
    "twin in case, lists redone": redone(case_twin),
    "twin in Unicode": unicode_twin,
    "twin in Unicode, lists redone": redone(unicode_twin),
    "keyless forgery": keyless_forgery,
    "keyless forgery, checkpoints, too": forgery_with_checkpoints,
}


def stranger() -> Signer:
    """A key whose certificate has a name of its own: no tool takes it for the genuine one."""
    key = ec.derive_private_key(0xF0E << 128 | 1, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EvidenceDesk device key 2")])
    made = parse_utc(_FORGED.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(9)
        .not_valid_before(made.replace(year=made.year - 1))
        .not_valid_after(made.replace(year=made.year + 30))
        .sign(key, hashes.SHA256())
    )
    return Signer(key, certificate)


def _only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def _attachment(folder: Path) -> Path:
    return _only(folder, "data/attachments/*/*")


def _journal(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "data/journal.jsonl").read_bytes().splitlines()]


def _other_words(folder: Path) -> list[dict[str, Any]]:
    events = _journal(folder)
    note = next(event for event in events if event["type"] == "note.corrected")
    note["data"]["text"] = "没有说证件的事"
    return events


def _write_journal(folder: Path, events: list[dict[str, Any]]) -> None:
    """A right chain, and its end where the folder says it."""
    lines: list[bytes] = []
    for event in events:
        event["prev"] = hashlib.sha256(lines[-1]).hexdigest() if lines else FIRST_PREV
        lines.append(canonical_line(event))
    (folder / "data/journal.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    head = json.loads((folder / HEAD).read_bytes())
    head["head"] = {"seq": len(lines), "hash": hashlib.sha256(lines[-1]).hexdigest()}
    (folder / HEAD).write_bytes(canonical_line(head) + b"\n")
