"""What stands in a case folder's ``signatures/`` and how its files are named (docs/decisions/0004)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from evidencedesk.custody.manifests import TAG_MANIFEST, manifest_line

FOLDER = "signatures/"
CHECKPOINT_FILE = FOLDER + "checkpoint.json"
CERTIFICATE_FILE = FOLDER + "device.pem"
SIGNATURE_FILE = f"{FOLDER}{TAG_MANIFEST}.p7s"
SSH_SIGNATURE_FILE = f"{FOLDER}{TAG_MANIFEST}.sshsig"
SSH_SIGNERS_FILE = FOLDER + "allowed-signers"
SIGNED_LIST = FOLDER + "signed-sha256.txt"
CHECKPOINTS = FOLDER + "checkpoints/"
AUTHORITIES = FOLDER + "authorities/"
SIGNATURE_OF = ".sig"

_CHECKPOINT = re.compile(re.escape(CHECKPOINTS) + r"[0-9]{6,}-[a-z-]{1,32}\.json")
_AUTHORITY = "[a-z0-9-]{1,32}"
_LATER = re.compile(
    rf"{re.escape(SIGNATURE_FILE)}\.{_AUTHORITY}\.ts[qr]"
    rf"|{re.escape(AUTHORITIES)}{_AUTHORITY}/[a-z0-9-]{{1,64}}\.(pem|crl)"
)
_STAMP = re.compile(r"(.+)\.([a-z0-9-]{1,32})\.tsr")


def checkpoint_name(number: int, why: str) -> str:
    """Where a checkpoint stands: ``signatures/checkpoints/000003-recording-stopped.json``."""
    return f"{CHECKPOINTS}{number:06d}-{why}.json"


def checkpoint_number(name: str) -> int:
    """The place in order of the file of a checkpoint."""
    return int(name.removeprefix(CHECKPOINTS).partition("-")[0])


def is_checkpoint(name: str) -> bool:
    """Whether a file holds a checkpoint."""
    return _CHECKPOINT.fullmatch(name) is not None


def stamped_by(name: str) -> tuple[str, str] | None:
    """For an authority's answer: the file it stamps, and the authority's short name."""
    match = _STAMP.fullmatch(name)
    return (match[1], match[2]) if match else None


def made_after_the_tag_manifest(name: str) -> bool:
    """Whether a file can't be named in the tag manifest, because it signs that, or came later.

    Only what has such a meaning: whatever else is put there is named by no list, and found.
    """
    own = (SIGNATURE_FILE, SSH_SIGNATURE_FILE, SIGNED_LIST)
    return name in own or _LATER.fullmatch(name) is not None


def signed_list(files: Mapping[str, bytes]) -> bytes:
    """The content of ``signed-sha256.txt`` for the files made after the tag manifest."""
    names: Sequence[str] = sorted(files, key=str.encode)
    return b"".join(manifest_line(hashlib.sha256(files[name]).hexdigest(), name) for name in names)
