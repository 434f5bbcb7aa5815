"""Keep each time somebody got in touch, whether it was recorded or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidencedesk.custody.casefile_json import plain_json
from evidencedesk.domain.case import Contact, ContactDetails, ContactSource
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.given_values import require_length, require_time
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import many_lines, one_line


def log_contact(
    desk: Desk,
    case_id: str,
    details: ContactDetails,
    encounter: str | None = None,
    source: ContactSource = ContactSource.USER,
) -> Contact:
    """Store one contact; with an ``encounter`` it says more about that one, and both count once.

    Numbers are kept as they were shown. Raises UNKNOWN_ENCOUNTER, TIME_NOT_VALID, NUMBER_NOT_VALID,
    TEXT_TOO_LONG.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    (contact,) = _log(desk, case.id, [(details, encounter)], source)
    return contact


def log_contacts(
    desk: Desk,
    case_id: str,
    details: Sequence[ContactDetails],
    source: ContactSource = ContactSource.LIST,
    encounters: Mapping[int, str] | None = None,
) -> tuple[Contact, ...]:
    """Store a whole list, all of it or nothing; ``encounters`` by place in it says which tell more of one.

    Raises what ``log_contact`` raises.
    """
    case = desk.store.find_case(case_id)
    about = {} if encounters is None else encounters
    for encounter in set(about.values()):
        require_encounter(desk, case.id, encounter)
    return _log(desk, case.id, [(one, about.get(place)) for place, one in enumerate(details)], source)


def change_contact(desk: Desk, case_id: str, contact_id: str, details: ContactDetails) -> None:
    """Store what is known now; what was written before stays in the journal. Raises UNKNOWN_ITEM too."""
    case = desk.store.find_case(case_id)
    known = _known(desk, case.id, contact_id)
    clean = _clean(details)
    if clean != known.details:
        facts = {"contact": contact_id, "details": plain_json(clean)}
        desk.store.append(case.id, [(EventType.CONTACT_CHANGED, facts)])


def link_contact(desk: Desk, case_id: str, contact_id: str, encounter: str | None) -> None:
    """Say which recorded encounter a contact is about, or that it is about none.

    Raises UNKNOWN_ITEM, UNKNOWN_ENCOUNTER.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    known = _known(desk, case.id, contact_id)
    if encounter != known.encounter:
        facts = {"contact": contact_id, "details": plain_json(known.details), "encounter": encounter}
        desk.store.append(case.id, [(EventType.CONTACT_CHANGED, facts)])


def withdraw_contact(desk: Desk, case_id: str, contact_id: str) -> None:
    """Take a contact back; both stay in the journal. Raises UNKNOWN_ITEM."""
    case = desk.store.find_case(case_id)
    _known(desk, case.id, contact_id)
    desk.store.append(case.id, [(EventType.CONTACT_WITHDRAWN, {"contact": contact_id})])


def _log(
    desk: Desk,
    case_id: str,
    given: Sequence[tuple[ContactDetails, str | None]],
    source: ContactSource,
) -> tuple[Contact, ...]:
    moment = desk.clock.now()
    contacts = tuple(
        Contact(new_id(Kind.CONTACT), case_id, encounter, source, _clean(details), moment)
        for details, encounter in given
    )
    events = [(EventType.CONTACT_LOGGED, _facts(contact)) for contact in contacts]
    if events:
        desk.store.append(case_id, events, moment)
    return contacts


def _facts(contact: Contact) -> dict[str, Any]:
    return {
        "contact": contact.id,
        "encounter": contact.encounter,
        "source": contact.source.value,
        "details": plain_json(contact.details),
    }


def _known(desk: Desk, case_id: str, contact_id: str) -> Contact:
    for contact in desk.store.case_file(case_id).contacts:
        if contact.id == contact_id and not contact.withdrawn:
            return contact
    raise WrongUse(Code.UNKNOWN_ITEM, item=contact_id)


def _clean(details: ContactDetails) -> ContactDetails:
    require_time(details.begun_utc, details.begun_offset_minutes)
    require_length(details.length_s)
    return replace(
        details,
        party=one_line(details.party),
        name=one_line(details.name),
        text=many_lines(details.text, required=False),
    )
