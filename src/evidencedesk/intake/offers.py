"""What a list offers to a case: what is new, what stands there already, and names for numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from evidencedesk.domain.case import Contact, ContactDetails, ContactKind, ContactSource
from evidencedesk.domain.moment import parse_utc
from evidencedesk.intake.found import FoundContact, ReadList, RefusedLine, same_party

# Somebody who logs a call by hand does it a little later than it rang.
_NEAR_S = 180

_Key = tuple[str, datetime, ContactKind, bool]


class Standing(StrEnum):
    """How an offered contact stands to what is known."""

    NEW = "new"
    TWICE = "twice"
    THERE = "there"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Offer:
    """A contact of the list. PERHAPS: one that was logged by hand may be the same."""

    found: FoundContact
    standing: Standing


@dataclass(frozen=True, slots=True)
class Naming:
    """A name from an address card for the number of a contact without one."""

    contact: Contact
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A list that was looked at. ``source`` is the file, or None for ``pasted`` text; ``sha256`` its hash."""

    name: str
    source: Path | None
    pasted: str
    sha256: str
    offers: tuple[Offer, ...]
    refused: tuple[RefusedLine, ...]
    namings: tuple[Naming, ...] = ()

    @property
    def new(self) -> tuple[int, ...]:
        """Which offers are new: what is taken unless the user chooses otherwise."""
        return tuple(i for i, offer in enumerate(self.offers) if offer.standing is Standing.NEW)


def offers_of(read: ReadList, contacts: Sequence[Contact]) -> tuple[Offer, ...]:
    """Compare a list with itself and with the contacts of a case; withdrawn ones don't count."""
    standing = [contact for contact in contacts if not contact.withdrawn]
    known = {_key(contact.details) for contact in standing}
    by_hand = _by_hand(standing)
    seen: set[_Key] = set()
    made = []
    for found in read.found:
        key = _key(found.details)
        if key in known:
            how = Standing.THERE
        elif key in seen:
            how = Standing.TWICE
        else:
            how = Standing.PERHAPS if _near(found.details, by_hand) else Standing.NEW
        seen.add(key)
        made.append(Offer(found, how))
    return tuple(made)


def namings_of(read: ReadList, contacts: Sequence[Contact]) -> tuple[Naming, ...]:
    """Names for the numbers of contacts that have none."""
    names = {same_party(number): name for number, name in read.names}
    return tuple(_namings(names, contacts))


def _namings(names: dict[str, str], contacts: Sequence[Contact]) -> Iterator[Naming]:
    for contact in contacts:
        if contact.withdrawn or contact.details.name or not contact.details.party:
            continue
        name = names.get(same_party(contact.details.party))
        if name:
            yield Naming(contact, name)


def _key(details: ContactDetails) -> _Key:
    when = parse_utc(details.begun_utc).replace(microsecond=0)
    return same_party(details.party), when, details.kind, details.outgoing


def _by_hand(contacts: Sequence[Contact]) -> dict[ContactKind, list[tuple[datetime, str]]]:
    found: dict[ContactKind, list[tuple[datetime, str]]] = {}
    for contact in contacts:
        if contact.source is ContactSource.USER:
            details = contact.details
            entry = (parse_utc(details.begun_utc), same_party(details.party))
            found.setdefault(details.kind, []).append(entry)
    return found


def _near(details: ContactDetails, by_hand: dict[ContactKind, list[tuple[datetime, str]]]) -> bool:
    when, party = parse_utc(details.begun_utc), same_party(details.party)
    return any(
        abs((when - other).total_seconds()) <= _NEAR_S and (not number or not party or number == party)
        for other, number in by_hand.get(details.kind, [])
    )
