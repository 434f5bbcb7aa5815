"""One reader under atheris: ``python -m fuzz.readers NAME [options of libFuzzer] CORPUS``."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["evidencedesk"]):
    from evidencedesk.custody.checkpoint import read_checkpoint
    from evidencedesk.custody.cms import read_detached
    from evidencedesk.custody.device_certificate import read_certificate
    from evidencedesk.custody.journal_check import check_journal
    from evidencedesk.custody.manifests import MANIFEST, TAG_MANIFEST, read_manifest
    from evidencedesk.custody.pulses import read_pulses
    from evidencedesk.custody.ssh_signature import is_ssh_signed_by
    from evidencedesk.custody.strict_json import parse_strict
    from evidencedesk.custody.time_stamp import Request, StampInvalid, read_answer, read_request
    from evidencedesk.custody.unpacked import unpacked
    from evidencedesk.domain.zip_refusal import Refused
    from fakes.signers import signer

REQUEST = Request(hashlib.sha256(b"content").hexdigest(), 7, "")
SCRATCH = Path(tempfile.mkdtemp(prefix="fuzz-"))
PRESENT = frozenset({"data/a.txt", "data/case.json", "data/journal.jsonl", "bagit.txt", "bag-info.txt"})


def strict_json(content: bytes) -> None:
    """A value that can be written again, or ValueError."""
    try:
        value = parse_strict(content)
    except ValueError:
        return
    if json.loads(json.dumps(value)) != value:
        raise AssertionError("not the same value")


def manifests(content: bytes) -> None:
    """Names that are there only, and findings."""
    for name in (MANIFEST, TAG_MANIFEST):
        (SCRATCH / name).write_bytes(content)
        entries = read_manifest(SCRATCH, name, PRESENT, lambda code, subject, expected, found: None)
        if not entries.keys() <= PRESENT:
            raise AssertionError("a name that is not there")


def pulses(content: bytes) -> None:
    """Lines and faults."""
    path = SCRATCH / "pulse.jsonl"
    path.write_bytes(content)
    read = read_pulses(path)
    if content and not read.lines and not read.faults and not read.torn:
        raise AssertionError("nothing was said")


def journal(content: bytes) -> None:
    """Events and findings."""
    check = check_journal(io.BytesIO(content))
    if content and not check.events and not check.findings:
        raise AssertionError("nothing was said")


def zip_entries(content: bytes) -> None:
    """What is taken, the standard library reads in the same way; anything else is refused."""
    try:
        with unpacked(io.BytesIO(content)) as folder:
            ours = {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            }
    except Refused:
        return
    with zipfile.ZipFile(io.BytesIO(content)) as other:
        files = [one for one in other.infolist() if not one.is_dir()]
        theirs = sorted(other.read(one) for one in files)
    if sorted(ours.values()) != theirs:
        raise AssertionError("two readings of one archive")


def signatures(content: bytes) -> None:
    """Signatures, certificates and checkpoints: refused with ValueError, or written again byte for byte."""
    with suppress(ValueError):
        read_detached(content, b"content")
        raise AssertionError("nobody signed this")
    with suppress(ValueError):
        read_certificate(content)
    with suppress(ValueError):
        if read_checkpoint(content).content() != content:
            raise AssertionError("not the same checkpoint")
    if is_ssh_signed_by(signer().certificate, content, b"content"):
        raise AssertionError("nobody signed this")


def stamps(content: bytes) -> None:
    """Requests and answers of authorities: refused with a reason."""
    with suppress(ValueError, StampInvalid):
        read_request(content)
    with suppress(StampInvalid):
        read_answer(content, REQUEST, ())
        raise AssertionError("there is no root it could lead to")


TARGETS = {
    "signatures": signatures,
    "stamps": stamps,
    "strict_json": strict_json,
    "manifests": manifests,
    "pulses": pulses,
    "journal": journal,
    "zip": zip_entries,
}

if __name__ == "__main__":
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()
