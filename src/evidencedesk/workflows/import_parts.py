"""What a case folder holds beside its journal, and where it belongs in a library."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from evidencedesk.custody.device_certificate import fingerprint
from evidencedesk.custody.facts_check import CASE_FILE
from evidencedesk.custody.hashing import hash_file, open_regular
from evidencedesk.custody.journal_check import JOURNAL_FILE
from evidencedesk.custody.kept import create_kept, write_all
from evidencedesk.custody.kept_place import ATTACHMENTS, new_name
from evidencedesk.custody.names import unsafe_because
from evidencedesk.custody.signature_files import CERTIFICATE_FILE, SIGNATURE_FILE
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.event import FORMAT, EventType
from evidencedesk.domain.finding import Report
from evidencedesk.domain.pulse import PULSE_FILE, RECOVERY_FILE
from evidencedesk.guidance.loader import read_pack
from evidencedesk.system.durable import create_folder, fsync_folder, make_read_only
from evidencedesk.workflows.add_pack import add_pack
from evidencedesk.workflows.desk import Desk

_BLOCK = 1 << 20
_LINE_LIMIT = 1 << 20
_KINDS = frozenset(kind.value for kind in EventType)


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file of the folder, its place in the case's own folder, and the SHA-256 it must have.

    ``open`` is what a locked library keeps readable: answers of authorities.
    """

    source: str
    target: str
    sha256: str | None = None
    open: bool = False


def is_newer(root: Path) -> str:
    """The program that made a folder this one can't read, or "?"; empty when it can.

    Looks before anything is checked: what is new would look like damage.
    """
    app, version = "?", FORMAT
    with suppress(OSError, ValueError, AttributeError):
        told = parse_strict((root / CASE_FILE).read_bytes())
        app, version = str(told.get("app", "?")), told.get("v", FORMAT)
    if isinstance(version, int) and version > FORMAT:
        return app
    with suppress(OSError), (root / JOURNAL_FILE).open("rb") as journal:
        while line := journal.readline(_LINE_LIMIT):
            with suppress(ValueError, AttributeError, RecursionError):
                event = json.loads(line)
                version, kind = event.get("v"), event.get("type")
                if (isinstance(version, int) and version > FORMAT) or (
                    isinstance(kind, str) and kind not in _KINDS
                ):
                    return app
    return ""


def signer_of(root: Path, report: Report) -> str:
    """The fingerprint of the key that signed the folder; empty for an unsigned one."""
    del report  # it is intact: a signature that is there is a good one
    if not (root / SIGNATURE_FILE).is_file():
        return ""
    try:
        return fingerprint(x509.load_pem_x509_certificate((root / CERTIFICATE_FILE).read_bytes()))
    except (OSError, ValueError):
        return ""


def wanted_files(root: Path, case_file: CaseFile) -> tuple[WantedFile, ...]:
    """What belongs into the case's folder. Copies for listening, papers and pages can be made again."""
    found: list[WantedFile] = []
    for recording in case_file.recordings:
        names = (
            (recording.file, recording.file_sha256),
            (PULSE_FILE, recording.pulse_sha256),
            (recording.found_file or "", recording.found_sha256),
            (RECOVERY_FILE, None),
        )
        for name, sha256 in names:
            place = f"recordings/{recording.id}/{name}"
            if name and (root / "data" / place).is_file():
                found.append(WantedFile(f"data/{place}", place, sha256))
    for kept in case_file.taken_in:
        place = f"attachments/{kept.id}/{kept.stored_name}"
        found.append(WantedFile(f"data/{place}", place, kept.sha256))
    answers = dict(_answers(root))
    for stamp in case_file.stamps:
        answer = answers.get(stamp.token_sha256)
        if answer is not None:
            place = f"stamps/{stamp.imprint}.{stamp.authority}"
            found.append(WantedFile(answer, f"{place}.tsr", stamp.token_sha256, open=True))
            question = f"{answer.removesuffix('.tsr')}.tsq"
            if (root / question).is_file():
                found.append(WantedFile(question, f"{place}.tsq", open=True))
    safe = {one.target: one for one in found if not unsafe_because(one.target)}
    return tuple(safe.values())


def copy_files(
    root: Path,
    files: Sequence[WantedFile],
    place: Path,
    told: Callable[[int, int], None],
    seals_to: bytes | None = None,
) -> None:
    """Copy into ``place``, durably; each is hashed on the way, and sealed with a public key.

    Raises ORIGINAL_CHANGED, OSError.
    """
    total = sum((root / one.source).stat().st_size for one in files)
    done = 0
    for one in files:
        sealed_to = None if one.open else seals_to
        target = place / one.target
        if target.parent.parent.name == ATTACHMENTS:
            target = target.with_name(new_name(target.name, sealed_to))
        create_folder(target.parent)
        digest = hashlib.sha256()
        writer = create_kept(target, sealed_to)
        try:
            with os.fdopen(open_regular(root / one.source), "rb") as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    write_all(writer, block)
                    done += len(block)
                    told(done, total)
            writer.finish()
        finally:
            writer.abandon()
        if one.sha256 is not None and digest.hexdigest() != one.sha256:
            raise MachineFailure(Code.ORIGINAL_CHANGED, path=one.source)
        make_read_only(target)
        fsync_folder(target.parent)


def take_packs(desk: Desk, root: Path) -> None:
    """Keep the rule packs that the ticks name, where this library does not know them.

    One that can't be kept costs the ticks their words, not the case its place.
    """
    for path in sorted((root / "data" / "packs").glob("*.toml")):
        with suppress(Known, OSError):
            pack = read_pack(path.read_bytes(), path.name)
            if desk.shelf.find(pack.id, pack.version) is None:
                add_pack(desk, path)


def _answers(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "signatures").rglob("*.tsr")):
        with suppress(OSError):
            yield hash_file(path)[0], path.relative_to(root).as_posix()
