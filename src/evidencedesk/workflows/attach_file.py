"""Take a file into a case, bit for bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidencedesk.domain.case import Attachment, AttachmentKind, Document
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.kept_file import kept_file
from evidencedesk.workflows.open_case import require_encounter


def attach_file(
    desk: Desk,
    case_id: str,
    path: Path,
    encounter: str | None = None,
    *,
    collector: str | None = None,
    document: Document | None = None,
    contact: str | None = None,
    follow_up: str | None = None,
    kind: AttachmentKind | None = None,
    debt: bool = False,
) -> Attachment:
    """Copy a file into the library, hash it on the way and note it in the journal.

    It may show a ``collector``, or one ``document`` of theirs, or a ``contact``, or belong to a
    ``follow_up``; ``kind`` is what it is, ``debt`` whether it is about the debt.

    Raises NOT_A_FILE, FILE_UNREADABLE, UNKNOWN_ITEM, UNKNOWN_ENCOUNTER, and what the disk says. Nothing
    half-written stays.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    _require_known(desk, case.id, collector, contact, follow_up)
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
            collector=collector,
            document=document,
            contact=contact,
            follow_up=follow_up,
            kind=kind,
            debt=debt,
        )
        facts: dict[str, Any] = {
            "attachment": attachment.id,
            "encounter": encounter,
            "name": attachment.name,
            "stored_name": attachment.stored_name,
            "file_bytes": attachment.file_bytes,
            "sha256": attachment.sha256,
        }
        shown = {
            "collector": collector,
            "document": None if document is None else document.value,
            "contact": contact,
            "follow_up": follow_up,
            "kind": None if kind is None else kind.value,
            "debt": debt or None,
        }
        facts.update((key, value) for key, value in shown.items() if value is not None)
        desk.store.append(case.id, [(EventType.ATTACHMENT_ADDED, facts)], attachment.moment)
    return attachment


def _require_known(
    desk: Desk, case_id: str, collector: str | None, contact: str | None, follow_up: str | None
) -> None:
    if collector is None and contact is None and follow_up is None:
        return
    known = desk.store.case_file(case_id)
    for wanted, records in (
        (collector, known.collectors),
        (contact, known.contacts),
        (follow_up, known.follow_ups),
    ):
        if wanted is not None and all(one.id != wanted for one in records):
            raise WrongUse(Code.UNKNOWN_ITEM, item=wanted)
