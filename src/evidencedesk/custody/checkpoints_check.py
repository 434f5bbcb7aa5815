"""Check that every checkpoint is signed, in its place, and saw the journal and the sounds that are here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from cryptography import x509

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.checkpoint import LINE_LIMIT, Checkpoint, read_checkpoint
from evidencedesk.custody.cms import SIGNATURE_LIMIT
from evidencedesk.custody.device_certificate import fingerprint, is_signed_by
from evidencedesk.custody.journal_check import JournalCheck
from evidencedesk.custody.pulses import pulse_hash
from evidencedesk.custody.signature_files import (
    CERTIFICATE_FILE,
    CHECKPOINTS,
    SIGNATURE_OF,
    checkpoint_name,
    checkpoint_number,
    is_checkpoint,
)
from evidencedesk.custody.signature_findings import SignatureCheck, certificate_in, read_file, reason_of
from evidencedesk.domain.finding import Weight
from evidencedesk.domain.moment import format_utc, parse_utc
from evidencedesk.domain.pulse import PULSE_FILE

_PULSE_LIMIT = 128 * 1024 * 1024
_SHOWN_LIMIT = 20
_CLOCK_MAY_JUMP = timedelta(days=1)


def check_checkpoints(bag: Bag, journal: JournalCheck | None, check: SignatureCheck) -> None:
    """Check each checkpoint by itself, against journal and sounds, and all of them as a row."""
    names = sorted((name for name in bag.sizes if is_checkpoint(name)), key=checkpoint_number)
    latest = _latest(journal)
    number = seq = 0
    certificates = _certificates(bag, check) if names else {}
    device = certificate_in(bag, CERTIFICATE_FILE, None)
    own = () if device is None else (fingerprint(device),)
    lines: dict[str, list[str]] = {}
    unsigned = 0
    faults = 0
    for name in names:
        if faults >= _SHOWN_LIMIT:
            check.find("too-many", "checkpoint-invalid", str(_SHOWN_LIMIT), str(len(names)))
            break
        before = len(check.findings)
        expected_number, number = number + 1, checkpoint_number(name)
        try:
            content = read_file(bag, name, LINE_LIMIT)
            checkpoint = read_checkpoint(content)
        except (OSError, ValueError) as error:
            check.find("checkpoint-invalid", name, found=reason_of(error))
            faults += 1
            continue
        check.checkpoints[name] = checkpoint
        unsigned += not _is_signed(bag, name, content, checkpoint, certificates, own, check)
        expected_name = checkpoint_name(expected_number, checkpoint.why)
        if name != expected_name:
            # Each case's are numbered without a gap, and named by what they were made for.
            check.find("checkpoint-invalid", name, expected_name)
        if checkpoint.head.seq < seq:
            check.find("checkpoint-disagrees", name, f">= {seq}", str(checkpoint.head.seq))
        seq = checkpoint.head.seq
        if latest and checkpoint.utc > latest:
            check.find("checkpoint-disagrees", name, f"<= {latest}", checkpoint.utc)
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
    own: Collection[str],
    check: SignatureCheck,
) -> bool:
    """Whether a signature is there; one that does not hold is a finding."""
    if name + SIGNATURE_OF not in bag.sizes:
        if checkpoint.device not in own:
            return False
        # Whoever signed the folder had the key open, and signed what was waiting for it.
        check.find("checkpoint-invalid", name + SIGNATURE_OF, checkpoint.device)
        return True
    certificate = certificates.get(checkpoint.device)
    if certificate is None:
        check.find("checkpoint-invalid", name, checkpoint.device, "no such certificate")
        return True
    try:
        signature = read_file(bag, name + SIGNATURE_OF, SIGNATURE_LIMIT)
    except (OSError, ValueError) as error:
        check.find("checkpoint-invalid", name + SIGNATURE_OF, found=reason_of(error))
        return True
    if is_signed_by(certificate, signature, content):
        check.signatures += 1
        check.signed.add(name)
    else:
        check.find("checkpoint-invalid", name + SIGNATURE_OF, checkpoint.device)
    return True


def _latest(journal: JournalCheck | None) -> str:
    """No checkpoint can be later; a clock that was put right meanwhile is no fault, a day is."""
    times = [event.moment.utc for event in journal.events] if journal is not None else []
    if not times:
        return ""
    try:
        return format_utc(parse_utc(max(times)) + _CLOCK_MAY_JUMP)
    except (OverflowError, ValueError):  # a stranger's journal may end on the calendar's last day
        return max(times)


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
        content = read_file(bag, path, _PULSE_LIMIT)
    except (OSError, ValueError):
        return []
    return [pulse_hash(line) for line in content.split(b"\n")[:-1]]


def _certificates(bag: Bag, check: SignatureCheck) -> dict[str, x509.Certificate]:
    names = [CERTIFICATE_FILE, *(n for n in bag.sizes if n.startswith(CHECKPOINTS) and n.endswith(".pem"))]
    found = {}
    for name in names:
        certificate = certificate_in(bag, name, check if name != CERTIFICATE_FILE else None)
        if certificate is not None:
            found[fingerprint(certificate)] = certificate
    return found
