"""The files of a case folder's ``signatures/``: certificate, checkpoints, and the signature over it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evidencedesk.custody.checkpoint import Checkpoint
from evidencedesk.custody.device_key import SHORT, Signer
from evidencedesk.custody.signature_files import (
    CERTIFICATE_FILE,
    CHECKPOINTS,
    SIGNATURE_FILE,
    SIGNATURE_OF,
    SIGNED_LIST,
    SSH_SIGNATURE_FILE,
    SSH_SIGNERS_FILE,
    checkpoint_name,
    signed_list,
)
from evidencedesk.custody.ssh_signature import allowed_signers, sign_ssh
from evidencedesk.domain.moment import Moment
from evidencedesk.export.bag_writer import After, Written


def checkpoint_files(
    checkpoints: Sequence[tuple[Checkpoint, bytes]],
    certificates: Mapping[str, x509.Certificate],
    signer: Signer | None,
) -> list[Written]:
    """Every checkpoint with its signature, and the certificates that are needed to check them."""
    files = []
    for number, (checkpoint, signature) in enumerate(checkpoints, start=1):
        name = checkpoint_name(number, checkpoint.why.value)
        files.append(Written(name, checkpoint.content()))
        if signature:
            files.append(Written(name + SIGNATURE_OF, signature))
    own = signer.fingerprint if signer is not None else ""
    if signer is not None:
        files.append(Written(CERTIFICATE_FILE, signer.certificate_pem()))
        files.append(Written(SSH_SIGNERS_FILE, allowed_signers(signer.certificate)))
    others = {checkpoint.device for checkpoint, signature in checkpoints if signature} - {own}
    files += [
        Written(f"{CHECKPOINTS}device-{device[:SHORT]}.pem", certificates[device].public_bytes(Encoding.PEM))
        for device in sorted(others & certificates.keys())
    ]
    return files


def folder_signature(
    signer: Signer | None, signed_at: Moment, beside: Mapping[str, bytes] | None = None
) -> After:
    """Signs the tag manifest, and with it everything that it names.

    ``beside`` are other files that the tag manifest does not name, by their names.
    """

    def after(tag_manifest: bytes) -> list[Written]:
        files = dict(beside or {})
        if signer is not None:
            files[SIGNATURE_FILE] = signer.sign_detached(tag_manifest, signed_at)
            files[SSH_SIGNATURE_FILE] = sign_ssh(signer.key, signer.certificate, tag_manifest)
        if not files:
            return []
        return [
            *(Written(name, content) for name, content in files.items()),
            Written(SIGNED_LIST, signed_list(files)),
        ]

    return after
