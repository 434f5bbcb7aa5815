"""What the cards of the people ask of the workflows; tests bring their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.domain.case import Attachment, CollectorCard, Document, FollowUp, FollowUpDetails, TakenIn
from evidencedesk.domain.rules import RulePack
from evidencedesk.domain.sighting import Sighting


class PeopleServices(Protocol):
    """Photos, recognition, checks of numbers, and what else stands on a card."""

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """All rules in use."""
        ...

    def card_remarks(self, card: CollectorCard, day: date) -> tuple[CardRemark, ...]:
        """What is worth a second look on a card that is filled in on a local day; quick."""
        ...

    def recognise(self, card: CollectorCard, but_not: str) -> tuple[Sighting, ...]:
        """Where this person, number or plate stands already; called on a thread of the runner."""
        ...

    def attach_photo(
        self, case_id: str, encounter: str, path: Path, collector: str, document: Document | None
    ) -> Attachment:
        """Take a photo in, bit for bit; called on a thread of the runner; raises a Known error."""
        ...

    def attach_picture(
        self, case_id: str, encounter: str, name: str, data: bytes, collector: str, document: Document | None
    ) -> Attachment:
        """Take in a picture that is no file yet; called on a thread of the runner; raises a Known error."""
        ...

    def kept_place(self, kept: TakenIn) -> Path:
        """Where a file taken in is kept, sealed or not."""
        ...

    def describe_encounter(
        self,
        case_id: str,
        encounter: str,
        present: int | None,
        agreed: bool | None,  # noqa: FBT001 - yes, no, or nobody said
    ) -> None:
        """Store how many came, and whether the time was agreed."""
        ...

    def log_follow_up(
        self,
        case_id: str,
        details: FollowUpDetails,
        encounter: str | None = None,
        recording: str | None = None,
        at_ms: int | None = None,
        collector: str | None = None,
    ) -> FollowUp:
        """Store a step of the user's."""
        ...

    def change_follow_up(self, case_id: str, follow_up_id: str, details: FollowUpDetails) -> None:
        """Store what is known of a step now."""
        ...

    def withdraw_follow_up(self, case_id: str, follow_up_id: str) -> None:
        """Take a step back."""
        ...
