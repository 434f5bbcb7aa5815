"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from evidencedesk.domain.case import Attachment, TakenIn
from evidencedesk.domain.letter import (
    LetterDraft,
    LetterForm,
    LetterKind,
    LetterLanguage,
    MadeLetter,
    Sender,
)
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Caution, Topic


class LettersServices(Protocol):
    """Letters made from the case."""

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def cautions(self, topic: Topic) -> tuple[Caution, ...]:
        """What the rules in use say to be careful with."""
        ...

    def kept_file(self, kept: TakenIn) -> Path:
        """Where a file of the case is kept."""
        ...

    def draft_letter(self, case_id: str, kind: LetterKind, language: LetterLanguage) -> LetterDraft:
        """A letter with its fields as delivered, and what can go in; called on the jobs thread."""
        ...

    def make_letter(self, case_id: str, form: LetterForm, *, delivered: bool) -> MadeLetter:
        """Fill the template; called on the jobs thread."""
        ...

    def keep_letter(self, case_id: str, made: MadeLetter, follow_up: str | None) -> Attachment:
        """Put a letter into the case, with its step, a new one where none is named."""
        ...

    def mark_letter_sent(
        self, case_id: str, follow_up: str, utc: str, offset_minutes: int, receipt: str
    ) -> None:
        """The user has sent it or handed it in."""
        ...

    def put_letter_out(self, case_id: str, made: MadeLetter) -> Path:
        """Write it where another program can change it."""
        ...

    def changed_letter(self, case_id: str, made: MadeLetter) -> MadeLetter:
        """The letter as another program left it; called on the jobs thread."""
        ...

    def save_letter_copy(self, made: MadeLetter, folder: Path) -> Path:
        """Write a copy into a folder, never over another file."""
        ...

    def has_own_template(self, kind: LetterKind, language: LetterLanguage) -> bool:
        """Whether the user has a template of their own for it."""
        ...

    def copy_letter_template(self, kind: LetterKind, language: LetterLanguage) -> Path:
        """Make a template of the user's own, or name the one there is."""
        ...

    def set_letter_template_aside(self, kind: LetterKind, language: LetterLanguage) -> None:
        """Use the delivered one again; the user's own stays beside."""
        ...

    def sender_remembered(self) -> bool:
        """Whether the user's own data are kept for the next letter."""
        ...

    def sender_place(self) -> Path:
        """Where they are kept, or would be."""
        ...

    def remember_sender(self, sender: Sender) -> None:
        """Keep them for the next letter."""
        ...

    def forget_sender(self) -> None:
        """Keep them no longer."""
        ...
