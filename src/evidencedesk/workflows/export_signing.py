"""The key, the checkpoints and the time stamps of an export. None of them keeps a case from going out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.device_key import Signer
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.not_made import NotMade, Part
from evidencedesk.export.bag_writer import After, Written
from evidencedesk.export.signed_folder import checkpoint_files, folder_signature
from evidencedesk.export.stamps import checkpoint_stamps
from evidencedesk.store.checkpoint_log import KeptCheckpoint
from evidencedesk.workflows.checkpoints import mark, sign_waiting
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.stamp_export import answers_of, authorities_beside, want_signature_stamp


@dataclass(frozen=True, slots=True)
class SignedParts:
    """Files of ``signatures/`` that the tag manifest names, what makes the others, and what is not there."""

    files: tuple[Written, ...]
    after: After
    not_made: tuple[NotMade, ...] = field(default=())


def opened_key(desk: Desk, passphrase: str) -> tuple[Signer | None, Known | None]:
    """The opened key, or why there is none. Raises KEY_WRONG_PASSPHRASE: whoever typed it wants to sign."""
    try:
        return desk.key.open(passphrase), None
    except Known as error:
        if error.code is Code.KEY_WRONG_PASSPHRASE:
            raise
        return None, error


def mark_export(desk: Desk, case_id: str) -> tuple[NotMade, ...]:
    """Keep a checkpoint of the export, if the disk takes it."""
    try:
        mark(desk, case_id, Why.EXPORT)
    except Known as error:
        return (NotMade(Part.CHECKPOINT, error),)
    return ()


def signed_parts(desk: Desk, case_file: CaseFile, signer: Signer | None, signed_at: Moment) -> SignedParts:
    """What the folder has of signatures, as far as it can be had."""
    not_made: list[NotMade] = []
    kept: tuple[KeptCheckpoint, ...] = ()
    try:
        kept = _kept(desk, case_file.case.id, signer)
    except Known as error:
        not_made.append(NotMade(Part.CHECKPOINTS, error))
    files = checkpoint_files(
        [(one.checkpoint, one.signature) for one in kept], desk.key.certificates(), signer
    )
    beside: Mapping[str, bytes] = {}
    try:
        files += checkpoint_stamps([one.checkpoint for one in kept], answers_of(desk, case_file))
        beside = authorities_beside(desk, case_file)
    except Known as error:
        not_made.append(NotMade(Part.STAMPS, error))
    return SignedParts(tuple(files), folder_signature(signer, signed_at, beside), tuple(not_made))


def want_stamp_of(desk: Desk, case_id: str, folder: Path, *, stays: bool) -> tuple[NotMade, ...]:
    """Let the signature of a whole folder be stamped, if that can be kept in mind."""
    try:
        wanted = want_signature_stamp(desk, case_id, folder, stays=stays)
        if not wanted and desk.authorities():
            raise MachineFailure(Code.NOT_WRITABLE, path=str(desk.library / "stamps"))
    except Known as error:
        return (NotMade(Part.STAMP_WISH, error),)
    return ()


def _kept(desk: Desk, case_id: str, signer: Signer | None) -> tuple[KeptCheckpoint, ...]:
    if signer is not None:
        return sign_waiting(desk, case_id, signer)
    return tuple(one for one in desk.checkpoints.read() if one.checkpoint.case == case_id)
