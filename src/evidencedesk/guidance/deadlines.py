"""The days by which something is due, from a pack's deadlines and what began them in a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from evidencedesk.domain.case import CaseFile, ContactKind, Step, Tick, Verdict
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.rules import Begins, Deadline, RulePack, Who
from evidencedesk.guidance.approaches import approaches, incoming, local
from evidencedesk.guidance.calendar_days import add
from evidencedesk.guidance.number_forms import plain_number
from evidencedesk.guidance.standing import standing_ticks

# Only the user knows when these were: an instalment's last day, a court's letter, a notice in the post.
GIVEN_BY_USER = frozenset({Begins.LAST_DUE, Begins.SUMMONS, Begins.NOTICE})


def deadlines(
    pack: RulePack,
    case_file: CaseFile,
    given: Mapping[Begins, date] | None = None,
    packs: Iterable[RulePack] = (),
) -> tuple[DueDate, ...]:
    """Return the due dates of a pack, earliest first.

    Breaches count whichever pack they were ticked in; ``packs`` tells which items are the user's own
    duties, which begin no deadline. What began on the same day begins one deadline together.
    """
    duties = {(known.id, item.id) for known in (pack, *packs) for item in known.items if item.who is Who.USER}
    due = [
        DueDate(pack.id, pack.version, one, began, add(began, one.length, one.unit), subjects)
        for one in pack.deadlines
        for began, subjects in _begun(one, case_file, given or {}, duties)
    ]
    return tuple(sorted(due, key=lambda one: (one.due, one.began, one.deadline.id)))


def _begun(
    deadline: Deadline, case_file: CaseFile, given: Mapping[Begins, date], duties: set[tuple[str, str]]
) -> Iterable[tuple[date, tuple[str, ...]]]:
    match deadline.begins:
        case Begins.BREACH:
            return _by_day(_breaches(case_file, duties))
        case Begins.COMPLAINT:
            return _by_day(_complaints(deadline, case_file))
        case Begins.FIRST_CONTACT:
            return _by_day(_first_contact(case_file))
        case begins:
            return [(given[begins], ())] if begins in given else []


def _breaches(case_file: CaseFile, duties: set[tuple[str, str]]) -> Iterator[tuple[date, str]]:
    """When the act was, as far as it is known: not when somebody ticked it."""
    began = {one.subject: one.day for one in approaches(case_file)}
    for tick in standing_ticks(case_file.ticks):
        if tick.verdict is Verdict.BREACHED and (tick.pack, tick.item) not in duties:
            known = began.get(tick.subject) or began.get(tick.encounter or "")
            yield known or _day_of(tick), tick.id


def _complaints(deadline: Deadline, case_file: CaseFile) -> Iterator[tuple[date, str]]:
    for follow_up in case_file.follow_ups:
        details = follow_up.details
        wanted = not deadline.numbers or plain_number(details.number) in deadline.numbers
        if details.step is Step.CALL and wanted and not follow_up.withdrawn:
            yield local(details.done_utc, details.done_offset_minutes).date(), follow_up.id


def _first_contact(case_file: CaseFile) -> Iterator[tuple[date, str]]:
    """The first that could say anything: an unanswered call says nothing."""
    for approach in incoming(approaches(case_file)):
        if approach.kind is not ContactKind.MISSED_CALL:
            yield approach.day, approach.subject
            return


def _day_of(tick: Tick) -> date:
    try:
        return date.fromisoformat(tick.subject)
    except ValueError:
        return tick.moment.local.date()


def _by_day(began: Iterable[tuple[date, str]]) -> list[tuple[date, tuple[str, ...]]]:
    days: dict[date, list[str]] = defaultdict(list)
    for day, subject in began:
        days[day].append(subject)
    return [(day, tuple(subjects)) for day, subjects in sorted(days.items())]
