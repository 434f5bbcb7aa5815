"""A sum that somebody demanded: how much, who, when, and what shows it; parts where they named them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone, tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile, Mode
from evidencedesk.domain.debt import Claim, ClaimDetails
from evidencedesk.domain.moment import local_text, parse_utc
from evidencedesk.domain.shows import NOTHING_SHOWS, Shows
from evidencedesk.intake.bill_cells import read_sum
from evidencedesk.intake.times import place, read_time
from evidencedesk.ui.cases.debt.checked_field import CheckedField
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.records import contact_text

_MOST_OFFERED = 200


class ClaimForm(Inset):
    """Emits ``kept`` with ``ClaimDetails`` and ``Shows``, and ``dismissed``."""

    kept = Signal(object, object)
    dismissed = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._before: ClaimDetails | None = None
        self._times: dict[int, str] = {}
        self._when_is_mine = False
        self.amount = CheckedField(read_sum, self, required=True)
        self.by = Field(self, 200)
        self.when = CheckedField(_read_when, self, required=True)
        self._shows_label = TextLabel(tone="faint", parent=self)
        self.shows = ElidedComboBox(self)
        self.shows.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.more = Fold(self)
        self.principal = CheckedField(read_sum, self.more)
        self.interest = CheckedField(read_sum, self.more)
        self.fees = CheckedField(read_sum, self.more)
        self.penalty = CheckedField(read_sum, self.more)
        self.text = Field(self.more, 2000)
        self.keep_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        self._lay_out()
        for field in (*self._checked, self.by, self.text):
            field.entered.connect(self._keep)
        self.when.edit.textEdited.connect(self._when_edited)
        self.shows.activated.connect(self._shows_chosen)
        self.keep_button.clicked.connect(self._keep)
        self.leave_button.clicked.connect(self.dismissed)
        self.retranslate()

    def open(self, claim: Claim | None, case_file: CaseFile, now: str) -> None:
        """Show one claim, or an empty form with the time of now and whoever claimed last."""
        details = None if claim is None else claim.details
        self._before = details
        self._when_is_mine = claim is not None
        stands = [one for one in case_file.claims if not one.withdrawn]
        last = max(stands, key=lambda one: one.details.claimed_utc, default=None)
        self.amount.set_text("" if details is None else details.amount)
        self.by.set_text(details.by if details is not None else last.details.by if last is not None else "")
        self.when.set_text(now if details is None else _time_text(details))
        for field, value in (
            (self.principal, "" if details is None else details.principal),
            (self.interest, "" if details is None else details.interest),
            (self.fees, "" if details is None else details.fees),
            (self.penalty, "" if details is None else details.penalty),
            (self.text, "" if details is None else details.text),
        ):
            field.set_text(value)
        self.more.set_open(opened=any(one.text for one in self._in_fold))
        for field in self._checked:
            field.forget()
        for widget in (self.shows, self._shows_label):
            widget.setVisible(claim is None)
        self._offer(case_file)
        self.show()
        self.amount.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.amount.set_texts(t("They ask"), "18600")
        self.by.set_texts(t("Who"), t("name, company or number"))
        self.when.set_texts(t("When"), "2026-11-25 14:30")
        self._shows_label.setText(t("What shows it"))
        self.shows.setAccessibleName(t("What shows it"))
        if self.shows.count():
            self.shows.setItemText(0, t("nothing yet"))
        self.more.button.setText(t("Parts and words…"))
        self.principal.set_texts(t("of it principal"), "")
        self.interest.set_texts(t("of it interest"), "")
        self.fees.set_texts(t("of it fees"), "")
        self.penalty.set_texts(t("of it penalty"), "")
        self.text.set_texts(t("What they said"), t("may stay empty"))
        for field in self._checked:
            field.set_wrong_text(t("Digits only, such as 1280.50"))
        self.when.set_wrong_text(t("Day and time, such as 2026-11-25 14:30"))
        self.keep_button.setText(t("Save"))
        self.leave_button.setText(t("Cancel"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    @property
    def _in_fold(self) -> tuple[Field, ...]:
        return self.principal, self.interest, self.fees, self.penalty, self.text

    @property
    def _checked(self) -> tuple[CheckedField, ...]:
        return self.amount, self.when, self.principal, self.interest, self.fees, self.penalty

    def _offer(self, case_file: CaseFile) -> None:
        """Everything of the case that may show it, the latest first."""
        t, words = self._words.text, self._words.words
        self.shows.clear()
        self._times = {}
        self.shows.addItem(t("nothing yet"), NOTHING_SHOWS)
        for encounter in reversed(case_file.encounters[-_MOST_OFFERED:]):
            when = local_text(encounter.opened.utc, encounter.opened.offset_minutes)[:16]
            said = t("call of {when}", when=when)
            said = said if encounter.mode is Mode.CALL else t("visit of {when}", when=when)
            self._add(said, Shows(encounter=encounter.id), when)
        contacts = [one for one in case_file.contacts if not one.withdrawn]
        contacts.sort(key=lambda one: one.details.begun_utc, reverse=True)
        for contact in contacts[:_MOST_OFFERED]:
            when = local_text(contact.details.begun_utc, contact.details.begun_offset_minutes)[:16]
            self._add(f"{when} · {contact_text(words, contact.details)}", Shows(contact=contact.id), when)
        for kept in reversed(case_file.taken_in[-_MOST_OFFERED:]):
            self._add(t("file: {name}", name=kept.name), Shows(attachment=kept.id), "")
        for person in reversed(case_file.collectors[-_MOST_OFFERED:]):
            name = person.card.name or person.card.organisation or t("Name not given")
            self._add(t("said by {name}", name=name), Shows(person.encounter, person.id), "")

    def _add(self, said: str, shows: Shows, when: str) -> None:
        self._times[self.shows.count()] = when
        self.shows.addItem(said, shows)

    @Slot()
    def _when_edited(self) -> None:
        self._when_is_mine = True

    @Slot(int)
    def _shows_chosen(self, index: int) -> None:
        """What shows it knows when it was, too."""
        when = self._times.get(index, "")
        if when and not self._when_is_mine:
            self.when.set_text(when)

    @Slot()
    def _keep(self) -> None:
        right = [field.check() for field in self._checked]
        if not all(right):
            wrong = next(field for field, fine in zip(self._checked, right, strict=True) if not fine)
            if wrong in self._in_fold:
                self.more.set_open(opened=True)
            wrong.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        shows = self.shows.currentData() if self._before is None else NOTHING_SHOWS
        self.kept.emit(self._written(), shows)

    def _written(self) -> ClaimDetails:
        before = self._before
        if before is not None and self.when.text.strip() == _time_text(before):
            utc, offset = before.claimed_utc, before.claimed_offset_minutes
        else:
            found = read_time(self.when.text)
            if found.value is None:
                raise ValueError(self.when.text)
            placed = place(found.value, None if before is None else _zone_of(before))
            utc, offset = placed.utc, placed.offset_minutes
        return replace(
            before or ClaimDetails("", utc, offset),
            amount=self.amount.value,
            claimed_utc=utc,
            claimed_offset_minutes=offset,
            by=self.by.text,
            principal=self.principal.value,
            interest=self.interest.value,
            fees=self.fees.value,
            penalty=self.penalty.value,
            text=self.text.text,
        )

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.amount, 2, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.by, 3, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.when, 3, Qt.AlignmentFlag.AlignTop)
        parts = QGridLayout()
        parts.setHorizontalSpacing(8)
        parts.setVerticalSpacing(8)
        for number, field in enumerate((self.principal, self.interest, self.fees, self.penalty)):
            parts.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        self.more.column.addLayout(parts)
        self.more.column.addWidget(self.text)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.keep_button)
        self.column.setSpacing(8)
        self.column.addLayout(first)
        self.column.addWidget(self._shows_label)
        self.column.addWidget(self.shows)
        self.column.addWidget(self.more)
        self.column.addLayout(foot)


def _read_when(text: str) -> str | None:
    if not text.strip():
        return ""
    return text.strip() if read_time(text).value is not None else None


def _time_text(details: ClaimDetails) -> str:
    return local_text(details.claimed_utc, details.claimed_offset_minutes)[:16]


def _zone_of(details: ClaimDetails) -> tzinfo | None:
    """The zone here, or the claim's own offset where it was made at a place with another time."""
    own = timezone(timedelta(minutes=details.claimed_offset_minutes))
    kept = parse_utc(details.claimed_utc)
    return None if kept.astimezone().utcoffset() == kept.astimezone(own).utcoffset() else own
