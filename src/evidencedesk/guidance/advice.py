"""What an author should look at in a pack that has no mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidencedesk.domain.rules import Confidence, RulePack


class Advice(StrEnum):
    """What it is about."""

    REVIEW_PASSED = "review-passed"
    NO_SAY = "no-say"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class PackWarning:
    """One thing to look at, its place in the file, and the item, day or number it is about."""

    advice: Advice
    where: str = ""
    item: str = ""
    day: str = ""
    count: int = 0


def pack_warnings(pack: RulePack, today: date) -> tuple[PackWarning, ...]:
    """Everything an author should look at, in the order of the file."""
    found = []
    if pack.review_by is not None and pack.review_by < today:
        found.append(PackWarning(Advice.REVIEW_PASSED, "review_by", day=pack.review_by.isoformat()))
    found += [
        PackWarning(Advice.NO_SAY, f"items[{number}]", item=item.id)
        for number, item in enumerate(pack.items, start=1)
        if item.say is None
    ]
    reported = _reported(pack)
    if reported:
        found.append(PackWarning(Advice.REPORTED, count=reported))
    return tuple(found)


def _reported(pack: RulePack) -> int:
    """How many sources and facts of a pack nobody could read for themselves."""
    sources = [source for item in pack.items for source in item.sources]
    sources += [source for caution in pack.cautions for source in caution.sources]
    sources += [source for deadline in pack.deadlines for source in deadline.sources]
    if pack.consent is not None:
        sources += pack.consent.sources
    confidences = [source.confidence for source in sources]
    confidences += [hotline.confidence for hotline in pack.hotlines]
    confidences += [sender.confidence for sender in pack.senders]
    return confidences.count(Confidence.REPORTED)
