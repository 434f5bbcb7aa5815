"""Keep how many came, and whether the user had agreed to the time."""

from __future__ import annotations

from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.desk import Desk

_MOST = 1000


def describe_encounter(
    desk: Desk,
    case_id: str,
    encounter: str,
    present: int | None,
    agreed: bool | None,  # noqa: FBT001 - a third answer is possible
) -> None:
    """Store what is known of an encounter now: both facts, each None where nobody knows.

    The same again is no event. Raises UNKNOWN_ENCOUNTER, NUMBER_NOT_VALID.
    """
    case = desk.store.find_case(case_id)
    known = desk.store.encounter(encounter)
    if known is None or known.case != case.id:
        raise WrongUse(Code.UNKNOWN_ENCOUNTER, encounter=encounter)
    if present is not None and not 0 <= present <= _MOST:
        raise WrongUse(Code.NUMBER_NOT_VALID, value=present)
    if (present, agreed) != (known.present, known.agreed):
        facts = {"encounter": encounter, "present": present, "agreed": agreed}
        desk.store.append(case.id, [(EventType.ENCOUNTER_DESCRIBED, facts)])
