"""The workflows that the cards of the people ask for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.domain.case import Attachment, CollectorCard, Document, FollowUp, FollowUpDetails
from evidencedesk.domain.sighting import Sighting
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.private_temp import private_folder
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.check_card import card_remarks
from evidencedesk.workflows.describe_encounter import describe_encounter
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_follow_up import change_follow_up, log_follow_up, withdraw_follow_up
from evidencedesk.workflows.open_case import change_case
from evidencedesk.workflows.recognise_collector import recognise


class PeopleOnDesk:
    """Everything about people, on one desk."""

    _desk: Desk

    def card_remarks(self, card: CollectorCard, day: date) -> tuple[CardRemark, ...]:
        """What is worth a second look on a card that was filled in on this local day."""
        return card_remarks(card, day)

    def recognise(self, card: CollectorCard, but_not: str) -> tuple[Sighting, ...]:
        """Where this person, number or plate stands already."""
        return recognise(self._desk, card, but_not=but_not)

    def attach_photo(
        self, case_id: str, encounter: str, path: Path, collector: str, document: Document | None
    ) -> Attachment:
        """Take a photo in, bit for bit."""
        return attach_file(self._desk, case_id, path, encounter, collector=collector, document=document)

    def attach_picture(
        self, case_id: str, encounter: str, name: str, data: bytes, collector: str, document: Document | None
    ) -> Attachment:
        """Take in a picture that is no file yet."""
        # For this user only, and gone again: what is kept is the copy in the library.
        try:
            with private_folder() as folder:
                path = folder / name
                path.write_bytes(data)
                return self.attach_photo(case_id, encounter, path, collector, document)
        except OSError as error:
            raise disk_failure(error, Path(str(error.filename or name))) from error

    def describe_encounter(
        self,
        case_id: str,
        encounter: str,
        present: int | None,
        agreed: bool | None,  # noqa: FBT001 - yes, no, or nobody said
    ) -> None:
        """Store how many came, and whether the time was agreed."""
        describe_encounter(self._desk, case_id, encounter, present, agreed)

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
        return log_follow_up(self._desk, case_id, details, encounter, recording, at_ms, collector)

    def change_follow_up(self, case_id: str, follow_up_id: str, details: FollowUpDetails) -> None:
        """Store what is known of a step now."""
        change_follow_up(self._desk, case_id, follow_up_id, details)

    def withdraw_follow_up(self, case_id: str, follow_up_id: str) -> None:
        """Take a step back."""
        withdraw_follow_up(self._desk, case_id, follow_up_id)

    def attach_to_follow_up(self, case_id: str, path: Path, follow_up_id: str) -> Attachment:
        """Take a file in that belongs to a step."""
        return attach_file(self._desk, case_id, path, follow_up=follow_up_id)

    def change_hotline(self, case_id: str, number: str) -> None:
        """Store the platform's own number."""
        change_case(self._desk, case_id, hotline=number)
