"""Find out whether somebody, or their number, was written down before, in this case or another one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from evidencedesk.domain.case import CollectorCard
from evidencedesk.domain.sighting import Alike, Sighting
from evidencedesk.store.people_rows import KnownPerson
from evidencedesk.workflows.desk import Desk

_MOST = 8
_FEWEST_DIGITS = 5  # a company's short number, such as 95xxx; shorter ones say nothing
_FEWEST_OF_A_PLATE = 5
_COUNTRY = re.compile(r"^(?:\+|00)86")
_NOT_IN_NUMBERS = re.compile(r"[^0-9+]")
_NOT_IN_PLATES = re.compile(r"[^0-9A-Z\u4e00-\u9fff]")


def recognise(desk: Desk, card: CollectorCard, *, but_not: str = "") -> tuple[Sighting, ...]:
    """Where a card's phone number, plate, staff number or name stands already; the newest first.

    ``but_not`` is the collector the card belongs to. Staff numbers and names are common, so they count
    only with the same company.
    """
    wanted = _marks(card.phone, card.plate, card.staff_number, card.name, card.organisation)
    if not wanted:
        return ()
    people = desk.store.people()
    # What was logged about this very encounter is no other time.
    here = {person.encounter for person in people if but_not and person.collector == but_not}
    others = (person for person in people if person.collector != but_not)
    callers = () if Alike.PHONE not in wanted else desk.store.callers()
    elsewhere = (caller for caller in callers if caller.encounter is None or caller.encounter not in here)
    found = [*islice(_sightings(others, wanted), _MOST), *islice(_sightings(elsewhere, wanted), _MOST)]
    return tuple(sorted(found, key=lambda one: one.utc, reverse=True)[:_MOST])


def _sightings(people: Iterable[KnownPerson], wanted: dict[Alike, tuple[str, ...]]) -> Iterator[Sighting]:
    for person in people:
        alike = _alike(person, wanted)
        if alike:
            yield _sighting(person, alike)


def _alike(person: KnownPerson, wanted: dict[Alike, tuple[str, ...]]) -> tuple[Alike, ...]:
    known = _marks(person.phone, person.plate, person.staff_number, person.name, person.organisation)
    return tuple(kind for kind, mark in wanted.items() if known.get(kind) == mark)


def _sighting(person: KnownPerson, alike: tuple[Alike, ...]) -> Sighting:
    return Sighting(
        case=person.case,
        title=person.title,
        encounter=person.encounter,
        collector=person.collector,
        utc=person.utc,
        offset_minutes=person.offset_minutes,
        alike=alike,
        card=CollectorCard(
            name=person.name,
            staff_number=person.staff_number,
            organisation=person.organisation,
            lender=person.lender,
            phone=person.phone,
            plate=person.plate,
        ),
    )


def _marks(
    phone: str, plate: str, staff_number: str, name: str, organisation: str
) -> dict[Alike, tuple[str, ...]]:
    """What tells this person apart, however it was written."""
    marks: dict[Alike, tuple[str, ...]] = {}
    if phone and (number := same_number(phone)):
        marks[Alike.PHONE] = (number,)
    if plate and (same := same_plate(plate)):
        marks[Alike.PLATE] = (same,)
    if organisation and (staff_number or name):
        company = _same_words(organisation)
        if staff_number:
            marks[Alike.STAFF_NUMBER] = (_same_words(staff_number), company)
        if name:
            marks[Alike.NAME] = (_same_words(name), company)
    return marks


def same_number(text: str) -> str:
    """A phone number without spaces, hyphens and China's country code; empty if it hardly has digits."""
    number = _NOT_IN_NUMBERS.sub("", _plain(text))
    digits = _COUNTRY.sub("", number).replace("+", "")
    return digits if len(digits) >= _FEWEST_DIGITS else ""


def same_plate(text: str) -> str:
    """A plate without spaces and dots, in capitals; empty if hardly anything was legible."""
    plate = _NOT_IN_PLATES.sub("", _plain(text).upper())
    return plate if len(plate) >= _FEWEST_OF_A_PLATE else ""


def _same_words(text: str) -> str:
    return "".join(_plain(text).casefold().split())


def _plain(text: str) -> str:
    # Most numbers and many names are ASCII already, and a library may hold ten thousand.
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
