"""What they claim: each sum that was demanded, who said so and when, and what shows it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import Claim
from evidencedesk.domain.moment import local_text
from evidencedesk.domain.money import NOTHING, number
from evidencedesk.ui.cases.debt.claim_form import ClaimForm
from evidencedesk.ui.cases.debt.presenter import DebtPresenter, DebtState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.debt_figures import money_text
from evidencedesk.wording.debts import shown_by_text
from evidencedesk.wording.language import Words


class ClaimsCard(Card):
    """Lists claims; the form opens in the card."""

    def __init__(self, presenter: DebtPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._open: tuple[str, str] | None = None
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.add_button = PlainButton(icon_name="plus", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.form = ClaimForm(words, self)
        self.rows: list[ClaimLine] = []
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.add_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.column.setSpacing(8)
        self.column.addLayout(header)
        self.column.addWidget(self._hint)
        self.column.addWidget(self.form)
        self.column.addLayout(self._list)
        self.form.hide()
        self.add_button.clicked.connect(self._add_clicked)
        self.form.kept.connect(presenter.keep_claim)
        self.form.dismissed.connect(presenter.close_claim)

    @Slot(object)
    def show_state(self, state: DebtState) -> None:
        """Show the claims, and the form where it is asked for."""
        t = self._words.text
        self._heading.setText(t("What they claim"))
        self.add_button.setText(t("They ask…"))
        self.add_button.setAccessibleName(t("Write down a sum they ask"))
        self.add_button.setEnabled(state.case_file is not None and state.claiming is None)
        self._hint.setText(t("Every sum anybody names, also in passing: on the phone, at the door, by SMS."))
        self._show_form(state)
        shown = (state.case_file, state.claiming, self._words.words)
        if shown != self._shown:
            self._shown = shown
            self._show_rows(state)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.form.retranslate()
        self.show_state(self._presenter.state)

    def _show_form(self, state: DebtState) -> None:
        case_file = state.case_file
        asked = None
        if case_file is not None and state.claiming is not None:
            asked = (case_file.case.id, state.claiming)
        if asked != self._open:
            self._open = asked
            self.form.setVisible(asked is not None)
            if asked is not None and case_file is not None:
                claim = next((one for one in state.claims if one.id == state.claiming), None)
                self.form.open(claim, case_file, self._presenter.now_text())

    def _show_rows(self, state: DebtState) -> None:
        empty_layout(self._list)
        self.rows = []
        currency = "CNY" if state.terms is None else state.terms.currency
        for claim in state.claims:
            if state.case_file is None or claim.id == state.claiming:
                continue
            row = ClaimLine(self._words.words, state.case_file, claim, currency, self)
            row.change_clicked.connect(self._presenter.open_claim)
            row.withdraw_clicked.connect(self._presenter.withdraw_claim)
            self._list.addWidget(Divider(self))
            self._list.addWidget(row)
            self.rows.append(row)
        tab_as_laid_out(self)

    @Slot()
    def _add_clicked(self) -> None:
        self._presenter.open_claim()


class ClaimLine(QWidget):
    """One claim."""

    change_clicked = Signal(str)
    withdraw_clicked = Signal(str)

    def __init__(
        self, words: Words, case_file: CaseFile, claim: Claim, currency: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        t, details = words.text, claim.details
        self.claim = claim.id
        asked = money_text(number(details.amount) or NOTHING, currency)
        when = local_text(details.claimed_utc, details.claimed_offset_minutes)[:16]
        who = details.by or t("not said who")
        self.setAccessibleName(f"{asked} · {who} · {when}")
        shown_by = shown_by_text(words, case_file, claim)
        first = QHBoxLayout()
        first.addWidget(paragraph(f"{asked} · {who}", "strong", self), 1)
        without = Pill(t("Nothing shows it yet"), "warn", self)
        without.setVisible(not shown_by)
        first.addWidget(without)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(paragraph(f"{when} · {shown_by}" if shown_by else when, "sub", self), 1)
        self.change_button = PlainButton(t("Change…"), "pencil", self)
        self.withdraw_button = PlainButton(t("Take back"), "undo-2", self)
        for button in (self.change_button, self.withdraw_button):
            button.make_small()
            button.setAccessibleName(f"{button.text()} {asked} {when}")
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)
        self.change_button.clicked.connect(self._change)
        self.withdraw_button.clicked.connect(self._withdraw)

    @Slot()
    def _change(self) -> None:
        self.change_clicked.emit(self.claim)

    @Slot()
    def _withdraw(self) -> None:
        self.withdraw_clicked.emit(self.claim)
