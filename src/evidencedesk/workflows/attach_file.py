"""Take a file into a case, bit for bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidencedesk.domain.case import Attachment, AttachmentKind, Document, Step
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.kept_file import kept_file
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import many_lines, one_line


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
    text: str = "",
    debt: bool = False,
    template: str = "",
) -> Attachment:
    """Copy a file into the library, hash it on the way and note it in the journal.

    It may show a ``collector``, or one ``document`` of theirs, or a ``contact``, or belong to a
    ``follow_up``, or be about the ``debt``. ``kind`` and ``text`` say what it is, ``template`` what a letter
    was made from.

    Raises NOT_A_FILE, FILE_UNREADABLE, UNKNOWN_ITEM, UNKNOWN_ENCOUNTER, TEXT_TOO_LONG, and what the disk
    says. Nothing half-written stays.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    require_known(desk, case.id, collector, contact, follow_up)
    said, made_from = many_lines(text, required=False), one_line(template)
    kind = kind or _receipt(desk, case.id, follow_up)
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
            text=said,
            debt=debt,
            template=made_from,
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
            "text": said or None,
            "debt": debt or None,
            "template": made_from or None,
        }
        facts.update((key, value) for key, value in shown.items() if value is not None)
        desk.store.append(case.id, [(EventType.ATTACHMENT_ADDED, facts)], attachment.moment)
    return attachment


def _receipt(desk: Desk, case_id: str, follow_up: str | None) -> AttachmentKind | None:
    """What is given with a payment is its receipt, unless somebody says something else."""
    steps = desk.store.case_file(case_id).follow_ups if follow_up is not None else ()
    paid = any(one.id == follow_up and one.details.step is Step.PAYMENT for one in steps)
    return AttachmentKind.RECEIPT if paid else None


def require_known(
    desk: Desk, case_id: str, collector: str | None, contact: str | None, follow_up: str | None
) -> None:
    """Refuse what is not of this case. Raises UNKNOWN_ITEM."""
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
