"""A bill that was read: what each column is, what was understood and what not; then it is taken, or left."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.intake.bills import BillColumn, BillPayment, BillTable, ReadBill
from evidencedesk.ui.cases.debt.instalment_table import InstalmentTable
from evidencedesk.ui.cases.debt.presenter import BillState, DebtPresenter
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.bill_words import column_text, trouble_text
from evidencedesk.wording.debt_figures import money_text
from evidencedesk.wording.errors import describe

_MOST_REFUSED = 30
_EXAMPLES = 3


class BillPanel(QWidget):
    """Nothing is kept before the button is touched."""

    def __init__(self, presenter: DebtPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._shown: object = None
        self._columns_of: object = None
        self._name = TextLabel(tone="strong", parent=self, wrap=True)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.columns: list[QComboBox] = []
        self.payments: list[QCheckBox] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._summary = TextLabel(tone="strong", parent=self, wrap=True)
        self.table = InstalmentTable(words, self, read_only=True)
        self._more = QVBoxLayout()
        self._more.setSpacing(6)
        self.take_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._name)
        column.addWidget(self._hint)
        column.addLayout(self._grid)
        column.addWidget(self._summary)
        column.addWidget(self.table)
        column.addLayout(self._more)
        column.addLayout(foot)
        self.take_button.clicked.connect(presenter.take_bill)
        self.leave_button.clicked.connect(presenter.leave_bill)

    def show_bill(self, bill: BillState, *, busy: bool) -> None:
        """Show what was read, with the columns as they stand."""
        t = self._words.text
        self.take_button.setEnabled(bill.read is not None and not busy)
        shown = (bill, self._words.words)
        if shown == self._shown:
            return
        self._shown = shown
        table = bill.preview.table
        self._name.setText(f"{table.name} · {table.sheet}" if table.sheet else table.name)
        self._hint.setText(
            t(
                "Look whether each column is what the list says. Instalments that were entered before are "
                "replaced; the file itself is kept as a bill, as it is."
            )
        )
        self._show_columns(bill)
        self.table.retranslate()
        self.leave_button.setText(t("Leave it"))
        empty_layout(self._more)
        self.payments = []
        self.table.setVisible(bill.read is not None)
        self.take_button.setText(t("Take in"))
        if bill.read is None:
            said = None if bill.trouble is None else describe(self._words.words, bill.trouble)
            self._summary.setText("" if said is None else f"{said.what} {said.next}")
            return
        self._show_read(bill, bill.read)

    def _show_read(self, bill: BillState, read: ReadBill) -> None:
        t, count = self._words.text, len(read.instalments)
        total = sum((Decimal(one.amount) for one in read.instalments), Decimal(0))
        self._summary.setText(
            self._words.plural(
                "{n} instalment understood, together {sum}",
                "{n} instalments understood, together {sum}",
                count,
                sum=money_text(total, self._currency),
            )
        )
        self.table.lines.show(read.instalments)
        self.take_button.setText(
            self._words.plural("Take in {n} instalment", "Take in {n} instalments", count)
        )
        if read.payments:
            said = t("The bill says that these were paid. Tick what you want among your payments.")
            self._more.addWidget(paragraph(said, "sub", self))
        for payment in read.payments:
            self._more.addWidget(self._offer(payment, ticked=payment.line in bill.payments))
        if read.refused:
            fold = Fold(self)
            fold.button.setText(t("Lines not taken: {n}", n=len(read.refused)))
            for one in read.refused[:_MOST_REFUSED]:
                why = trouble_text(self._words.words, one.trouble.value)
                line = t("line {line}: {why} – {text}", line=one.line, why=why, text=one.text)
                fold.column.addWidget(paragraph(line, "sub", fold))
            self._more.addWidget(fold)

    @property
    def _currency(self) -> str:
        terms = self._presenter.state.terms
        return "CNY" if terms is None else terms.currency

    def _offer(self, payment: BillPayment, *, ticked: bool) -> QCheckBox:
        t, total = self._words.text, money_text(Decimal(payment.amount), self._currency)
        box = QCheckBox(self)
        box.setText(
            t("{day}: {sum}", day=payment.day, sum=total)
            if payment.day
            else t("{sum}, without a day: write it down by hand", sum=total)
        )
        box.setEnabled(bool(payment.day))
        box.setChecked(ticked)
        box.setAccessibleName(box.text())
        box.setProperty("line", payment.line)
        box.toggled.connect(self._payment_toggled)
        self.payments.append(box)
        return box

    def _show_columns(self, bill: BillState) -> None:
        made = (bill.preview, self._words.words)
        if made != self._columns_of:
            self._columns_of = made
            empty_layout(self._grid)
            self.columns = [self._column(bill.preview.table, place) for place in range(len(bill.columns))]
        for combo, column in zip(self.columns, bill.columns, strict=True):
            combo.setCurrentIndex(list(BillColumn).index(column))

    def _column(self, table: BillTable, place: int) -> QComboBox:
        t = self._words.text
        heading = _cell(table.rows[table.heading], place) if table.heading >= 0 else ""
        name = heading or t("column {n}", n=place + 1)
        below = (_cell(row, place) for row in table.rows[table.heading + 1 :])
        examples = [cell for cell in below if cell][:_EXAMPLES]
        combo = ElidedComboBox(self)
        combo.addItems([column_text(self._words.words, one.value) for one in BillColumn])
        combo.setAccessibleName(t("What the column “{name}” is", name=name))
        combo.setProperty("place", place)
        combo.activated.connect(self._column_chosen)
        if heading or examples:
            self._grid.addWidget(TextLabel(name, "ink", self), place, 0)
            self._grid.addWidget(ElidedLabel(" · ".join(examples), "faint", self), place, 1)
            self._grid.addWidget(combo, place, 2)
        else:
            combo.hide()
        return combo

    @Slot(int)
    def _column_chosen(self, index: int) -> None:
        self._presenter.choose_column(self.sender().property("place"), list(BillColumn)[index])

    @Slot(bool)
    def _payment_toggled(self, ticked: bool) -> None:  # noqa: FBT001 - a slot
        self._presenter.choose_payment(self.sender().property("line"), ticked)


def _cell(row: tuple[str, ...], place: int) -> str:
    return row[place] if place < len(row) else ""
