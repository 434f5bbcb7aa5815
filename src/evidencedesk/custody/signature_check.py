"""Check who signed a folder, and whether a signature that must be there was taken out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cryptography import x509

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.checkpoints_check import check_checkpoints
from evidencedesk.custody.cms import SIGNATURE_LIMIT, read_detached
from evidencedesk.custody.device_certificate import fingerprint, read_certificate
from evidencedesk.custody.journal_check import JournalCheck
from evidencedesk.custody.manifests import TAG_MANIFEST
from evidencedesk.custody.signature_files import (
    CERTIFICATE_FILE,
    CHECKPOINTS,
    SIGNATURE_FILE,
    SSH_SIGNATURE_FILE,
    SSH_SIGNERS_FILE,
)
from evidencedesk.custody.signature_findings import SignatureCheck, certificate_in, read_file, reason_of
from evidencedesk.custody.ssh_signature import SIGNATURE_LIMIT as SSH_LIMIT
from evidencedesk.custody.ssh_signature import allowed_signers, is_ssh_signed_by
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Weight

# In an export's entry: why its folder is not signed.
UNSIGNED = "unsigned"
_TAG_MANIFEST_LIMIT = 64 * 1024 * 1024


def check_signatures(bag: Bag, journal: JournalCheck | None, trusted: Collection[str] = ()) -> SignatureCheck:
    """Check the folder's signature and all checkpoints.

    ``trusted`` has the fingerprints of certificates that the reader knows; with any, a folder that none of
    them signed is a fault.
    """
    check = SignatureCheck()
    promised = _promised_device(journal)
    if SIGNATURE_FILE in bag.sizes:
        _folder_signature(bag, check, promised, trusted)
        check_checkpoints(bag, journal, check)
    else:
        check_checkpoints(bag, journal, check)
        _without_signature(bag, journal, check, promised or ", ".join(sorted(trusted)))
    return check


def trusted_fingerprints(pems: Sequence[bytes]) -> frozenset[str]:
    """The fingerprints of certificates in PEM files. Raises ValueError.

    A reader's own file may have come by mail, which changes line ends.
    """
    return frozenset(fingerprint(read_certificate(pem.replace(b"\r\n", b"\n"))) for pem in pems)


def _last_export(journal: JournalCheck | None) -> Event | None:
    exports = [e for e in (journal.events if journal else ()) if e.type is EventType.CASE_EXPORTED]
    return exports[-1] if exports else None


def _promised_device(journal: JournalCheck | None) -> str | None:
    """Who signs, as the last export in the journal says; None when it says nothing of a signature."""
    last = _last_export(journal)
    device = last.data.get("device") if last is not None else None
    return str(device) if device else None


def _without_signature(bag: Bag, journal: JournalCheck | None, check: SignatureCheck, expected: str) -> None:
    """Taking a signature out is easy; it must not look like a folder that never had one."""
    if expected or _is_owed(bag, journal, check):
        check.find("signature-missing", SIGNATURE_FILE, expected)
    else:
        check.find("not-signed", SIGNATURE_FILE, weight=Weight.REMARK)
    if check.signed:
        reach = max(check.checkpoints[name].head.seq for name in check.signed)
        check.find("only-checkpoints-signed", CHECKPOINTS, found=str(reach), weight=Weight.REMARK)


def _is_owed(bag: Bag, journal: JournalCheck | None, check: SignatureCheck) -> bool:
    """Whether something else in the folder is there only if the folder was signed.

    A computer that signed checkpoints signs the folder, too, unless its key can't be opened then: the entry
    of that export says so, and its checkpoint is not signed.
    """
    if any(name in bag.sizes for name in (SSH_SIGNATURE_FILE, SSH_SIGNERS_FILE, CERTIFICATE_FILE)):
        return True
    if not check.signed:
        return False
    last = _last_export(journal)
    if last is None or UNSIGNED not in last.data:
        return True
    signed = (check.checkpoints[name] for name in check.signed)
    return any(one.why is Why.EXPORT and one.head.seq >= last.seq for one in signed)


def _folder_signature(
    bag: Bag, check: SignatureCheck, promised: str | None, trusted: Collection[str]
) -> None:
    try:
        content = read_file(bag, TAG_MANIFEST, _TAG_MANIFEST_LIMIT)
        signed = read_detached(read_file(bag, SIGNATURE_FILE, SIGNATURE_LIMIT), content)
    except (OSError, ValueError) as error:
        check.find("signature-invalid", SIGNATURE_FILE, found=reason_of(error))
        return
    check.signatures += 1
    check.signer = signed.fingerprint
    if promised is not None and signed.fingerprint != promised:
        check.find("signature-other-key", SIGNATURE_FILE, promised, signed.fingerprint)
    beside = certificate_in(bag, CERTIFICATE_FILE, check)
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
        holds = is_ssh_signed_by(certificate, read_file(bag, SSH_SIGNATURE_FILE, SSH_LIMIT), content)
    except (OSError, ValueError):
        holds = False
    if holds:
        check.signatures += 1
    else:
        check.find("signature-invalid", SSH_SIGNATURE_FILE)
    try:
        signers = read_file(bag, SSH_SIGNERS_FILE, SSH_LIMIT) if SSH_SIGNERS_FILE in bag.sizes else b""
    except (OSError, ValueError):
        signers = b""
    if signers != allowed_signers(certificate):
        check.find("signature-other-key", SSH_SIGNERS_FILE)
