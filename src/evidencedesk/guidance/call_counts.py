"""Counts calls of one case, which is one debt: by local calendar day and within some days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from evidencedesk.domain.case import ContactKind, Reached, Verdict
from evidencedesk.guidance.approaches import Approach
from evidencedesk.guidance.matter import Matter, Result, clock_time, kept_if
from evidencedesk.guidance.number_forms import plain_number

# Limits are meant for each person: calls to the debtor and to a guarantor are counted apart. Calls to
# others are not counted here; each of them is a matter of third-party-contact.
_BOUND = (Reached.DEBTOR, Reached.GUARANTOR)
_RINGING = (ContactKind.CALL, ContactKind.MISSED_CALL)


def calls_connected_per_day(matter: Matter) -> Iterator[Result]:
    """More than ``limit`` answered calls on one local calendar day."""
    limit = matter.number("limit")
    calls = [approach for approach in matter.incoming() if approach.kind is ContactKind.CALL]
    for day, found in _by_day(calls):
        most = max(_by_person(found), key=len, default=[])
        if most:
            facts = _counted(day, most) | {"reached": most[0].reached.value}
            yield Result(kept_if(len(most) <= limit), day.isoformat(), facts)


def call_attempts_per_day(matter: Matter) -> Iterator[Result]:
    """More than ``limit`` unanswered calls on one local calendar day.

    Counted for each number that was shown; withheld ones cannot be told apart and count as one number.
    The limit is meant for attempts to one number of the person called, which no log knows: more than
    ``limit`` calls that only together pass it are therefore not decided. Agreed ones do not count.
    """
    limit = matter.number("limit")
    missed = [
        approach
        for approach in matter.incoming()
        if approach.kind is ContactKind.MISSED_CALL and not approach.agreed
    ]
    for day, found in _by_day(missed):
        everyone = max(_by_person(found), key=len, default=[])
        if not everyone:
            continue
        callers = Counter(plain_number(approach.party) for approach in everyone)
        party, count = max(callers.items(), key=lambda one: (one[1], one[0]))
        verdict = kept_if(count <= limit)
        if count <= limit < len(everyone):
            verdict = Verdict.NOT_SEEN
        facts = _counted(day, [a for a in everyone if plain_number(a.party) == party]) | {
            "all_numbers": str(len(everyone)),
            "number": party or "unknown",
            "reached": everyone[0].reached.value,
        }
        yield Result(verdict, day.isoformat(), facts)


def calls_in_days(matter: Matter) -> Iterator[Result]:
    """Each call with those before it in ``days`` consecutive local days, its own the last of them.

    Unanswered ones count, as they rang; calls at a time that was agreed do not.
    """
    limit, days = matter.number("limit"), matter.number("days")
    for calls in _by_person(_placed(matter)):
        first = 0
        for index, call in enumerate(calls):
            while calls[first].day <= call.day - timedelta(days=days):
                first += 1
            counted = calls[first : index + 1]
            facts = {"count": str(len(counted)), "first_day": counted[0].day.isoformat()} | _when(call)
            yield Result(kept_if(len(counted) <= limit), call.subject, facts, call.encounter)


def calls_after_conversation(matter: Matter) -> Iterator[Result]:
    """Each call after a conversation by phone whose day is the first of ``days``.

    A conversation counts whoever called; the call after it must come from the other side, and not at a
    time that was agreed.
    """
    days = timedelta(days=matter.number("days"))
    spoken: dict[Reached, Approach] = {}
    placed = {call.subject for call in _placed(matter)}
    for approach in matter.approaches:
        before = spoken.get(approach.reached)
        if approach.subject in placed:
            inside = before is not None and approach.day < before.day + days
            facts = _when(approach)
            if before is not None:
                facts["conversation_day"] = before.day.isoformat()
                facts["conversation_time"] = clock_time(before.begun)
            yield Result(kept_if(not inside), approach.subject, facts, approach.encounter)
        if approach.kind is ContactKind.CALL:
            spoken[approach.reached] = approach


def _placed(matter: Matter) -> list[Approach]:
    return [
        approach
        for approach in matter.incoming()
        if approach.kind in _RINGING and approach.reached in _BOUND and not approach.agreed
    ]


def _by_day(found: Iterable[Approach]) -> list[tuple[date, list[Approach]]]:
    days: dict[date, list[Approach]] = defaultdict(list)
    for approach in found:
        days[approach.day].append(approach)
    return sorted(days.items())


def _by_person(found: Iterable[Approach]) -> list[list[Approach]]:
    """The debtor's and the guarantor's, by day: after a journey a later call can have an earlier day."""
    people: dict[Reached, list[Approach]] = defaultdict(list)
    for approach in sorted(found, key=lambda approach: (approach.day, approach.begun)):
        people[approach.reached].append(approach)
    return [people[person] for person in _BOUND if person in people]


def _counted(day: date, counted: list[Approach]) -> dict[str, str]:
    return {
        "count": str(len(counted)),
        "local_day": day.isoformat(),
        "times": ", ".join(clock_time(approach.begun) for approach in counted),
    }


def _when(call: Approach) -> dict[str, str]:
    return {"local_day": call.day.isoformat(), "local_time": clock_time(call.begun)}
