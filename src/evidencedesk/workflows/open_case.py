"""Open a case, or change what it is called."""

from __future__ import annotations

from evidencedesk.capture.devices import FILE_PREFIX
from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.plain_text import one_line


def open_case(desk: Desk, title: str, creditor: str = "", contract: str = "") -> Case:
    """Start a new case. Raises EMPTY_TEXT, TEXT_TOO_LONG."""
    case_id = new_id(Kind.CASE)
    moment = desk.clock.now()
    facts = {
        "title": one_line(title, required=True),
        "creditor": one_line(creditor),
        "contract": one_line(contract),
    }
    desk.store.append(case_id, [(EventType.CASE_OPENED, facts)], moment)
    return Case(case_id, facts["title"], facts["creditor"], facts["contract"], moment)


def change_case(
    desk: Desk,
    case_id: str,
    title: str | None = None,
    creditor: str | None = None,
    contract: str | None = None,
    hotline: str | None = None,
) -> None:
    """Change a case's names, or the platform's own number; the old ones stay in the journal."""
    case = desk.store.find_case(case_id)
    wanted = {"title": title, "creditor": creditor, "contract": contract, "hotline": hotline}
    changed = {
        key: one_line(value, required=key == "title")
        for key, value in wanted.items()
        if value is not None and value.strip() != getattr(case, key)
    }
    if changed:
        desk.store.append(case.id, [(EventType.CASE_CHANGED, changed)])


def latest_case(desk: Desk, *, practice: bool = False) -> Case | None:
    """The case something happened to last: the one a frightened person means.

    An archived case is passed over, and so is a practice case unless ``practice`` is wanted: evidence must
    not get among it.
    """
    newest = desk.store.newest_cases()
    if practice:
        return next(iter(newest), None)
    return next((case for case in newest if not desk.store.summary(case.id).practice), None)


def ensure_case(desk: Desk, title: str, source: str = "") -> Case:
    """The latest case, or a new one with this title: one press must be enough to record."""
    return latest_case(desk, practice=source.startswith(FILE_PREFIX)) or open_case(desk, title)


def require_encounter(desk: Desk, case_id: str, encounter_id: str | None) -> str | None:
    """Refuse an encounter that is not of this case. Raises UNKNOWN_ENCOUNTER."""
    if encounter_id is None:
        return None
    encounter = desk.store.encounter(encounter_id)
    if encounter is None or encounter.case != case_id:
        raise WrongUse(Code.UNKNOWN_ENCOUNTER, encounter=encounter_id)
    return encounter_id
