"""What a check of signatures notes, and how it reads the files they are about."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography import x509

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.checkpoint import Checkpoint
from evidencedesk.custody.device_certificate import PEM_LIMIT, read_certificate
from evidencedesk.custody.hashing import open_regular
from evidencedesk.domain.finding import Finding, Layer, Weight


@dataclass
class SignatureCheck:
    """What was found. ``signer`` is the fingerprint whose signature over the folder holds, or empty.

    ``checkpoints`` are those whose own form holds, by file name, signed or not; ``signed`` names those whose
    signature holds.
    """

    findings: list[Finding] = field(default_factory=list)
    signer: str = ""
    checkpoints: dict[str, Checkpoint] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)
    signatures: int = 0

    def find(
        self, code: str, subject: str, expected: str = "", found: str = "", weight: Weight = Weight.FAULT
    ) -> None:
        """Note a finding of this layer."""
        self.findings.append(Finding(Layer.SIGNATURE, code, subject, expected, found, weight))


def certificate_in(bag: Bag, name: str, check: SignatureCheck | None) -> x509.Certificate | None:
    """A certificate of the folder; with ``check``, one that is missing or unreadable is a finding."""
    if name not in bag.sizes:
        if check is not None:
            check.find("signature-missing", name)
        return None
    try:
        return read_certificate(read_file(bag, name, PEM_LIMIT))
    except (OSError, ValueError) as error:
        if check is not None:
            check.find("signature-invalid", name, found=reason_of(error))
        return None


def read_file(bag: Bag, name: str, limit: int) -> bytes:
    """A file as a whole. Raises OSError, ValueError."""
    with os.fdopen(open_regular(bag.root / name), "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError("too large")
    return content


def reason_of(error: Exception) -> str:
    """What the system or the parser says, without a path: that is about this computer."""
    return str(error.strerror or error) if isinstance(error, OSError) else str(error)
