"""How often, on which days and at which hours somebody got in touch, beside the limits of the packs.

Counted are contacts that came from the other side and were not withdrawn, in the local time of the place
where they arrived. A recorded encounter counts as a contact by itself; a contact that says more about it
does not count a second time. Nothing is judged here: that is what ``judge`` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from evidencedesk.domain.case import CaseFile, Contact, ContactKind, Mode, Reached
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.rules import RuleItem, RulePack
from evidencedesk.guidance.number_forms import plain_number

CONTACT_HOURS = "contact-hours"
CONNECTED_PER_DAY = "calls-connected-per-day"
ATTEMPTS_PER_DAY = "call-attempts-per-day"
WEEK = 7
HOURS = 24
_MESSAGES = (ContactKind.SMS, ContactKind.CHAT)
_STRANGERS = (Reached.FAMILY, Reached.WORK, Reached.OTHER)
_KINDS = {Mode.VISIT: ContactKind.VISIT, Mode.CALL: ContactKind.CALL}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One contact from the other side, as far as it is counted."""

    local: datetime
    kind: ContactKind
    third_party: bool = False
    party: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """What came on one day. ``third_parties`` were reached, of all; ``attempts`` were not answered.

    ``connected_to_one`` is the most that one side answered: the user, or family and work. ``attempts_to_one``
    is the most that one number tried to reach one of them, as the rule counts (``call_counts``).
    """

    day: date
    connected: int = 0
    connected_to_one: int = 0
    attempts: int = 0
    attempts_to_one: int = 0
    messages: int = 0
    visits: int = 0
    letters: int = 0
    others: int = 0
    third_parties: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.connected + self.attempts + self.messages + self.visits + self.letters + self.others


@dataclass(frozen=True, slots=True)
class ClosedHours:
    """Hours a pack keeps free of contacts; from later than until goes across midnight."""

    pack: RulePack
    items: tuple[RuleItem, ...]
    closed_from: time | None
    closed_until: time | None

    def closes(self, hour: int) -> bool:
        """Whether any part of this hour is closed."""
        late = self.closed_from is not None and time(hour, 59, 59) > self.closed_from
        early = self.closed_until is not None and time(hour) < self.closed_until
        within = (
            self.closed_from is not None
            and self.closed_until is not None
            and self.closed_from < self.closed_until
        )
        return late and early if within else late or early


@dataclass(frozen=True, slots=True)
class DayLimit:
    """How many of something a pack allows on one day."""

    pack: RulePack
    item: RuleItem
    rule: str
    limit: int


def arrivals(case_file: CaseFile) -> tuple[Arrival, ...]:
    """Everything that counts, in the order of time."""
    told = told_of(case_file)
    recorded = (
        Arrival(_local(one.opened.utc, one.opened.offset_minutes), _KINDS[one.mode])
        for one in case_file.encounters
        if one.id not in told
    )
    logged = (
        _arrival(contact)
        for contact in case_file.contacts
        if not contact.withdrawn and not contact.details.outgoing
    )
    return tuple(sorted((*recorded, *logged), key=lambda one: one.local))


def told_of(case_file: CaseFile) -> dict[str, Contact]:
    """The recorded encounters about which a contact of their own kind says more.

    One of another kind, such as an SMS that came during a visit, is a contact of its own.
    """
    kinds = {one.id: _KINDS[one.mode] for one in case_file.encounters}
    return {
        one.encounter: one
        for one in case_file.contacts
        if one.encounter is not None and not one.withdrawn and kinds.get(one.encounter) is one.details.kind
    }


def day_counts(found: Iterable[Arrival]) -> dict[date, DayCount]:
    """What came on each day on which anything came."""
    days: dict[date, list[Arrival]] = {}
    for one in found:
        days.setdefault(one.local.date(), []).append(one)
    return {day: _count(day, members) for day, members in days.items()}


def week_count(counts: dict[date, DayCount], last: date) -> DayCount:
    """What came in the seven days that end with ``last``."""
    days = [counts.get(last - timedelta(days=back), DayCount(last)) for back in range(WEEK)]
    return DayCount(
        last,
        connected=sum(one.connected for one in days),
        connected_to_one=max(one.connected_to_one for one in days),
        attempts=sum(one.attempts for one in days),
        attempts_to_one=max(one.attempts_to_one for one in days),
        messages=sum(one.messages for one in days),
        visits=sum(one.visits for one in days),
        letters=sum(one.letters for one in days),
        others=sum(one.others for one in days),
        third_parties=sum(one.third_parties for one in days),
    )


def hour_counts(found: Iterable[Arrival]) -> tuple[int, ...]:
    """How many came in each of the 24 hours of the day. Letters come when the post does."""
    hours = Counter(one.local.hour for one in found if one.kind is not ContactKind.LETTER)
    return tuple(hours[hour] for hour in range(HOURS))


def closed_hours(packs: Sequence[RulePack]) -> tuple[ClosedHours, ...]:
    """The closed hours of each pack that names any, in the packs' order."""
    return tuple(found for pack in packs if (found := _closed(pack)) is not None)


def day_limits(packs: Sequence[RulePack], rule: str) -> tuple[DayLimit, ...]:
    """The limits of one rule, in the packs' order."""
    return tuple(
        DayLimit(pack, item, rule, int(parameters["limit"]))
        for pack in packs
        for item, parameters in _with_rule(pack, rule)
        if parameters.get("limit", "").isdecimal()
    )


def _with_rule(pack: RulePack, rule: str) -> Iterator[tuple[RuleItem, dict[str, str]]]:
    for item in pack.items:
        if item.check.rule == rule:
            yield item, dict(item.check.parameters)
        for helper in item.check.helpers:
            if helper.rule == rule:
                yield item, dict(helper.parameters)


def _closed(pack: RulePack) -> ClosedHours | None:
    items: list[RuleItem] = []
    limits: dict[str, str] = {}
    for item, parameters in _with_rule(pack, CONTACT_HOURS):
        items.append(item)
        limits.update(parameters)
    late, early = limits.get("closed_from"), limits.get("closed_until")
    if late is None and early is None:
        return None
    return ClosedHours(
        pack,
        tuple(items),
        None if late is None else time.fromisoformat(late),
        None if early is None else time.fromisoformat(early),
    )


def _arrival(contact: Contact) -> Arrival:
    details = contact.details
    return Arrival(
        _local(details.begun_utc, details.begun_offset_minutes),
        details.kind,
        details.reached in _STRANGERS,
        details.party,
    )


def _count(day: date, members: Sequence[Arrival]) -> DayCount:
    kinds = Counter(one.kind for one in members)
    answered = Counter(one.third_party for one in members if one.kind is ContactKind.CALL)
    lines = Counter(
        (one.third_party, plain_number(one.party)) for one in members if one.kind is ContactKind.MISSED_CALL
    )
    return DayCount(
        day,
        connected=kinds[ContactKind.CALL],
        connected_to_one=max(answered.values(), default=0),
        attempts=kinds[ContactKind.MISSED_CALL],
        attempts_to_one=max(lines.values(), default=0),
        messages=sum(kinds[kind] for kind in _MESSAGES),
        visits=kinds[ContactKind.VISIT],
        letters=kinds[ContactKind.LETTER],
        others=kinds[ContactKind.OTHER],
        third_parties=sum(one.third_party for one in members),
    )


def _local(utc: str, offset_minutes: int) -> datetime:
    return parse_utc(utc).astimezone(timezone(timedelta(minutes=offset_minutes)))
