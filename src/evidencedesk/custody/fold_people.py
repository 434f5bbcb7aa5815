"""What events tell of the people who came or called, as a step of the fold each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evidencedesk.custody.fold import Fold
from evidencedesk.domain.case import Collector, CollectorCard, Document, Listed, Shown
from evidencedesk.domain.event import Event
from evidencedesk.domain.moment import Moment

Papers = tuple[tuple[Document, Shown], ...]
PaperMoments = tuple[tuple[Document, Moment], ...]


def card_from_json(card: Mapping[str, Any]) -> CollectorCard:
    """Read a collector's card as the journal writes it."""
    listed = card.get("listed")
    return CollectorCard(
        name=card["name"],
        staff_number=card["staff_number"],
        organisation=card["organisation"],
        lender=card["lender"],
        phone=card["phone"],
        plate=card["plate"],
        description=card["description"],
        documents=tuple(sorted((Document(name), Shown(how)) for name, how in card["documents"].items())),
        credit_code=card.get("credit_code", ""),
        names_on=tuple(sorted((Document(paper), name) for paper, name in card.get("names_on", {}).items())),
        letter_until=card.get("letter_until", ""),
        listed=None if listed is None else Listed(listed),
    )


def paper_moments(before: Papers, since: PaperMoments, now: Papers, moment: Moment) -> PaperMoments:
    """When each paper came to stand as a card says ``now``: what was not changed keeps its moment."""
    earlier, known = dict(before), dict(since)
    return tuple(
        (paper, known[paper] if earlier.get(paper) is shown and paper in known else moment)
        for paper, shown in now
    )


def collector_added(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """Somebody was written down."""
    card = card_from_json(data["card"])
    fold.collectors[data["collector"]] = Collector(
        id=data["collector"],
        case=event.case,
        encounter=data["encounter"],
        card=card,
        moment=event.moment,
        document_moments=paper_moments((), (), card.documents, event.moment),
    )


def collector_changed(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """More, or something else, is known of somebody."""
    known = fold.collectors[data["collector"]]
    card = card_from_json(data["card"])
    moments = paper_moments(known.card.documents, known.document_moments, card.documents, event.moment)
    fold.collectors[known.id] = replace(known, card=card, document_moments=moments)
