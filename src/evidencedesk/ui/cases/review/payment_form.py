"""One payment: how much, when, a note, and its receipt."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.case import FollowUp
from evidencedesk.ui.cases.review.files_form import FilesForm
from evidencedesk.ui.cases.review.payments_presenter import Receipt, time_text
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords


class PaymentForm(FilesForm):
    """Three lines, and receipts by choosing, dropping or pasting them.

    Emits:
        kept: amount, date and time, note as they are written.
    """

    kept = Signal(str, str, str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.amount = Field(self, 40)
        self.when = Field(self, 60)
        self.note = Field(self, 1000)
        self.choose_button = PlainButton(icon_name="paperclip", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.keep_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def open(self, payment: FollowUp | None, now: str) -> None:
        """Show one payment, or an empty form with the time of now."""
        self.amount.set_text("" if payment is None else payment.details.amount)
        self.when.set_text(now if payment is None else time_text(payment.details))
        self.note.set_text("" if payment is None else payment.details.answer)
        self.show()
        self.amount.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_receipts(self, receipts: tuple[Receipt, ...], *, recording: bool) -> None:
        """What was given so far; the system's dialog is modal and has to wait for the recording."""
        t = self._words.text
        self.choose_button.setEnabled(not recording)
        names = [one.name if isinstance(one, Path) else t("picture from the clipboard") for one in receipts]
        self._hint.setText(
            t("Receipt: {names}", names=t(", ").join(names))
            if names
            else t("Drop or paste the receipt or a screenshot of it here. It can be added later, too.")
        )

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.amount.set_texts(t("Amount"), "1280.50")
        self.when.set_texts(t("Date and time, as on the receipt"), "2026-11-25 14:30")
        self.note.set_texts(t("Note"), t("to whom and what for; may stay empty"))
        self.choose_button.setText(t("Receipt…"))
        self.keep_button.setText(t("Save"))
        self.leave_button.setText(t("Cancel"))

    @Slot()
    def paste(self) -> None:
        """A picture or files from the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def _connect(self) -> None:
        for field in (self.amount, self.when, self.note):
            field.entered.connect(self._keep_clicked)
            field.edit.installEventFilter(self)
        self.keep_button.clicked.connect(self._keep_clicked)
        self.leave_button.clicked.connect(self.dismissed)
        self.choose_button.clicked.connect(self.choose_clicked)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.amount, 2)
        first.addWidget(self.when, 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.choose_button)
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.keep_button)
        self.column.setSpacing(8)
        self.column.addLayout(first)
        self.column.addWidget(self.note)
        self.column.addWidget(self._hint)
        self.column.addLayout(foot)

    @Slot()
    def _keep_clicked(self) -> None:
        self.kept.emit(self.amount.text, self.when.text, self.note.text)
