"""What the contacts page asks of the workflows; tests bring their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from evidencedesk.domain.case import Attachment, Case, CaseFile, CaseSummary, Contact, ContactDetails
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import RulePack
from evidencedesk.intake.offers import Preview


class TakenList(Protocol):
    """What became of a list."""

    @property
    def logged(self) -> tuple[Contact, ...]:
        """The contacts that were taken in."""
        ...

    @property
    def named(self) -> int:
        """How many contacts got a name."""
        ...


class LogServices(Protocol):
    """What logging with one touch needs."""

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def latest_case(self) -> Case | None:
        """Find the case something happened to last."""
        ...

    def open_case(self, title: str) -> Case:
        """Start a case."""
        ...

    def log_contact(self, case_id: str, details: ContactDetails) -> Contact:
        """Store a contact."""
        ...

    def withdraw_contact(self, case_id: str, contact_id: str) -> None:
        """Take a contact back; it stays in the journal."""
        ...


class ContactServices(LogServices, Protocol):
    """All that the page needs."""

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """The rules in use."""
        ...

    def cases(self) -> tuple[CaseSummary, ...]:
        """List every case."""
        ...

    def case_file(self, case_id: str) -> CaseFile:
        """Read everything about a case."""
        ...

    def change_contact(self, case_id: str, contact_id: str, details: ContactDetails) -> None:
        """Store what is known of a contact now."""
        ...

    def link_contact(self, case_id: str, contact_id: str, encounter: str | None) -> None:
        """Say which recorded encounter a contact is about, or none."""
        ...

    def keep_judgements(self, case_id: str) -> None:
        """Put into the journal what did not keep to the rules; slow, called on a thread of the runner."""
        ...

    def judgements(self, case_id: str) -> tuple[Judgement, ...]:
        """Say what the rules in use say of the case; called on the jobs thread."""
        ...

    def attach_to_contact(self, case_id: str, path: Path, contact_id: str) -> Attachment:
        """Take a file in that shows a contact; called on the jobs thread."""
        ...

    def kept_contact_file(self, attachment: Attachment) -> Path:
        """Say where such a file is kept."""
        ...

    def preview_contacts(self, case_id: str, source: Path | str, zone: tzinfo | None) -> Preview:
        """Look at a list; called on the jobs thread."""
        ...

    def take_contacts(self, case_id: str, looked_at: Preview, chosen: Collection[int]) -> TakenList:
        """Keep the list and log what was chosen; called on the jobs thread."""
        ...
