"""Everybody who was ever written down, with the little that tells people apart."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from evidencedesk.store.tables import cases, collectors, contacts, encounters


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A collector of any case, or (without an id) who was noted with a contact.

    The time is when the encounter or the contact began.
    """

    case: str
    title: str
    encounter: str | None
    collector: str
    utc: str
    offset_minutes: int
    name: str
    phone: str
    staff_number: str = ""
    organisation: str = ""
    lender: str = ""
    plate: str = ""


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
    return tuple(
        KnownPerson(
            case=row.case_id,
            title=row.title,
            encounter=row.encounter_id,
            collector=row.id,
            utc=row.opened_utc,
            offset_minutes=row.opened_offset_minutes,
            name=row.name,
            staff_number=row.staff_number,
            organisation=row.organisation,
            lender=row.lender,
            phone=row.phone,
            plate=row.plate,
        )
        for row in connection.execute(query)
    )


def read_callers(connection: Connection) -> tuple[KnownPerson, ...]:
    """The number and name of everybody who called or wrote, as logged; the newest contacts first."""
    c = contacts.c
    query = (
        select(c.case_id, cases.c.title, c.encounter_id, c.begun_utc, c.begun_offset_minutes, c.name, c.party)
        .join(cases, cases.c.id == c.case_id)
        .where(c.party != "", c.withdrawn.is_(False), c.outgoing.is_(False))
        .order_by(c.begun_utc.desc(), c.seq)
    )
    return tuple(
        KnownPerson(
            case=row.case_id,
            title=row.title,
            encounter=row.encounter_id,
            collector="",
            utc=row.begun_utc,
            offset_minutes=row.begun_offset_minutes,
            name=row.name,
            phone=row.party,
        )
        for row in connection.execute(query)
    )
