"""The workflows that the pages ask for about letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evidencedesk.domain.case import Attachment
from evidencedesk.domain.letter import (
    LetterDraft,
    LetterForm,
    LetterKind,
    LetterLanguage,
    MadeLetter,
    Sender,
)
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.letters.desk_of_letters import (
    changing_file,
    copy_template,
    forget_sender,
    own_template,
    put_out,
    read_changed,
    remember_sender,
    remembered_sender,
    sender_file,
    set_template_aside,
)
from evidencedesk.workflows.letters.keep_letter import keep_letter, mark_sent, save_copy
from evidencedesk.workflows.letters.make_letter import draft_letter, make_letter, shown_letter


class LettersOnDesk:
    """Everything about letters, on one desk."""

    _desk: Desk

    def draft_letter(self, case_id: str, kind: LetterKind, language: LetterLanguage) -> LetterDraft:
        """A letter with its fields as delivered, and what can go in."""
        return draft_letter(self._desk, case_id, kind, language)

    def make_letter(self, case_id: str, form: LetterForm, *, delivered: bool) -> MadeLetter:
        """Fill the template."""
        return make_letter(self._desk, case_id, form, delivered=delivered)

    def keep_letter(self, case_id: str, made: MadeLetter, follow_up: str | None) -> Attachment:
        """Put a letter into the case, with its step."""
        return keep_letter(self._desk, case_id, made, follow_up)

    def mark_letter_sent(
        self, case_id: str, follow_up: str, utc: str, offset_minutes: int, receipt: str
    ) -> None:
        """The user has sent it or handed it in."""
        mark_sent(self._desk, case_id, follow_up, utc, offset_minutes, receipt)

    def put_letter_out(self, case_id: str, made: MadeLetter) -> Path:
        """Write it where another program can change it."""
        path = changing_file(self._desk, case_id, made.form)
        return put_out(self._desk, path, made.content)

    def changed_letter(self, case_id: str, made: MadeLetter) -> MadeLetter:
        """The letter as another program left it."""
        path = changing_file(self._desk, case_id, made.form)
        content = read_changed(path)
        page = shown_letter(content, path.name)
        return replace(made, content=content, page=page, missing=())

    def save_letter_copy(self, made: MadeLetter, folder: Path) -> Path:
        """Write a copy into a folder."""
        return save_copy(made.name, made.content, folder)

    def has_own_template(self, kind: LetterKind, language: LetterLanguage) -> bool:
        """Whether the user has a template of their own for it."""
        return own_template(self._desk, kind, language).is_file()

    def copy_letter_template(self, kind: LetterKind, language: LetterLanguage) -> Path:
        """Make a template of the user's own, or name the one there is."""
        return copy_template(self._desk, kind, language)

    def set_letter_template_aside(self, kind: LetterKind, language: LetterLanguage) -> None:
        """Use the delivered one again."""
        set_template_aside(self._desk, kind, language)

    def sender_remembered(self) -> bool:
        """Whether the user's own data are kept."""
        return remembered_sender(self._desk) != Sender()

    def sender_place(self) -> Path:
        """Where they are kept."""
        return sender_file(self._desk)

    def remember_sender(self, sender: Sender) -> None:
        """Keep them for the next letter."""
        remember_sender(self._desk, sender)

    def forget_sender(self) -> None:
        """Keep them no longer."""
        forget_sender(self._desk)
