"""The weeks before the visit, written down as somebody would have done: a case that can be believed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from pictures.texts import HOTLINE, LENDER_SMS, OTHER_SMS, PHONE

from evidencedesk.domain.case import (
    Case,
    CollectorCard,
    ContactDetails,
    ContactKind,
    Document,
    Mode,
    Reached,
    Shown,
)
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import Clock, Moment, format_utc, parse_utc
from evidencedesk.workflows.describe_collector import add_collector
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_contact import log_contact
from evidencedesk.workflows.open_case import change_case, open_case


class EarlierClock(Clock):
    """What the machine's clocks said some days ago."""

    def __init__(self, clock: Clock, days: int) -> None:
        self._clock = clock
        self._days = days
        self._boot = str(uuid.uuid4())  # another one than today's

    def now(self) -> Moment:
        """Then."""
        now = self._clock.now()
        # In the morning, as the visitors come in the evening.
        then = parse_utc(now.utc) - timedelta(days=self._days, hours=12)
        # Of the boot before: no steady clock counts back.
        return Moment(format_utc(then), now.offset_minutes, self._boot, now.mono_ns)

    def boottime_ns(self) -> int:
        """Of no use here."""
        return self._clock.boottime_ns()


def weeks_before(desk: Desk, texts: dict[str, str]) -> Case:
    """Three weeks of calls and messages, oldest first."""
    case = open_case(_days_ago(desk, 20), texts["case"], texts["creditor"], "LFQ-2024-0831")
    change_case(desk, case.id, hotline=HOTLINE)
    sms, call, missed = ContactKind.SMS, ContactKind.CALL, ContactKind.MISSED_CALL
    _log(desk, case, sms, 19, time(10, 12), party=LENDER_SMS, text=texts["overdue"])
    for day, hours in ((16, (9, 15)), (14, (11,)), (12, (10, 14, 17)), (10, (9, 16)), (9, (13,)), (6, (12,))):
        for hour in hours:
            _log(desk, case, missed, day, time(hour, 20 + day), party=PHONE)
    for day, hour in ((15, 10), (13, 16), (11, 18), (8, 11), (5, 9)):
        _log(desk, case, call, day, time(hour, 5), party=PHONE, length_s=40 + 9 * day)
    for minute in (2, 9, 17, 26, 33, 41, 55):
        _log(desk, case, missed, 7, time(14, minute), party=PHONE)
    _log(desk, case, ContactKind.LETTER, 6, time(17, 30), text=texts["letter"])
    _log(desk, case, call, 4, time(21, 20), party=PHONE, length_s=80, name=texts["manager"])
    _log(
        desk,
        case,
        call,
        3,
        time(22, 10),
        party=PHONE,
        length_s=65,
        name=texts["manager"],
        text=texts["late"],
    )
    _log(desk, case, ContactKind.OTHER, 2, time(11, 0), reached=Reached.FAMILY, text=texts["mother"])
    _log(desk, case, ContactKind.CHAT, 2, time(15, 40), name=texts["manager"], text=texts["chat"])
    _log(desk, case, sms, 1, time(16, 40), party=OTHER_SMS, text=texts["announcement"], announces=True)
    for hour, seconds in ((9, 35), (11, 52), (14, 48), (17, 90)):
        _log(desk, case, call, 0, time(hour, 8), party=PHONE, length_s=seconds)
    _log(desk, case, missed, 0, time(18, 2), party=PHONE)
    _somebody_called(desk, case, texts)
    return case


def _somebody_called(desk: Desk, case: Case, texts: dict[str, str]) -> None:
    """A call that nobody recorded, by the man who will stand at the door."""
    earlier = _days_ago(desk, 5)
    encounter = new_id(Kind.ENCOUNTER)
    facts = {"encounter": encounter, "mode": Mode.CALL.value}
    earlier.store.append(case.id, [(EventType.ENCOUNTER_OPENED, facts)], earlier.clock.now())
    card = CollectorCard(
        name=texts["name"],
        organisation=texts["other_firm"],
        phone=PHONE,
        documents=((Document.AUTHORISATION, Shown.REFUSED),),
    )
    add_collector(earlier, case.id, encounter, card)
    closed = (EventType.ENCOUNTER_CLOSED, {"encounter": encounter})
    earlier.store.append(case.id, [closed], earlier.clock.now())


def _days_ago(desk: Desk, days: int) -> Desk:
    return replace(desk, clock=EarlierClock(desk.clock, days))


def _log(
    desk: Desk,
    case: Case,
    kind: ContactKind,
    days: int,
    at: time,
    *,
    reached: Reached = Reached.DEBTOR,
    length_s: int | None = None,
    party: str = "",
    name: str = "",
    text: str = "",
    announces: bool = False,
) -> None:
    """One contact, ``days`` ago at this time of the local day."""
    local = desk.clock.now().local
    begun = datetime.combine(local.date() - timedelta(days=days), at, local.tzinfo)
    offset = local.utcoffset() or timedelta()
    details = ContactDetails(
        kind,
        format_utc(begun.astimezone(UTC)),
        int(offset.total_seconds()) // 60,
        reached=reached,
        length_s=length_s,
        party=party,
        name=name,
        text=text,
        announces=announces,
    )
    log_contact(_days_ago(desk, days), case.id, details)
