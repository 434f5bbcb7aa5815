"""The letters that are made already: when, for which step, whether they went out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.cases.letters.presenter import KeptLetter, LettersState
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.words import UiWords


class MadeRow(Card):
    """One letter; emits ``open_clicked`` and ``sent_given`` with step, time and receipt."""

    open_clicked = Signal(str)
    sent_given = Signal(str, str, str)

    def __init__(self, kept: KeptLetter, words: UiWords, now: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.kept = kept
        self.name = TextLabel(kept.attachment.name, "strong", self, wrap=True)
        self.about = TextLabel(tone="sub", parent=self, wrap=True)
        self.state = Pill(parent=self)
        self.open = PlainButton(icon_name="external-link", parent=self)
        self.tell = PlainButton(icon_name="check", parent=self)
        self.form = QWidget(self)
        self.when = Field(self.form, 60)
        self.when.set_text(now)
        self.receipt = Field(self.form, 200)
        self.save = PrimaryButton(parent=self.form)
        self.form.hide()
        self._lay_out()
        self.open.clicked.connect(self._open)
        self.tell.clicked.connect(self._tell)
        self.save.clicked.connect(self._save)
        for field in (self.when, self.receipt):
            field.entered.connect(self._save)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t, step = self._words.text, self.kept.step
        moment = self.kept.attachment.moment.local
        about = [t("Made on {time}", time=f"{moment:%Y-%m-%d %H:%M}")]
        if step is not None:
            about.append(t("to {whom}", whom=step.details.whom) if step.details.whom else "")
            if self.kept.sent:
                about.append(t("sent or handed in on {day}", day=step.details.done_utc[:10]))
            if step.details.receipt:
                about.append(t("receipt no. {number}", number=step.details.receipt))
        self.about.setText(" · ".join(part for part in about if part))
        if self.kept.sent:
            self.state.show_text(t("Sent"), "ok")
        else:
            self.state.show_text(t("Not sent yet"), "warn")
        self.open.setText(t("Open or print"))
        self.tell.setText(t("I have sent it…"))
        self.tell.setVisible(step is not None)
        self.when.set_texts(t("When"), "2026-11-25 14:30")
        self.receipt.set_texts(t("Receipt or tracking number"), t("may stay empty"))
        self.save.setText(t("Save"))
        for button in (self.open, self.tell):
            button.setAccessibleName(f"{button.text()}: {self.kept.attachment.name}")

    def _open(self) -> None:
        self.open_clicked.emit(self.kept.attachment.id)

    def _tell(self) -> None:
        self.form.setVisible(self.form.isHidden())
        if not self.form.isHidden():
            self.when.edit.setFocus()

    def _save(self) -> None:
        if self.kept.step is not None:
            self.sent_given.emit(self.kept.step.id, self.when.text, self.receipt.text)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.state)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.open)
        buttons.addWidget(self.tell)
        buttons.addStretch(1)
        form = QHBoxLayout(self.form)
        form.setContentsMargins(0, 8, 0, 0)
        form.addWidget(self.when, 2)
        form.addWidget(self.receipt, 3)
        form.addWidget(self.save)
        self.column.setSpacing(6)
        self.column.addLayout(head)
        self.column.addWidget(self.about)
        self.column.addLayout(buttons)
        self.column.addWidget(self.form)


class MadeList(VerticalScroll):
    """All of them, the latest first."""

    open_clicked = Signal(str)
    sent_given = Signal(str, str, str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._letters: tuple[KeptLetter, ...] = ()
        self.title = SectionTitle(parent=self.body)
        self.notice = TextLabel(tone="sub", parent=self.body, wrap=True)
        self.empty = EmptyState("mail", self.body)
        self.rows: list[MadeRow] = []
        self.column.setContentsMargins(2, 0, 12, 12)
        self.column.setSpacing(10)
        for widget in (self.title, self.notice, self.empty):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def show_state(self, state: LettersState, now: str) -> None:
        """Show the letters of a case; a form that is open stays while they are the same."""
        if state.letters == self._letters:
            self.empty.setVisible(not self._letters)
            return
        self._letters = state.letters
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [MadeRow(one, self._words, now, self.body) for one in state.letters]
        for place, row in enumerate(self.rows):
            row.open_clicked.connect(self.open_clicked)
            row.sent_given.connect(self.sent_given)
            self.column.insertWidget(3 + place, row)
        self.empty.setVisible(not self.rows)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.title.setText(t("Letters of this case"))
        self.notice.setText(
            t(
                "Choose a letter on the left. It is filled from what is recorded here; "
                "what is not known stays blank. Nothing is sent by this program."
            )
        )
        self.empty.set_texts(
            t("No letter is made yet"),
            t("A letter that you keep stands here, with its step and its receipt."),
        )
        for row in self.rows:
            row.retranslate()
