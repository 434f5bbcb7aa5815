"""Keep the details of a person who came or called: what was asked, shown, refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evidencedesk.domain.case import Collector, CollectorCard
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.given_values import day
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import many_lines, one_line


def add_collector(desk: Desk, case_id: str, encounter: str, card: CollectorCard) -> Collector:
    """Store a new person of an encounter. Numbers are kept as they were shown, right or wrong.

    Raises UNKNOWN_ENCOUNTER, TEXT_TOO_LONG; TIME_NOT_VALID for a ``letter_until`` that is no day.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    clean = _clean(card)
    collector = Collector(new_id(Kind.COLLECTOR), case.id, encounter, clean, desk.clock.now())
    facts = {"collector": collector.id, "encounter": encounter, "card": card_facts(clean)}
    desk.store.append(case.id, [(EventType.COLLECTOR_ADDED, facts)], collector.moment)
    return collector


def change_collector(desk: Desk, case_id: str, collector_id: str, card: CollectorCard) -> None:
    """Store what is known now; what was written before stays in the journal."""
    case = desk.store.find_case(case_id)
    known = {collector.id: collector for collector in desk.store.case_file(case.id).collectors}
    if collector_id not in known:
        raise WrongUse(Code.UNKNOWN_ITEM, item=collector_id)
    clean = _clean(card)
    if clean != known[collector_id].card:
        facts = {"collector": collector_id, "card": card_facts(clean)}
        desk.store.append(case.id, [(EventType.COLLECTOR_CHANGED, facts)])


def card_facts(card: CollectorCard) -> dict[str, Any]:
    """A card as the journal writes it; what older versions did not ask for is left out while empty."""
    facts: dict[str, Any] = {
        "name": card.name,
        "staff_number": card.staff_number,
        "organisation": card.organisation,
        "lender": card.lender,
        "phone": card.phone,
        "plate": card.plate,
        "description": card.description,
        "documents": {document.value: shown.value for document, shown in card.documents},
    }
    later = {
        "credit_code": card.credit_code,
        "names_on": {document.value: name for document, name in card.names_on},
        "letter_until": card.letter_until,
        "listed": None if card.listed is None else card.listed.value,
    }
    facts.update((key, value) for key, value in later.items() if value)
    return facts


def _clean(card: CollectorCard) -> CollectorCard:
    return replace(
        card,
        name=one_line(card.name),
        staff_number=one_line(card.staff_number),
        organisation=one_line(card.organisation),
        lender=one_line(card.lender),
        phone=one_line(card.phone),
        plate=one_line(card.plate),
        description=many_lines(card.description, required=False),
        documents=tuple(sorted(card.documents)),
        credit_code=one_line(card.credit_code),
        names_on=tuple(sorted((paper, name) for paper, raw in card.names_on if (name := one_line(raw)))),
        letter_until=day(card.letter_until),
    )
