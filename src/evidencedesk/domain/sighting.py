"""Somebody who was written down before: the same person, number or plate in another place of the library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.case import CollectorCard


class Alike(StrEnum):
    """What two cards have in common."""

    PHONE = "phone"
    STAFF_NUMBER = "staff_number"
    PLATE = "plate"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a card, or a logged contact, is like the one that was asked about.

    ``utc`` and ``offset_minutes`` are when that was. ``collector`` is empty for a contact's number, whose
    ``card`` holds no more than the name and number that were noted. A staff number or a name counts only
    together with the same company.
    """

    case: str
    title: str
    encounter: str | None
    collector: str
    utc: str
    offset_minutes: int
    alike: tuple[Alike, ...]
    card: CollectorCard
