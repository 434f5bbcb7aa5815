"""The contract as the user reads it: sums, rates, days, fees and instalments."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.debt import DebtTerms
from evidencedesk.domain.money import CHINESE
from evidencedesk.intake.bill_cells import read_sum
from evidencedesk.ui.cases.debt.checked_field import CheckedField, read_date, read_rate
from evidencedesk.ui.cases.debt.fee_lines import FeeLines
from evidencedesk.ui.cases.debt.generator import Generator
from evidencedesk.ui.cases.debt.instalment_table import InstalmentTable
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords


class TermsForm(QWidget):
    """Nothing is required: what is not known stays empty.

    Emits:
        kept: the ``DebtTerms``, when all that is written is understood.
        dismissed: the user changed their mind.
    """

    kept = Signal(object)
    dismissed = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.principal = CheckedField(read_sum, self)
        self.received = CheckedField(read_sum, self)
        self.received_on = CheckedField(read_date, self)
        self.currency = Field(self, 12)
        self.yearly_rate = CheckedField(read_rate, self)
        self.overdue_rate = CheckedField(read_rate, self)
        self.remarks = Field(self, 2000)
        self.fees = FeeLines(words, self)
        self._instalments = TextLabel(tone="strong", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.monthly = Fold(self)
        self.generator = Generator(words, self.monthly)
        self.monthly.column.addWidget(self.generator)
        self.table = InstalmentTable(words, self)
        self.remove_button = PlainButton(parent=self)
        self.remove_button.make_small()
        self.keep_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        self._lay_out()
        self.monthly.button.clicked.connect(self._propose)
        self.generator.filled.connect(self.table.lines.show)
        self.remove_button.clicked.connect(self._remove_line)
        self.keep_button.clicked.connect(self._keep)
        self.leave_button.clicked.connect(self.dismissed)
        for field in (*self._checked, self.currency, self.remarks):
            field.entered.connect(self._keep)
        self.retranslate()

    def open(self, terms: DebtTerms | None) -> None:
        """Show a contract, or an empty form."""
        known = terms or DebtTerms()
        self.principal.set_text(known.principal)
        self.received.set_text(known.received)
        self.received_on.set_text(known.received_on)
        self.currency.set_text(known.currency or CHINESE)
        self.yearly_rate.set_text(known.yearly_rate)
        self.overdue_rate.set_text(known.overdue_rate)
        self.remarks.set_text(known.remarks)
        self.fees.show_fees(known.fees)
        self.table.lines.show(known.instalments)
        self.monthly.set_open(opened=not known.instalments)
        for field in self._checked:
            field.forget()
        self._propose()
        self.principal.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.principal.set_texts(t("Sum of the contract"), "10000")
        self.received.set_texts(t("Received"), t("what arrived"))
        self.received_on.set_texts(t("Received on"), "2026-04-10")
        self.currency.set_texts(t("Currency"), CHINESE)
        self.yearly_rate.set_texts(t("Rate a year, %"), "24")
        self.overdue_rate.set_texts(t("Overdue rate a day, %"), "0.05")
        self.remarks.set_texts(t("Remarks"), t("may stay empty"))
        for field in (self.principal, self.received, self.yearly_rate, self.overdue_rate):
            field.set_wrong_text(t("Digits only, such as 1280.50"))
        self.received_on.set_wrong_text(t("A day, such as 2026-11-25"))
        self._instalments.setText(t("Instalments"))
        self._hint.setText(
            t("Type into the cells; Tab goes on, Delete empties a cell, Ctrl+Delete takes the line out.")
        )
        self.monthly.button.setText(t("The same every month…"))
        self.remove_button.setText(t("Take the line out"))
        self.keep_button.setText(t("Save the contract"))
        self.leave_button.setText(t("Cancel"))
        self.fees.retranslate()
        self.generator.retranslate()
        self.table.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    @property
    def _checked(self) -> tuple[CheckedField, ...]:
        return self.principal, self.received, self.received_on, self.yearly_rate, self.overdue_rate

    @Slot()
    def _propose(self) -> None:
        self.generator.propose(self.principal.value, self.yearly_rate.value, self.currency.text.strip())

    @Slot()
    def _remove_line(self) -> None:
        self.table.lines.remove(self.table.currentIndex().row())

    @Slot()
    def _keep(self) -> None:
        right = [field.check() for field in self._checked]
        if not self.fees.check() or not all(right):
            wrong = next((field for field, fine in zip(self._checked, right, strict=True) if not fine), None)
            if wrong is not None:
                wrong.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.table.lines.wrong is not None:
            self.table.show_wrong()
            return
        self.kept.emit(
            DebtTerms(
                principal=self.principal.value,
                received=self.received.value,
                received_on=self.received_on.value,
                currency=self.currency.text.strip() or CHINESE,
                yearly_rate=self.yearly_rate.value,
                overdue_rate=self.overdue_rate.value,
                fees=self.fees.fees,
                instalments=self.table.lines.instalments,
                remarks=self.remarks.text,
            )
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        places = (
            (self.principal, self.received, self.received_on),
            (self.yearly_rate, self.overdue_rate, self.currency),
        )
        for row, fields in enumerate(places):
            for place, field in enumerate(fields):
                grid.addWidget(field, row, place, Qt.AlignmentFlag.AlignTop)
                grid.setColumnStretch(place, 1)
        heading = QHBoxLayout()
        heading.addWidget(self._instalments)
        heading.addStretch(1)
        heading.addWidget(self.remove_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addWidget(self.fees)
        column.addLayout(heading)
        for widget in (self.monthly, self.table, self._hint, self.remarks):
            column.addWidget(widget)
        column.addLayout(foot)
