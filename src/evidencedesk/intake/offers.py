"""What a list offers to a case: what is new, what stands there already, and names for numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from evidencedesk.domain.belonging import belonging, spans
from evidencedesk.domain.case import (
    CaseFile,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Encounter,
)
from evidencedesk.domain.moment import parse_utc
from evidencedesk.intake.found import FoundContact, ReadList, RefusedLine, same_party

# Somebody who logs a call by hand does it a little later than it rang.
_NEAR_S = 180

_Key = tuple[str, datetime, ContactKind, bool]
# What was logged by hand: when, whose number, about which encounter.
_ByHand = dict[ContactKind, list[tuple[datetime, str, str | None]]]


class Standing(StrEnum):
    """How an offered contact stands to what is known."""

    NEW = "new"
    TWICE = "twice"
    THERE = "there"
    PERHAPS = "perhaps"
    BELONGS = "belongs"


@dataclass(frozen=True, slots=True)
class Offer:
    """A contact of the list. PERHAPS: one that was logged by hand may be the same.

    BELONGS: it is the same as a recorded ``encounter``, tells more about that one and counts no second time.
    """

    found: FoundContact
    standing: Standing
    encounter: Encounter | None = None


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
        """Which offers nothing is known of yet."""
        return tuple(i for i, offer in enumerate(self.offers) if offer.standing is Standing.NEW)

    @property
    def belonging(self) -> tuple[int, ...]:
        """Which offers tell more about a recorded encounter."""
        return tuple(i for i, offer in enumerate(self.offers) if offer.standing is Standing.BELONGS)

    @property
    def proposed(self) -> tuple[int, ...]:
        """What is taken unless the user chooses otherwise."""
        return tuple(sorted((*self.new, *self.belonging)))


def offers_of(read: ReadList, case_file: CaseFile) -> tuple[Offer, ...]:
    """Compare a list with itself and with what a case knows; withdrawn contacts don't count."""
    standing = [contact for contact in case_file.contacts if not contact.withdrawn]
    known = {_key(contact.details) for contact in standing}
    by_hand = _by_hand(standing)
    seen: set[_Key] = set()
    ways: list[Standing | None] = []
    for found in read.found:
        key = _key(found.details)
        ways.append(Standing.THERE if key in known else Standing.TWICE if key in seen else None)
        seen.add(key)
    fresh = [place for place, way in enumerate(ways) if way is None]
    recorded = _recorded([read.found[place] for place in fresh], case_file, standing)
    by_id = {encounter.id: encounter for encounter in case_file.encounters}
    about = {fresh[place]: by_id[encounter] for place, encounter in recorded.items()}
    return tuple(
        Offer(found, way or _way(found.details, by_hand, about.get(place)), about.get(place))
        for place, (found, way) in enumerate(zip(read.found, ways, strict=True))
    )


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


def _recorded(
    found: Sequence[FoundContact], case_file: CaseFile, contacts: Sequence[Contact]
) -> dict[int, str]:
    """Which recorded encounters they are about. One that a list told of already is no other call."""
    told = {one.encounter for one in contacts if one.source is ContactSource.LIST}
    free = [span for span in spans(case_file) if span.encounter not in told]
    return belonging([one.details for one in found], free)


def _way(details: ContactDetails, by_hand: _ByHand, encounter: Encounter | None) -> Standing:
    if _near(details, by_hand, encounter):
        return Standing.PERHAPS
    return Standing.NEW if encounter is None else Standing.BELONGS


def _by_hand(contacts: Sequence[Contact]) -> _ByHand:
    found: _ByHand = {}
    for contact in contacts:
        if contact.source is ContactSource.USER:
            details = contact.details
            entry = (parse_utc(details.begun_utc), same_party(details.party), contact.encounter)
            found.setdefault(details.kind, []).append(entry)
    return found


def _near(details: ContactDetails, by_hand: _ByHand, encounter: Encounter | None) -> bool:
    """Whether somebody logged it; what they said of the same encounter hides no more of it."""
    when, party = parse_utc(details.begun_utc), same_party(details.party)
    return any(
        abs((when - other).total_seconds()) <= _NEAR_S
        and (not number or not party or number == party)
        and (encounter is None or about != encounter.id)
        for other, number, about in by_hand.get(details.kind, [])
    )
