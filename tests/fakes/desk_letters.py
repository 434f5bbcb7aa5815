"""Answers from memory about letters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidencedesk.domain.case import (
    Attachment,
    AttachmentKind,
    CaseFile,
    FollowUp,
    FollowUpDetails,
    Progress,
)
from evidencedesk.domain.errors import Known
from evidencedesk.domain.letter import (
    STEP_OF,
    LetterChoice,
    LetterDraft,
    LetterForm,
    LetterKind,
    LetterLanguage,
    MadeLetter,
    Sender,
)
from evidencedesk.domain.moment import Moment

BREACH = LetterChoice("t-0000t1c2", "22:00 之后的来电（2026-11-19）", "2026年11月19日 22:34:08")
PIECE = LetterChoice("r-0000v1s1", "1-1  录音 1", "录音 1")


@dataclass(kw_only=True)
class FakeLetters:
    """What the pages ask about letters. ``broken`` is what is wrong with the user's own template."""

    if TYPE_CHECKING:
        file: CaseFile

        def _maybe_refuse(self) -> None: ...

        def now(self) -> Moment: ...

    sender: Sender | None = None
    own: set[tuple[LetterKind, str]] = field(default_factory=set)
    broken: Known | None = None
    page: str = ""
    changed_page: str = "<p>改过的信</p>"
    letters_kept: list[tuple[MadeLetter, str | None]] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)

    def draft_letter(self, case_id: str, kind: LetterKind, language: LetterLanguage) -> LetterDraft:
        self._maybe_refuse()
        form = LetterForm(
            kind=kind,
            language=language,
            addressee=self.file.case.creditor,
            subject="关于催收行为的投诉书" if language == "zh" else "Complaint",
            requests="核查上述行为；\n书面告知结果。" if language == "zh" else "look into this;\ntell me.",
            sender=self.sender or Sender(),
            breaches=frozenset({BREACH.id}),
            pieces=frozenset({PIECE.id}),
        )
        return LetterDraft(form, (BREACH,), (PIECE,))

    def make_letter(self, case_id: str, form: LetterForm, *, delivered: bool) -> MadeLetter:
        self._maybe_refuse()
        own = (form.kind, form.language) in self.own and not delivered
        if own and self.broken is not None:
            raise self.broken
        missing = tuple(f"sender_{name}" for name in ("name", "phone") if not getattr(form.sender, name))
        page = self.page or f"<h1>{form.subject}</h1><p class='text'>{form.requests} {form.sender.name}</p>"
        return MadeLetter(form, "投诉书.docx", page.encode(), page, "delivered:zh/x.docx", own, missing)

    def keep_letter(self, case_id: str, made: MadeLetter, follow_up: str | None) -> Attachment:
        self._maybe_refuse()
        self.letters_kept.append((made, follow_up))
        now = self.now()
        if follow_up is None:
            follow_up = f"f-0000let{len(self.letters_kept)}"
            details = FollowUpDetails(
                STEP_OF[made.form.kind],
                now.utc,
                now.offset_minutes,
                whom=made.form.addressee,
                progress=Progress.PLANNED,
            )
            step = FollowUp(follow_up, case_id, None, None, None, None, details, now)
            self.file = replace(self.file, follow_ups=(*self.file.follow_ups, step))
        kept = Attachment(
            f"a-0000let{len(self.letters_kept)}",
            case_id,
            None,
            made.name,
            made.name,
            len(made.content),
            "ab" * 32,
            now,
            follow_up=follow_up,
            kind=AttachmentKind.LETTER,
            template=made.template,
        )
        self.file = replace(self.file, attachments=(*self.file.attachments, kept))
        return kept

    def mark_letter_sent(
        self, case_id: str, follow_up: str, utc: str, offset_minutes: int, receipt: str
    ) -> None:
        self._maybe_refuse()
        steps = tuple(
            replace(
                one,
                details=replace(
                    one.details,
                    done_utc=utc,
                    done_offset_minutes=offset_minutes,
                    receipt=receipt,
                    progress=Progress.DONE,
                ),
            )
            if one.id == follow_up
            else one
            for one in self.file.follow_ups
        )
        self.file = replace(self.file, follow_ups=steps)

    def put_letter_out(self, case_id: str, made: MadeLetter) -> Path:
        self._maybe_refuse()
        return Path("/library/letters/being-changed") / made.name

    def changed_letter(self, case_id: str, made: MadeLetter) -> MadeLetter:
        self._maybe_refuse()
        return replace(made, page=self.changed_page, content=self.changed_page.encode(), missing=())

    def save_letter_copy(self, made: MadeLetter, folder: Path) -> Path:
        self._maybe_refuse()
        self.copies.append(folder / made.name)
        return self.copies[-1]

    def has_own_template(self, kind: LetterKind, language: LetterLanguage) -> bool:
        return (kind, language) in self.own

    def copy_letter_template(self, kind: LetterKind, language: LetterLanguage) -> Path:
        self._maybe_refuse()
        self.own.add((kind, language))
        return Path("/library/letters") / language / f"{kind.value}.docx"

    def set_letter_template_aside(self, kind: LetterKind, language: LetterLanguage) -> None:
        self._maybe_refuse()
        self.own.discard((kind, language))

    def sender_remembered(self) -> bool:
        return self.sender is not None

    def sender_place(self) -> Path:
        return Path("/library/letters/sender.json")

    def remember_sender(self, sender: Sender) -> None:
        self._maybe_refuse()
        self.sender = sender

    def forget_sender(self) -> None:
        self.sender = None
