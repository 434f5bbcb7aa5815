"""Keep what the user did about it or will do: calls, letters, complaints, plans, payments."""

from __future__ import annotations

from dataclasses import replace

from evidencedesk.custody.casefile_json import plain_json
from evidencedesk.domain.case import FollowUp, FollowUpDetails
from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.given_values import amount, day, require_time
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import many_lines, one_line
from evidencedesk.workflows.take_note import require_inside


def log_follow_up(
    desk: Desk,
    case_id: str,
    details: FollowUpDetails,
    encounter: str | None = None,
    recording: str | None = None,
    at_ms: int | None = None,
    collector: str | None = None,
) -> FollowUp:
    """Store a step, with its second where a recording runs; ``collector`` is whom it was about.

    Raises UNKNOWN_ENCOUNTER, UNKNOWN_ITEM, MOMENT_OUTSIDE_RECORDING, TIME_NOT_VALID, NUMBER_NOT_VALID,
    TEXT_TOO_LONG.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    if at_ms is not None:
        require_inside(desk, recording, at_ms)
    if collector is not None:
        _require_collector(desk, case.id, collector)
    step = FollowUp(
        id=new_id(Kind.FOLLOW_UP),
        case=case.id,
        encounter=encounter,
        recording=recording,
        at_ms=at_ms,
        collector=collector,
        details=_clean(details),
        moment=desk.clock.now(),
    )
    facts = {
        "follow_up": step.id,
        "encounter": encounter,
        "recording": recording,
        "at_ms": at_ms,
        "collector": collector,
        "details": plain_json(step.details),
    }
    desk.store.append(case.id, [(EventType.FOLLOW_UP_LOGGED, facts)], step.moment)
    return step


def change_follow_up(desk: Desk, case_id: str, follow_up_id: str, details: FollowUpDetails) -> None:
    """Store what is known now; what was written before stays in the journal. Raises UNKNOWN_ITEM too."""
    case = desk.store.find_case(case_id)
    known = _known(desk, case.id, follow_up_id)
    clean = _clean(details)
    if clean != known.details:
        facts = {"follow_up": follow_up_id, "details": plain_json(clean)}
        desk.store.append(case.id, [(EventType.FOLLOW_UP_CHANGED, facts)])


def withdraw_follow_up(desk: Desk, case_id: str, follow_up_id: str) -> None:
    """Take a step back; both stay in the journal. Raises UNKNOWN_ITEM."""
    case = desk.store.find_case(case_id)
    _known(desk, case.id, follow_up_id)
    desk.store.append(case.id, [(EventType.FOLLOW_UP_WITHDRAWN, {"follow_up": follow_up_id})])


def _known(desk: Desk, case_id: str, follow_up_id: str) -> FollowUp:
    for step in desk.store.case_file(case_id).follow_ups:
        if step.id == follow_up_id and not step.withdrawn:
            return step
    raise WrongUse(Code.UNKNOWN_ITEM, item=follow_up_id)


def _require_collector(desk: Desk, case_id: str, collector: str) -> None:
    if all(one.id != collector for one in desk.store.case_file(case_id).collectors):
        raise WrongUse(Code.UNKNOWN_ITEM, item=collector)


def _clean(details: FollowUpDetails) -> FollowUpDetails:
    require_time(details.done_utc, details.done_offset_minutes)
    return replace(
        details,
        item=one_line(details.item),
        number=one_line(details.number),
        whom=one_line(details.whom),
        agent=one_line(details.agent),
        receipt=one_line(details.receipt),
        answer=many_lines(details.answer, required=False),
        amount=amount(details.amount),
        due=day(details.due),
        remind=day(details.remind),
        outcome=many_lines(details.outcome, required=False),
        plan=tuple(_clean_instalment(one) for one in details.plan),
    )


def _clean_instalment(one: Instalment) -> Instalment:
    due, sum_due = day(one.due), amount(one.amount)
    if not due:
        raise WrongUse(Code.TIME_NOT_VALID, value=one.due)
    if not sum_due:
        raise WrongUse(Code.NUMBER_NOT_VALID, value=one.amount)
    return replace(
        one,
        due=due,
        amount=sum_due,
        principal=amount(one.principal),
        interest=amount(one.interest),
        fees=amount(one.fees),
    )
