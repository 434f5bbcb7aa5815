"""The contract: in short, in a form, or as a bill that is looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from evidencedesk.domain.debt import DebtTerms
from evidencedesk.domain.money import NOTHING, number
from evidencedesk.ui.cases.debt.bill_panel import BillPanel
from evidencedesk.ui.cases.debt.presenter import DebtPresenter, DebtState
from evidencedesk.ui.cases.debt.terms_form import TermsForm
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.debt_figures import money_text


class ContractCard(Card):
    """Emits ``choose_bill_clicked`` when the system's dialog is wanted."""

    choose_bill_clicked = Signal()

    def __init__(self, presenter: DebtPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._recording = False
        self._open: str | None = None
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.bill_button = PlainButton(icon_name="file-text", parent=self)
        self.edit_button = PlainButton(icon_name="pencil", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.form = TermsForm(words, self)
        self.bill = BillPanel(presenter, words, self)
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.bill_button)
        header.addWidget(self.edit_button)
        self.column.setSpacing(10)
        self.column.addLayout(header)
        self.column.addWidget(self._hint)
        self.column.addLayout(self._facts)
        self.column.addWidget(self.form)
        self.column.addWidget(self.bill)
        self.form.hide()
        self.bill.hide()
        self.edit_button.clicked.connect(presenter.edit_terms)
        self.bill_button.clicked.connect(self.choose_bill_clicked)
        self.form.kept.connect(presenter.keep_terms)
        self.form.dismissed.connect(presenter.leave_terms)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        self.show_state(self._presenter.state)

    @Slot(object)
    def show_state(self, state: DebtState) -> None:
        """Show the contract as it stands, or the form where it is asked for."""
        t, terms = self._words.text, state.terms
        self._heading.setText(t("Contract"))
        self.bill_button.setText(t("From a bill…"))
        self.bill_button.setAccessibleName(t("Take the instalments from a bill"))
        self.edit_button.setText(t("Enter…") if terms is None else t("Change…"))
        self.edit_button.setAccessibleName(t("Write down what the contract says"))
        asked = state.editing or state.bill is not None
        self.edit_button.setVisible(not asked)
        self.bill_button.setVisible(not asked)
        self.bill_button.setEnabled(not self._recording and not state.busy)
        self._hint.setText(
            t("Read it off the contract or the app, not off what a collector says. The unknown stays empty.")
        )
        self._hint.setVisible(state.bill is None and (terms is None or state.editing))
        self._show_form(state)
        self.bill.setVisible(state.bill is not None)
        if state.bill is not None:
            self.bill.show_bill(state.bill, busy=state.busy)
        shown = (terms, asked, self._words.words)
        if shown != self._shown:
            self._shown = shown
            empty_layout(self._facts)
            for row, (name, value) in enumerate(() if asked or terms is None else self._told(terms)):
                self._facts.addWidget(TextLabel(name, "faint", self), row, 0)
                self._facts.addWidget(paragraph(value, "ink", self), row, 1)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.form.retranslate()
        self.show_state(self._presenter.state)

    def _show_form(self, state: DebtState) -> None:
        case = state.case_file.case.id if state.editing and state.case_file is not None else None
        if case != self._open:
            self._open = case
            self.form.setVisible(case is not None)
            if case is not None:
                self.form.open(state.terms)

    def _told(self, terms: DebtTerms) -> list[tuple[str, str]]:
        t, currency = self._words.text, terms.currency

        def money(digits: str) -> str:
            amount = number(digits)
            return t("not given") if amount is None else money_text(amount, currency)

        received = money(terms.received)
        if terms.received_on:
            received = t("{sum} on {day}", sum=received, day=terms.received_on)
        told = [
            (t("Sum of the contract"), money(terms.principal)),
            (t("Received"), received),
            (t("Rate a year"), f"{terms.yearly_rate}%" if terms.yearly_rate else t("not given")),
            (t("Overdue rate a day"), f"{terms.overdue_rate}%" if terms.overdue_rate else t("not given")),
        ]
        told += [
            (fee.name or t("fee"), f"{money(fee.amount)} · {fee.day or t('taken off at once')}")
            for fee in terms.fees
        ]
        if terms.instalments:
            total = sum((number(one.amount) or NOTHING for one in terms.instalments), NOTHING)
            span = self._words.plural(
                "{n}, {first} to {last}, together {sum}",
                "{n}, {first} to {last}, together {sum}",
                len(terms.instalments),
                first=terms.instalments[0].due,
                last=terms.instalments[-1].due,
                sum=money_text(total, currency),
            )
            told.append((t("Instalments"), span))
        else:
            told.append((t("Instalments"), t("none entered")))
        if terms.remarks:
            told.append((t("Remarks"), terms.remarks))
        return told
