"""Check who signed a folder, and that every checkpoint saw the journal and the sounds that are here."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography import x509

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.checkpoint import LINE_LIMIT, Checkpoint, read_checkpoint
from evidencedesk.custody.cms import SIGNATURE_LIMIT, read_detached
from evidencedesk.custody.device_certificate import PEM_LIMIT, fingerprint, is_signed_by, read_certificate
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.journal_check import JournalCheck
from evidencedesk.custody.manifests import TAG_MANIFEST
from evidencedesk.custody.pulses import pulse_hash
from evidencedesk.custody.signature_files import (
    CERTIFICATE_FILE,
    CHECKPOINTS,
    SIGNATURE_FILE,
    SIGNATURE_OF,
    SSH_SIGNATURE_FILE,
    SSH_SIGNERS_FILE,
    is_checkpoint,
)
from evidencedesk.custody.ssh_signature import SIGNATURE_LIMIT as SSH_LIMIT
from evidencedesk.custody.ssh_signature import allowed_signers, is_ssh_signed_by
from evidencedesk.domain.event import EventType
from evidencedesk.domain.finding import Finding, Layer, Weight
from evidencedesk.domain.pulse import PULSE_FILE

_TAG_MANIFEST_LIMIT = 64 * 1024 * 1024
_PULSE_LIMIT = 128 * 1024 * 1024
_SHOWN_LIMIT = 20


@dataclass
class SignatureCheck:
    """What was found. ``signer`` is the fingerprint whose signature over the folder holds, or empty.

    ``checkpoints`` are those whose own form holds, by file name, signed or not.
    """

    findings: list[Finding] = field(default_factory=list)
    signer: str = ""
    checkpoints: dict[str, Checkpoint] = field(default_factory=dict)
    signatures: int = 0

    def find(
        self, code: str, subject: str, expected: str = "", found: str = "", weight: Weight = Weight.FAULT
    ) -> None:
        """Note a finding of this layer."""
        self.findings.append(Finding(Layer.SIGNATURE, code, subject, expected, found, weight))


def check_signatures(bag: Bag, journal: JournalCheck | None, trusted: Collection[str] = ()) -> SignatureCheck:
    """Check the folder's signature and all checkpoints.

    ``trusted`` has the fingerprints of certificates that the reader knows; with any, a folder that none of
    them signed is a fault.
    """
    check = SignatureCheck()
    promised = _promised_device(journal)
    _folder_signature(bag, check, promised, trusted)
    _checkpoints(bag, journal, check)
    return check


def trusted_fingerprints(pems: Sequence[bytes]) -> frozenset[str]:
    """The fingerprints of certificates in PEM files. Raises ValueError.

    A reader's own file may have come by mail, which changes line ends.
    """
    return frozenset(fingerprint(read_certificate(pem.replace(b"\r\n", b"\n"))) for pem in pems)


def _promised_device(journal: JournalCheck | None) -> str | None:
    """Who signs, as the last export in the journal says; None when it says nothing of a signature."""
    exports = [e for e in (journal.events if journal else ()) if e.type is EventType.CASE_EXPORTED]
    device = exports[-1].data.get("device") if exports else None
    return str(device) if device else None


def _folder_signature(
    bag: Bag, check: SignatureCheck, promised: str | None, trusted: Collection[str]
) -> None:
    if SIGNATURE_FILE not in bag.sizes:
        if promised is not None:
            check.find("signature-missing", SIGNATURE_FILE, promised)
        elif trusted:
            check.find("signature-missing", SIGNATURE_FILE, ", ".join(sorted(trusted)))
        else:
            check.find("not-signed", SIGNATURE_FILE, weight=Weight.REMARK)
        return
    try:
        content = _read(bag, TAG_MANIFEST, _TAG_MANIFEST_LIMIT)
        signed = read_detached(_read(bag, SIGNATURE_FILE, SIGNATURE_LIMIT), content)
    except (OSError, ValueError) as error:
        check.find("signature-invalid", SIGNATURE_FILE, found=_reason(error))
        return
    check.signatures += 1
    check.signer = signed.fingerprint
    if promised is not None and signed.fingerprint != promised:
        check.find("signature-other-key", SIGNATURE_FILE, promised, signed.fingerprint)
    beside = _certificate(bag, CERTIFICATE_FILE, check)
    if beside is not None and fingerprint(beside) != signed.fingerprint:
        check.find("signature-other-key", CERTIFICATE_FILE, signed.fingerprint, fingerprint(beside))
    _ssh_signature(bag, check, signed.certificate, content)
    if not trusted:
        check.find("signed-by-unknown", SIGNATURE_FILE, found=signed.fingerprint, weight=Weight.REMARK)
    elif signed.fingerprint in trusted:
        check.find("signed-by-known", SIGNATURE_FILE, found=signed.fingerprint, weight=Weight.REMARK)
    else:
        known = ", ".join(sorted(trusted))
        check.find("signature-not-trusted", SIGNATURE_FILE, known, signed.fingerprint)


def _ssh_signature(bag: Bag, check: SignatureCheck, certificate: x509.Certificate, content: bytes) -> None:
    """The second signature is with the same key, for another tool."""
    if SSH_SIGNATURE_FILE not in bag.sizes:
        return
    try:
        holds = is_ssh_signed_by(certificate, _read(bag, SSH_SIGNATURE_FILE, SSH_LIMIT), content)
    except (OSError, ValueError):
        holds = False
    if holds:
        check.signatures += 1
    else:
        check.find("signature-invalid", SSH_SIGNATURE_FILE)
    try:
        signers = _read(bag, SSH_SIGNERS_FILE, SSH_LIMIT) if SSH_SIGNERS_FILE in bag.sizes else b""
    except (OSError, ValueError):
        signers = b""
    if signers != allowed_signers(certificate):
        check.find("signature-other-key", SSH_SIGNERS_FILE)


def _checkpoints(bag: Bag, journal: JournalCheck | None, check: SignatureCheck) -> None:
    names = sorted(name for name in bag.sizes if is_checkpoint(name))
    certificates = _certificates(bag, check) if names else {}
    lines: dict[str, list[str]] = {}
    unsigned = 0
    faults = 0
    for name in names:
        if faults >= _SHOWN_LIMIT:
            check.find("too-many", "checkpoint-invalid", str(_SHOWN_LIMIT), str(len(names)))
            break
        before = len(check.findings)
        try:
            content = _read(bag, name, LINE_LIMIT)
            checkpoint = read_checkpoint(content)
        except (OSError, ValueError) as error:
            check.find("checkpoint-invalid", name, found=_reason(error))
            faults += 1
            continue
        check.checkpoints[name] = checkpoint
        unsigned += not _is_signed(bag, name, content, checkpoint, certificates, check)
        if journal is not None:
            _agrees(name, checkpoint, journal, check)
        _sounds(bag, name, checkpoint, lines, check)
        faults += len(check.findings) > before
    if unsigned:
        check.find("checkpoint-unsigned", CHECKPOINTS, found=str(unsigned), weight=Weight.REMARK)


def _is_signed(
    bag: Bag,
    name: str,
    content: bytes,
    checkpoint: Checkpoint,
    certificates: Mapping[str, x509.Certificate],
    check: SignatureCheck,
) -> bool:
    """Whether a signature is there; one that does not hold is a finding."""
    if name + SIGNATURE_OF not in bag.sizes:
        return False
    certificate = certificates.get(checkpoint.device)
    if certificate is None:
        check.find("checkpoint-invalid", name, checkpoint.device, "no such certificate")
        return True
    try:
        signature = _read(bag, name + SIGNATURE_OF, SIGNATURE_LIMIT)
    except (OSError, ValueError) as error:
        check.find("checkpoint-invalid", name + SIGNATURE_OF, found=_reason(error))
        return True
    if is_signed_by(certificate, signature, content):
        check.signatures += 1
    else:
        check.find("checkpoint-invalid", name + SIGNATURE_OF, checkpoint.device)
    return True


def _agrees(name: str, checkpoint: Checkpoint, journal: JournalCheck, check: SignatureCheck) -> None:
    """The journal still holds what the checkpoint saw: nothing before it was cut off or made anew."""
    if checkpoint.case != journal.case:
        check.find("checkpoint-disagrees", name, journal.case, checkpoint.case)
        return
    seq = checkpoint.head.seq
    found = journal.hashes.get(seq, "")
    if found != checkpoint.head.hash:
        check.find("checkpoint-disagrees", name, f"{seq} {checkpoint.head.hash}", f"{seq} {found}".strip())


def _sounds(
    bag: Bag, name: str, checkpoint: Checkpoint, lines: dict[str, list[str]], check: SignatureCheck
) -> None:
    for sound in checkpoint.sounds:
        path = f"data/recordings/{sound.recording}/{PULSE_FILE}"
        if path not in lines:
            lines[path] = _line_hashes(bag, path)
        known = lines[path]
        found = known[sound.line - 1] if 0 < sound.line <= len(known) else ""
        if found != sound.hash:
            subject = f"{name} {sound.recording}"
            check.find("checkpoint-disagrees", subject, f"{sound.line} {sound.hash}", found)


def _line_hashes(bag: Bag, path: str) -> list[str]:
    if path not in bag.sizes:
        return []
    try:
        content = _read(bag, path, _PULSE_LIMIT)
    except (OSError, ValueError):
        return []
    return [pulse_hash(line) for line in content.split(b"\n")[:-1]]


def _certificates(bag: Bag, check: SignatureCheck) -> dict[str, x509.Certificate]:
    names = [CERTIFICATE_FILE, *(n for n in bag.sizes if n.startswith(CHECKPOINTS) and n.endswith(".pem"))]
    found = {}
    for name in names:
        certificate = _certificate(bag, name, check if name != CERTIFICATE_FILE else None)
        if certificate is not None:
            found[fingerprint(certificate)] = certificate
    return found


def _certificate(bag: Bag, name: str, check: SignatureCheck | None) -> x509.Certificate | None:
    if name not in bag.sizes:
        if check is not None:
            check.find("signature-missing", name)
        return None
    try:
        return read_certificate(_read(bag, name, PEM_LIMIT))
    except (OSError, ValueError) as error:
        if check is not None:
            check.find("signature-invalid", name, found=_reason(error))
        return None


def _read(bag: Bag, name: str, limit: int) -> bytes:
    """A file as a whole. Raises OSError, ValueError."""
    with os.fdopen(open_regular(bag.root / name), "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError("too large")
    return content


def _reason(error: Exception) -> str:
    return str(error.strerror or error) if isinstance(error, OSError) else str(error)
