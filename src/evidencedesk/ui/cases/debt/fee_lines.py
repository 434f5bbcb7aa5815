"""Fees beside the instalments: a name, a sum, the day it is due; without a day it was taken off at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.debt import Fee
from evidencedesk.intake.bill_cells import read_sum
from evidencedesk.ui.cases.debt.checked_field import CheckedField, read_date
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.words import UiWords


@dataclass(frozen=True, eq=False)
class _Line:
    box: QWidget
    name: Field
    amount: CheckedField
    day: CheckedField


class FeeLines(QWidget):
    """One line for each fee, and a button for one more."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: list[_Line] = []
        self.add_button = PlainButton(icon_name="plus", parent=self)
        self.add_button.make_small()
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(self._column)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        whole.addLayout(foot)
        self.add_button.clicked.connect(self.add_line)

    @property
    def fees(self) -> tuple[Fee, ...]:
        """Those that say something."""
        return tuple(
            Fee(one.name.text.strip(), one.amount.value, one.day.value)
            for one in self._lines
            if one.name.text.strip() or one.amount.text.strip()
        )

    def check(self) -> bool:
        """Whether all of them are right; otherwise each says what is not."""
        told = [one for one in self._lines if one.name.text.strip() or one.amount.text.strip()]
        right = [field.check() for one in told for field in (one.amount, one.day)]
        return all(right)

    def show_fees(self, fees: Sequence[Fee]) -> None:
        """Show other ones."""
        for line in self._lines:
            self._column.removeWidget(line.box)
            line.box.hide()
            line.box.deleteLater()
        self._lines = []
        for fee in fees:
            line = self._added()
            line.name.set_text(fee.name)
            line.amount.set_text(fee.amount)
            line.day.set_text(fee.day)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.add_button.setText(t("A fee…"))
        for number, line in enumerate(self._lines, 1):
            line.name.set_texts(t("Fee {n}", n=number), t("what for"))
            line.amount.set_texts(t("Amount"), "800")
            line.day.set_texts(t("Due on; empty: taken off at once"), "2026-05-10")
            line.amount.set_wrong_text(t("Digits only, such as 1280.50"))
            line.day.set_wrong_text(t("A day, such as 2026-11-25"))

    @Slot()
    def add_line(self) -> None:
        """One more; the keyboard goes there."""
        self._added().name.edit.setFocus()

    def _added(self) -> _Line:
        box = QWidget(self)
        line = _Line(
            box, Field(box, 100), CheckedField(read_sum, box, required=True), CheckedField(read_date, box)
        )
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field in (line.name, line.amount, line.day):
            row.addWidget(field, 1)
        self._lines.append(line)
        self._column.addWidget(box)
        self.retranslate()
        return line
