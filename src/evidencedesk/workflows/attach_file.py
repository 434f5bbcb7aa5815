"""Take a file into a case, bit for bit."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.domain.case import Attachment
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.kept_file import kept_file
from evidencedesk.workflows.open_case import require_encounter


def attach_file(desk: Desk, case_id: str, path: Path, encounter: str | None = None) -> Attachment:
    """Copy a file into the library, hash it on the way and note it in the journal.

    Raises NOT_A_FILE, FILE_UNREADABLE, and what the disk says. Nothing half-written stays.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    with kept_file(desk, case.id, path) as kept:
        attachment = Attachment(
            id=kept.id,
            case=case.id,
            encounter=encounter,
            name=kept.name,
            stored_name=kept.stored_name,
            file_bytes=kept.file_bytes,
            sha256=kept.sha256,
            moment=desk.clock.now(),
        )
        facts = {
            "attachment": attachment.id,
            "encounter": encounter,
            "name": attachment.name,
            "stored_name": attachment.stored_name,
            "file_bytes": attachment.file_bytes,
            "sha256": attachment.sha256,
        }
        desk.store.append(case.id, [(EventType.ATTACHMENT_ADDED, facts)], attachment.moment)
    return attachment
