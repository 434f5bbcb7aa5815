"""The days by which something is due, from a pack's deadlines and what began them in a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from evidencedesk.domain.case import CaseFile, ContactKind, FollowUp, Progress, Step, Tick, Verdict
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.rules import Begins, Deadline, RulePack, Who
from evidencedesk.guidance.approaches import approaches, incoming, local
from evidencedesk.guidance.calendar_days import add
from evidencedesk.guidance.number_forms import plain_number
from evidencedesk.guidance.standing import standing_ticks

# Whom somebody told of a wrong, whether by phone or in writing.
_COMPLAINTS = frozenset({Step.CALL, Step.COMPLAINT})


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A day, what made it one, and the last day as a paper says it."""

    day: date
    subjects: tuple[str, ...] = ()
    paper: date | None = None


def deadlines(
    pack: RulePack,
    case_file: CaseFile,
    given: Mapping[Begins, date] | None = None,
    packs: Iterable[RulePack] = (),
) -> tuple[DueDate, ...]:
    """Return the due dates of a pack, earliest first.

    Breaches count whichever pack they were ticked in; ``packs`` tells which items are the user's own
    duties, which begin no deadline. What began on the same day begins one deadline together. A step that is
    only planned begins none. The last day that stands on a paper goes before the one counted here.
    """
    duties = {(known.id, item.id) for known in (pack, *packs) for item in known.items if item.who is Who.USER}
    due = [
        _due(pack, one, began)
        for one in pack.deadlines
        for began in _begun(one, case_file, given or {}, duties)
    ]
    return tuple(sorted(due, key=lambda one: (one.due, one.began, one.deadline.id)))


def _due(pack: RulePack, deadline: Deadline, began: _Beginning) -> DueDate:
    counted = add(began.day, deadline.length, deadline.unit)
    if began.paper is None or began.paper == counted:
        return DueDate(pack.id, pack.version, deadline, began.day, counted, began.subjects)
    return DueDate(pack.id, pack.version, deadline, began.day, began.paper, began.subjects, counted)


def _begun(
    deadline: Deadline, case_file: CaseFile, given: Mapping[Begins, date], duties: set[tuple[str, str]]
) -> Iterable[_Beginning]:
    match deadline.begins:
        case Begins.BREACH:
            return _by_day(_breaches(case_file, duties))
        case Begins.COMPLAINT:
            return _by_day(_complaints(deadline, case_file))
        case Begins.OBJECTION:
            return _by_day(_steps(case_file, Step.CREDIT_OBJECTION))
        case Begins.FIRST_CONTACT:
            return _by_day(_first_contact(case_file))
        case begins if begins in given:
            return [_Beginning(given[begins])]
        case Begins.SUMMONS:
            return _papers(one for one in _taken(case_file) if one.details.step is Step.COURT_PAPERS)
        case Begins.NOTICE:
            # A notice is a step that names the deadline it begins.
            return _papers(one for one in _taken(case_file) if one.details.item == deadline.id)
        case _:
            return []


def _breaches(case_file: CaseFile, duties: set[tuple[str, str]]) -> Iterator[tuple[date, str]]:
    """When the act was, as far as it is known: not when somebody ticked it."""
    began = {one.subject: one.day for one in approaches(case_file)}
    for tick in standing_ticks(case_file.ticks):
        if tick.verdict is Verdict.BREACHED and (tick.pack, tick.item) not in duties:
            known = began.get(tick.subject) or began.get(tick.encounter or "")
            yield known or _day_of(tick), tick.id


def _complaints(deadline: Deadline, case_file: CaseFile) -> Iterator[tuple[date, str]]:
    for step in _taken(case_file):
        wanted = not deadline.numbers or plain_number(step.details.number) in deadline.numbers
        if step.details.step in _COMPLAINTS and wanted:
            yield _day_taken(step), step.id


def _steps(case_file: CaseFile, kind: Step) -> Iterator[tuple[date, str]]:
    return ((_day_taken(one), one.id) for one in _taken(case_file) if one.details.step is kind)


def _papers(steps: Iterable[FollowUp]) -> list[_Beginning]:
    """Each paper by itself: two that came on one day may name different last days."""
    return [_Beginning(_day_taken(one), (one.id,), _day_or_none(one.details.due)) for one in steps]


def _taken(case_file: CaseFile) -> Iterator[FollowUp]:
    """What was done, and stands."""
    return (
        one
        for one in case_file.follow_ups
        if not one.withdrawn and one.details.progress is not Progress.PLANNED
    )


def _day_taken(step: FollowUp) -> date:
    return local(step.details.done_utc, step.details.done_offset_minutes).date()


def _first_contact(case_file: CaseFile) -> Iterator[tuple[date, str]]:
    """The first that could say anything: an unanswered call says nothing."""
    for approach in incoming(approaches(case_file)):
        if approach.kind is not ContactKind.MISSED_CALL:
            yield approach.day, approach.subject
            return


def _day_of(tick: Tick) -> date:
    return _day_or_none(tick.subject) or tick.moment.local.date()


def _day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _by_day(began: Iterable[tuple[date, str]]) -> list[_Beginning]:
    days: dict[date, list[str]] = defaultdict(list)
    for day, subject in began:
        days[day].append(subject)
    return [_Beginning(day, tuple(subjects)) for day, subjects in sorted(days.items())]
