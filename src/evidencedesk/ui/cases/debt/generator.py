"""The same every month: fills the table from a sum, a rate, a number and a first day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.loan_schedule import MOST_INSTALMENTS, Way, schedule
from evidencedesk.domain.money import NOTHING, number
from evidencedesk.intake.bill_cells import read_sum
from evidencedesk.ui.cases.debt.checked_field import CheckedField, read_date, read_rate
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_WAYS = {
    Way.ANNUITY: mark("Equal instalments (annuity)"),
    Way.EQUAL_PRINCIPAL: mark("Equal shares of principal"),
    Way.SAME_AMOUNT: mark("I know the amount of each"),
}
_MOST_DIGITS = 4


class Generator(Inset):
    """Emits ``filled`` with the instalments."""

    filled = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._currency = ""
        self.ways = ChoiceChips([Segment(way.value) for way in Way], self)
        self.ways.set_current(Way.ANNUITY.value)
        self.amount = CheckedField(read_sum, self, required=True)
        self.rate = CheckedField(read_rate, self)
        self.count = CheckedField(_read_count, self, required=True)
        self.first = CheckedField(read_date, self, required=True)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.fill_button = PlainButton(parent=self)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        for field in self._fields:
            fields.addWidget(field, 1)
            field.entered.connect(self._fill)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.fill_button)
        self.column.setSpacing(8)
        self.column.addWidget(self.ways)
        self.column.addLayout(fields)
        self.column.addLayout(foot)
        self.ways.clicked.connect(self._way_chosen)
        self.fill_button.clicked.connect(self._fill)
        self.retranslate()

    def propose(self, principal: str, rate: str, currency: str) -> None:
        """Take over what stands in the form already."""
        self._currency = currency
        if not self.amount.text and self.ways.current != Way.SAME_AMOUNT.value:
            self.amount.set_text(principal)
        if not self.rate.text:
            self.rate.set_text(rate)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        same = self.ways.current == Way.SAME_AMOUNT.value
        for way, msgid in _WAYS.items():
            self.ways.set_label(way.value, t(msgid))
        self.amount.set_texts(t("Each instalment") if same else t("Sum of the loan"), "10000")
        self.rate.set_texts(t("Rate a year, %"), "24")
        self.count.set_texts(t("How many"), "12")
        self.first.set_texts(t("First due on"), "2026-05-10")
        self.rate.setVisible(not same)
        sum_wrong = t("Digits only, such as 1280.50")
        self.amount.set_wrong_text(sum_wrong)
        self.rate.set_wrong_text(sum_wrong)
        self.count.set_wrong_text(t("A whole number up to {most}", most=MOST_INSTALMENTS))
        self.first.set_wrong_text(t("A day, such as 2026-11-25"))
        self._hint.setText(t("What stands in the table is replaced; each line can be changed afterwards."))
        self.fill_button.setText(t("Fill the table"))

    @property
    def _fields(self) -> tuple[CheckedField, ...]:
        return self.amount, self.rate, self.count, self.first

    @Slot(str)
    def _way_chosen(self, way: str) -> None:
        self.ways.set_current(way)
        self.retranslate()

    @Slot()
    def _fill(self) -> None:
        if not all([field.check() for field in self._fields]):  # noqa: C419 - each has to say what is wrong
            return
        made = schedule(
            Way(self.ways.current),
            number(self.amount.value) or Decimal(0),
            number(self.rate.value) or NOTHING,
            int(self.count.value),
            date.fromisoformat(self.first.value),
            self._currency,
        )
        self.filled.emit(made)


def _read_count(text: str) -> str | None:
    plain = text.strip()
    if not plain:
        return ""
    fits = plain.isascii() and plain.isdecimal() and len(plain) <= _MOST_DIGITS
    return plain if fits and 0 < int(plain) <= MOST_INSTALMENTS else None
