"""Say what a file that was taken in shows, and what it belongs to."""

from __future__ import annotations

from dataclasses import replace

from evidencedesk.domain.case import Attachment
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.attach_file import require_known
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import many_lines


def describe_attachment(desk: Desk, case_id: str, told: Attachment) -> Attachment:
    """Keep everything that ``told`` says of a file, whole; its name, bytes and hash stay as they were.

    A paper is always a person's. Raises UNKNOWN_ITEM, UNKNOWN_ENCOUNTER, TEXT_TOO_LONG.
    """
    case = desk.store.find_case(case_id)
    known = _known(desk, case.id, told.id)
    require_encounter(desk, case.id, told.encounter)
    require_known(desk, case.id, told.collector, told.contact, told.follow_up)
    described = replace(
        known,
        encounter=told.encounter,
        collector=told.collector,
        document=told.document if told.collector is not None else None,
        contact=told.contact,
        follow_up=told.follow_up,
        kind=told.kind,
        text=many_lines(told.text, required=False),
        debt=told.debt,
    )
    if described == known:
        return known
    facts = {
        "attachment": described.id,
        "encounter": described.encounter,
        "collector": described.collector,
        "document": None if described.document is None else described.document.value,
        "contact": described.contact,
        "follow_up": described.follow_up,
        "kind": None if described.kind is None else described.kind.value,
        "text": described.text,
        "debt": described.debt,
    }
    desk.store.append(case.id, [(EventType.ATTACHMENT_DESCRIBED, facts)])
    return described


def _known(desk: Desk, case_id: str, attachment_id: str) -> Attachment:
    for one in desk.store.case_file(case_id).attachments:
        if one.id == attachment_id:
            return one
    raise WrongUse(Code.UNKNOWN_ITEM, item=attachment_id)
