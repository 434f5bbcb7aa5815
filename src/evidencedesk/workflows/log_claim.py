"""Keep each sum that somebody says is owed: how much, who said so, when, and what shows it."""

from __future__ import annotations

from dataclasses import replace

from evidencedesk.custody.casefile_json import plain_json
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import Claim, ClaimDetails
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.shows import NOTHING_SHOWS, Shows
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.given_values import amount, require_time
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import many_lines, one_line


def log_claim(desk: Desk, case_id: str, details: ClaimDetails, shows: Shows = NOTHING_SHOWS) -> Claim:
    """Store a claim.

    Raises NUMBER_NOT_VALID, TIME_NOT_VALID, TEXT_TOO_LONG, UNKNOWN_ITEM, UNKNOWN_ENCOUNTER.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, shows.encounter)
    _require_known(desk.store.case_file(case.id), shows)
    claim = Claim(
        id=new_id(Kind.CLAIM),
        case=case.id,
        encounter=shows.encounter,
        collector=shows.collector,
        contact=shows.contact,
        attachment=shows.attachment,
        details=_clean(details),
        moment=desk.clock.now(),
    )
    facts = {
        "claim": claim.id,
        "encounter": claim.encounter,
        "collector": claim.collector,
        "contact": claim.contact,
        "attachment": claim.attachment,
        "details": plain_json(claim.details),
    }
    desk.store.append(case.id, [(EventType.CLAIM_LOGGED, facts)], claim.moment)
    return claim


def change_claim(desk: Desk, case_id: str, claim_id: str, details: ClaimDetails) -> None:
    """Store what is known now; what was written before stays in the journal. Raises UNKNOWN_ITEM too."""
    case = desk.store.find_case(case_id)
    known = _known(desk, case.id, claim_id)
    clean = _clean(details)
    if clean != known.details:
        desk.store.append(
            case.id, [(EventType.CLAIM_CHANGED, {"claim": claim_id, "details": plain_json(clean)})]
        )


def withdraw_claim(desk: Desk, case_id: str, claim_id: str) -> None:
    """Take a claim back; both stay in the journal. Raises UNKNOWN_ITEM."""
    case = desk.store.find_case(case_id)
    _known(desk, case.id, claim_id)
    desk.store.append(case.id, [(EventType.CLAIM_WITHDRAWN, {"claim": claim_id})])


def _known(desk: Desk, case_id: str, claim_id: str) -> Claim:
    for claim in desk.store.case_file(case_id).claims:
        if claim.id == claim_id and not claim.withdrawn:
            return claim
    raise WrongUse(Code.UNKNOWN_ITEM, item=claim_id)


def _require_known(known: CaseFile, shows: Shows) -> None:
    for wanted, ids in (
        (shows.collector, {one.id for one in known.collectors}),
        (shows.contact, {one.id for one in known.contacts if not one.withdrawn}),
        (shows.attachment, {one.id for one in known.taken_in}),
    ):
        if wanted is not None and wanted not in ids:
            raise WrongUse(Code.UNKNOWN_ITEM, item=wanted)


def _clean(details: ClaimDetails) -> ClaimDetails:
    require_time(details.claimed_utc, details.claimed_offset_minutes)
    whole = amount(details.amount)
    if not whole:
        raise WrongUse(Code.NUMBER_NOT_VALID, value="")
    return replace(
        details,
        amount=whole,
        by=one_line(details.by),
        principal=amount(details.principal),
        interest=amount(details.interest),
        fees=amount(details.fees),
        penalty=amount(details.penalty),
        text=many_lines(details.text, required=False),
    )
