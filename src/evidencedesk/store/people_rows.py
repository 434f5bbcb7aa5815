"""Everybody who was ever written down, with the little that tells people apart."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from evidencedesk.store.tables import cases, collectors, encounters


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A collector of any case; the time is when the encounter began."""

    case: str
    title: str
    encounter: str
    collector: str
    utc: str
    offset_minutes: int
    name: str
    staff_number: str
    organisation: str
    lender: str
    phone: str
    plate: str


def read_people(connection: Connection) -> tuple[KnownPerson, ...]:
    """Every card that names a person, number or plate; those of the newest encounters first.

    One statement for the whole library: people write numbers in many ways, so the comparing is done by
    whoever asks.
    """
    c = collectors.c
    query = (
        select(
            c.case_id,
            cases.c.title,
            c.encounter_id,
            c.id,
            encounters.c.opened_utc,
            encounters.c.opened_offset_minutes,
            c.name,
            c.staff_number,
            c.organisation,
            c.lender,
            c.phone,
            c.plate,
        )
        .join(cases, cases.c.id == c.case_id)
        .join(encounters, encounters.c.id == c.encounter_id)
        .where(or_(c.phone != "", c.plate != "", c.staff_number != "", c.name != ""))
        .order_by(encounters.c.opened_utc.desc(), c.seq)
    )
    return tuple(KnownPerson(*row) for row in connection.execute(query))
