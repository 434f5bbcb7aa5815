"""What events tell of contacts and of the user's own steps, as a step of the fold each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evidencedesk.custody.fold import Fold
from evidencedesk.custody.fold_desk import instalment_from_json
from evidencedesk.domain.case import (
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    FollowUp,
    FollowUpDetails,
    Progress,
    Reached,
    Step,
)
from evidencedesk.domain.event import Event


def contact_details_from_json(details: Mapping[str, Any]) -> ContactDetails:
    """Read what the journal says of a contact."""
    return ContactDetails(
        kind=ContactKind(details["kind"]),
        begun_utc=details["begun_utc"],
        begun_offset_minutes=details["begun_offset_minutes"],
        reached=Reached(details["reached"]),
        length_s=details["length_s"],
        party=details["party"],
        name=details["name"],
        text=details["text"],
        outgoing=details["outgoing"],
        announces=details["announces"],
        agreed=details["agreed"],
    )


def follow_up_details_from_json(details: Mapping[str, Any]) -> FollowUpDetails:
    """Read what the journal says of a step of the user's."""
    return FollowUpDetails(
        step=Step(details["step"]),
        done_utc=details["done_utc"],
        done_offset_minutes=details["done_offset_minutes"],
        item=details["item"],
        number=details["number"],
        whom=details["whom"],
        agent=details["agent"],
        receipt=details["receipt"],
        answer=details["answer"],
        amount=details["amount"],
        progress=Progress(details.get("progress", Progress.DONE)),
        due=details.get("due", ""),
        remind=details.get("remind", ""),
        outcome=details.get("outcome", ""),
        plan=tuple(instalment_from_json(one) for one in details.get("plan", ())),
    )


def contact_logged(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """Somebody got in touch."""
    fold.contacts[data["contact"]] = Contact(
        id=data["contact"],
        case=event.case,
        encounter=data["encounter"],
        source=ContactSource(data["source"]),
        details=contact_details_from_json(data["details"]),
        moment=event.moment,
    )


def contact_changed(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """What was known of a contact was corrected, or which encounter it is about."""
    known = fold.contacts[data["contact"]]
    fold.contacts[known.id] = replace(
        known,
        details=contact_details_from_json(data["details"]),
        encounter=data.get("encounter", known.encounter),
        changed=True,
    )


def contact_withdrawn(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """There was no such contact after all."""
    fold.contacts[data["contact"]] = replace(fold.contacts[data["contact"]], withdrawn=True)


def follow_up_logged(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """The user did something about it."""
    fold.follow_ups[data["follow_up"]] = FollowUp(
        id=data["follow_up"],
        case=event.case,
        encounter=data["encounter"],
        recording=data["recording"],
        at_ms=data["at_ms"],
        collector=data["collector"],
        details=follow_up_details_from_json(data["details"]),
        moment=event.moment,
    )


def follow_up_changed(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """What was known of a step was corrected."""
    known = fold.follow_ups[data["follow_up"]]
    fold.follow_ups[known.id] = replace(
        known, details=follow_up_details_from_json(data["details"]), changed=True
    )


def follow_up_withdrawn(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """It was not done after all."""
    fold.follow_ups[data["follow_up"]] = replace(fold.follow_ups[data["follow_up"]], withdrawn=True)
