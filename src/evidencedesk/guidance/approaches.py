"""Every time somebody got in touch: contacts of the log and recorded encounters, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from evidencedesk.domain.belonging import KIND_OF
from evidencedesk.domain.case import (
    CaseFile,
    Contact,
    ContactKind,
    Encounter,
    Reached,
    Recording,
)
from evidencedesk.domain.moment import Moment, parse_utc

# A length from a list can be nonsense; nobody stays longer than a week.
_LONGEST_S = 7 * 86_400
_NANOSECONDS_IN_A_MICROSECOND = 1000


@dataclass(frozen=True, slots=True)
class Approach:
    """One time, in whole seconds of the local time of its place.

    ``begun`` and ``ended`` each carry the offset of their own moment; ``ended`` equals ``begun`` where no
    end is known. ``subject`` is the encounter's id if it was recorded, else the contact's. ``agreed`` is
    None where nobody said anything. Of a contact from the log only the offset at its beginning is known,
    and both carry that one.
    """

    subject: str
    encounter: str | None
    kind: ContactKind
    begun: datetime
    ended: datetime
    reached: Reached = Reached.DEBTOR
    party: str = ""
    outgoing: bool = False
    announces: bool = False
    agreed: bool | None = None
    present: int | None = None

    @property
    def day(self) -> date:
        """The calendar day on which it began, where it reached somebody."""
        return self.begun.date()


def approaches(case_file: CaseFile) -> tuple[Approach, ...]:
    """Everything that was not withdrawn, in the order of time, outgoing contacts among them.

    A contact logged with an encounter of its own kind (a call with a recorded call) tells more about
    that encounter and is no other one. One of another kind (an SMS that came during a visit) is.
    """
    said = told_of(case_file)
    telling = {contact.id for contacts in said.values() for contact in contacts}
    found = [
        _of_contact(contact)
        for contact in case_file.contacts
        if not contact.withdrawn and contact.id not in telling
    ]
    for encounter in case_file.encounters:
        recordings = [r for r in case_file.recordings if r.encounter == encounter.id]
        found.append(_of_encounter(encounter, recordings, said.get(encounter.id, ())))
    return tuple(sorted(found, key=lambda approach: (approach.begun, approach.subject)))


def told_of(case_file: CaseFile) -> dict[str, list[Contact]]:
    """By encounter, the contacts of its own kind that tell more about it."""
    kinds = {encounter.id: KIND_OF[encounter.mode] for encounter in case_file.encounters}
    said: dict[str, list[Contact]] = {}
    for one in case_file.contacts:
        if one.encounter is not None and not one.withdrawn and kinds.get(one.encounter) is one.details.kind:
            said.setdefault(one.encounter, []).append(one)
    return said


def running(encounter: Encounter, now: Moment) -> Approach:
    """An encounter that is not over, as far as it has come; what was logged about it is not in it."""
    approach = _of_encounter(encounter, (), ())
    return replace(approach, ended=max(approach.ended, _after(encounter.opened, now)))


def incoming(found: Iterable[Approach]) -> Iterator[Approach]:
    """Those that came from the other side."""
    return (approach for approach in found if not approach.outgoing)


def local(utc: str, offset_minutes: int) -> datetime:
    """A time of the log in its own local time, in whole seconds as it is shown."""
    zone = timezone(timedelta(minutes=offset_minutes))
    return parse_utc(utc).astimezone(zone).replace(microsecond=0)


def is_before(one: Moment, other: Moment) -> bool:
    """Whether one moment came first: by the steady clock where both can be read on it."""
    if one.boot == other.boot:
        return one.mono_ns < other.mono_ns
    return one.utc < other.utc


def _of_contact(contact: Contact) -> Approach:
    details = contact.details
    begun = local(details.begun_utc, details.begun_offset_minutes)
    length_s = min(max(0, details.length_s or 0), _LONGEST_S)
    return Approach(
        subject=contact.id,
        encounter=contact.encounter,
        kind=details.kind,
        begun=begun,
        ended=begun + timedelta(seconds=length_s),
        reached=details.reached,
        party=details.party,
        outgoing=details.outgoing,
        announces=details.announces,
        agreed=details.agreed or None,
    )


def _of_encounter(encounter: Encounter, recordings: Iterable[Recording], said: Iterable[Contact]) -> Approach:
    """The recorded time and the logged one together: a call begins before somebody presses a button."""
    begun = encounter.opened.local.replace(microsecond=0)
    logged = [_of_contact(contact) for contact in said]
    last = logged[-1] if logged else None
    agreed = encounter.agreed
    if agreed is None and any(one.agreed for one in logged):
        agreed = True
    return Approach(
        subject=encounter.id,
        encounter=encounter.id,
        kind=KIND_OF[encounter.mode],
        begun=min([begun, *(one.begun for one in logged)]),
        ended=max([_end(encounter, recordings), *(one.ended for one in logged)]),
        reached=last.reached if last else Reached.DEBTOR,
        party=last.party if last else "",
        outgoing=last.outgoing if last else False,
        announces=any(one.announces for one in logged),
        agreed=agreed,
        present=encounter.present,
    )


def _end(encounter: Encounter, recordings: Iterable[Recording]) -> datetime:
    """When it was over; while it runs, the last that was recorded."""
    ends = [encounter.opened]
    ends += [recording.stopped for recording in recordings if recording.stopped is not None]
    if encounter.closed is not None:
        ends = [encounter.closed]
    return max(_after(encounter.opened, end) for end in ends)


def _after(opened: Moment, end: Moment) -> datetime:
    """The end in its own local time. A wall clock that was set back must not end before it began."""
    shown = end.local.replace(microsecond=0)
    begun = opened.local.replace(microsecond=0)
    if shown >= begun:
        return shown
    if opened.boot != end.boot:
        return begun
    lasted = timedelta(microseconds=max(0, end.mono_ns - opened.mono_ns) // _NANOSECONDS_IN_A_MICROSECOND)
    return (opened.local + lasted).replace(microsecond=0)
