"""Time stamps of a case that is exported: those that came go into the folder, its signature waits for one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.stamp import Subject
from evidencedesk.export.stamps import Kept, authority_files
from evidencedesk.store.stamp_files import StampFiles
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.stamp_folder import folder_signature
from evidencedesk.workflows.stamp_queue import want_stamp


def answers_of(desk: Desk, case_file: CaseFile) -> Mapping[str, Sequence[tuple[str, Kept]]]:
    """Authority and answer by imprint, of all stamps in the journal. Raises what the disk says."""
    files = StampFiles(desk.library)
    found: dict[str, list[tuple[str, Kept]]] = {}
    for stamp in case_file.stamps:
        kept = files.answer(stamp.case, stamp.imprint, stamp.authority)
        if kept is not None:
            found.setdefault(stamp.imprint, []).append((stamp.authority, kept))
    return found


def authorities_beside(desk: Desk, case_file: CaseFile) -> Mapping[str, bytes]:
    """What checking these stamps offline needs, by name in the case folder. Raises what the disk says."""
    files = StampFiles(desk.library)
    names = sorted({stamp.authority for stamp in case_file.stamps if stamp.subject is Subject.CHECKPOINT})
    return {
        name: content
        for authority in names
        for name, content in authority_files(authority, files.authority_files(authority)).items()
    }


def authorities_named(desk: Desk, case_file: CaseFile) -> tuple[str, ...]:
    """Who has stamped something of a case, or is asked for it."""
    received = {stamp.authority for stamp in case_file.stamps if stamp.subject is Subject.CHECKPOINT}
    return tuple(sorted(received | {authority.name for authority in desk.authorities()}))


def want_signature_stamp(desk: Desk, case_id: str, folder: Path, *, stays: bool) -> bool:
    """Let the signature of a folder that was just written be stamped; False when that is not kept in mind.

    If it ``stays`` where it is, the answer is put into it.
    """
    signature = folder_signature(folder)
    imprint = hashlib.sha256(signature).hexdigest()
    return want_stamp(
        desk, case_id, Subject.SIGNATURE, imprint, None, signature, folder=folder if stays else None
    )
