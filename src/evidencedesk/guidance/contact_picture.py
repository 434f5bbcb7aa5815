"""How often, on which days and at which hours somebody got in touch, beside the limits of the packs.

Counted is what ``approaches`` finds to have come from the other side, each once. Nothing is judged here but
by the rules of ``judge`` themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from evidencedesk.domain.case import CaseFile, ContactKind, Reached, Verdict
from evidencedesk.domain.rules import RuleItem, RulePack
from evidencedesk.guidance.approaches import Approach, approaches, incoming
from evidencedesk.guidance.call_counts import call_attempts_per_day, calls_connected_per_day
from evidencedesk.guidance.checks import CONTACT_HOURS
from evidencedesk.guidance.closed_hours import ClosedHours
from evidencedesk.guidance.matter import Matter, Rule

CONNECTED_PER_DAY = "calls-connected-per-day"
ATTEMPTS_PER_DAY = "call-attempts-per-day"
WEEK = 7
HOURS = 24
_MESSAGES = (ContactKind.SMS, ContactKind.CHAT)
_STRANGERS = (Reached.FAMILY, Reached.WORK, Reached.OTHER)
_DAY_RULES: dict[str, Rule] = {
    CONNECTED_PER_DAY: calls_connected_per_day,
    ATTEMPTS_PER_DAY: call_attempts_per_day,
}
_SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class DayCount:
    """What came on one day. ``third_parties`` were reached, of all; ``attempts`` were not answered."""

    day: date
    connected: int = 0
    attempts: int = 0
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
class PackHours:
    """Hours a pack keeps free of contacts."""

    pack: RulePack
    hours: ClosedHours

    def closes(self, hour: int) -> bool:
        """Whether any part of this hour is closed."""
        first = datetime.combine(_SOME_DAY, time(hour))
        return self.hours.first_closed(first, first.replace(minute=59, second=59)) is not None


@dataclass(frozen=True, slots=True)
class DayCalls:
    """Calls of one day, as a rule with a limit counts them; NOT_SEEN: the records do not decide."""

    pack: RulePack
    item: RuleItem
    limit: int
    count: int = 0
    verdict: Verdict = Verdict.KEPT


def arrivals(case_file: CaseFile) -> tuple[Approach, ...]:
    """Everything that counts, in the order of time."""
    return tuple(incoming(approaches(case_file)))


def day_counts(found: Iterable[Approach]) -> dict[date, DayCount]:
    """What came on each day on which anything came."""
    days: dict[date, list[Approach]] = {}
    for one in found:
        days.setdefault(one.day, []).append(one)
    return {day: _count(day, members) for day, members in days.items()}


def week_count(counts: dict[date, DayCount], last: date) -> DayCount:
    """What came in the seven days that end with ``last``."""
    days = [counts.get(last - timedelta(days=back), DayCount(last)) for back in range(WEEK)]
    return DayCount(
        last,
        connected=sum(one.connected for one in days),
        attempts=sum(one.attempts for one in days),
        messages=sum(one.messages for one in days),
        visits=sum(one.visits for one in days),
        letters=sum(one.letters for one in days),
        others=sum(one.others for one in days),
        third_parties=sum(one.third_parties for one in days),
    )


def hour_counts(found: Iterable[Approach]) -> tuple[int, ...]:
    """How many came in each of the 24 hours of the day. Letters come when the post does."""
    hours = Counter(one.begun.hour for one in found if one.kind is not ContactKind.LETTER)
    return tuple(hours[hour] for hour in range(HOURS))


def closed_hours(packs: Sequence[RulePack]) -> tuple[PackHours, ...]:
    """The closed hours of each pack that names any, in the packs' order."""
    return tuple(found for pack in packs if (found := _closed(pack)) is not None)


def day_calls(
    case_file: CaseFile, found: Iterable[Approach], packs: Sequence[RulePack], rule: str, day: date
) -> tuple[DayCalls, ...]:
    """What each pack with a limit a day counts on one day, in the packs' order: just as ``judge`` does."""
    of_day = tuple(one for one in found if one.day == day)
    return tuple(
        _day_calls(Matter(case_file, of_day, pack.id, parameters), pack, item, rule)
        for pack in packs
        for item, parameters in _with_rule(pack, rule)
    )


def _day_calls(matter: Matter, pack: RulePack, item: RuleItem, rule: str) -> DayCalls:
    limit = matter.number("limit")
    for result in _DAY_RULES[rule](matter):
        return DayCalls(pack, item, limit, int(result.facts["count"]), result.verdict)
    return DayCalls(pack, item, limit)


def _with_rule(pack: RulePack, rule: str) -> Iterator[tuple[RuleItem, dict[str, str]]]:
    for item in pack.items:
        if item.check.rule == rule:
            yield item, dict(item.check.parameters)
        for helper in item.check.helpers:
            if helper.rule == rule:
                yield item, dict(helper.parameters)


def _closed(pack: RulePack) -> PackHours | None:
    limits: dict[str, str] = {}
    for _, parameters in _with_rule(pack, CONTACT_HOURS):
        limits.update(parameters)
    hours = ClosedHours.of(limits)
    return None if hours == ClosedHours(None, None) else PackHours(pack, hours)


def _count(day: date, members: Sequence[Approach]) -> DayCount:
    kinds = Counter(one.kind for one in members)
    return DayCount(
        day,
        connected=kinds[ContactKind.CALL],
        attempts=kinds[ContactKind.MISSED_CALL],
        messages=sum(kinds[kind] for kind in _MESSAGES),
        visits=kinds[ContactKind.VISIT],
        letters=kinds[ContactKind.LETTER],
        others=kinds[ContactKind.OTHER],
        third_parties=sum(one.reached in _STRANGERS for one in members),
    )
