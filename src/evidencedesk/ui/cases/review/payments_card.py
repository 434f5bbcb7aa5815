"""What was paid, each payment with its receipt or without one yet."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import Attachment, FollowUp
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.review.files_form import receipts_in
from evidencedesk.ui.cases.review.payment_form import PaymentForm
from evidencedesk.ui.cases.review.payments_presenter import PaymentsPresenter, PaymentsState, time_text
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words
from evidencedesk.wording.steps import step_text


class PaymentsCard(Card):
    """Lists payments; the form opens in the card.

    Emits:
        choose_clicked: the system's dialog is wanted: for a payment's id, or "" for the one in the form.
        open_clicked: the ``Attachment`` to look at.
    """

    choose_clicked = Signal(str)
    open_clicked = Signal(object)

    def __init__(self, presenter: PaymentsPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._recording = False
        self._shown: object = None
        self._open: tuple[str, str] | None = None
        self._heading = SectionTitle(parent=self)
        self.add_button = PlainButton(icon_name="plus", parent=self)
        self.banner = Banner("error", self)
        self.form = PaymentForm(words, self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.rows: list[PaymentRow] = []
        self._lay_out()
        self._connect()
        self.form.hide()

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        self._shown = None
        self.show_state(self._presenter.state)

    @Slot(object)
    def show_state(self, state: PaymentsState) -> None:
        """Show the payments, and the form where it is asked for."""
        t = self._words.text
        show_problem(self.banner, self._words.words, state.problem)
        self._heading.setText(t("Payments"))
        self.add_button.setText(t("Payment…"))
        self.add_button.setAccessibleName(t("Write down a payment"))
        self.add_button.setEnabled(bool(state.case_id) and state.changing is None)
        self._hint.setText(
            self._words.plural("Taking in {n} file…", "Taking in {n} files…", state.attaching)
            if state.attaching
            else t("Each payment to a collector or lender, with the receipt that shows it.")
        )
        self._show_form(state)
        shown = (state.payments, state.files, state.changing, self._words.words)
        if shown != self._shown:
            self._shown = shown
            self._show_rows(state)

    def _show_form(self, state: PaymentsState) -> None:
        asked = None if state.changing is None else (state.case_id, state.changing)
        if asked is None:
            self.form.hide()
        else:
            self.form.retranslate()
            self.form.show_receipts(state.receipts, recording=self._recording)
            if asked != self._open:
                self.form.open(state.payment(state.changing), self._presenter.now())
        self._open = asked

    def _show_rows(self, state: PaymentsState) -> None:
        empty_layout(self._list)
        self.rows = []
        for payment in state.payments:
            if payment.id == state.changing:
                continue
            row = PaymentRow(
                self._words.words,
                payment,
                state.receipts_of(payment.id),
                recording=self._recording,
                parent=self,
            )
            row.receipts_given.connect(self._presenter.attach)
            row.choose_clicked.connect(self.choose_clicked)
            row.change_clicked.connect(self._presenter.open_form)
            row.withdraw_clicked.connect(self._presenter.withdraw)
            row.open_clicked.connect(self.open_clicked)
            self._list.addWidget(Divider(self))
            self._list.addWidget(row)
            self.rows.append(row)
        tab_as_laid_out(self)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.add_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.column.setSpacing(8)
        self.column.addLayout(header)
        for widget in (self.banner, self.form, self._hint):
            self.column.addWidget(widget)
        self.column.addLayout(self._list)

    def _connect(self) -> None:
        presenter = self._presenter
        self.add_button.clicked.connect(self._add_clicked)
        self.banner.closed.connect(presenter.dismiss_problem)
        self.form.kept.connect(presenter.keep)
        self.form.dismissed.connect(presenter.close_form)
        self.form.receipts_given.connect(presenter.hold)
        self.form.choose_clicked.connect(self._choose_for_form)
        presenter.state_changed.connect(self.show_state)

    @Slot()
    def _add_clicked(self) -> None:
        self._presenter.open_form()

    @Slot()
    def _choose_for_form(self) -> None:
        self.choose_clicked.emit("")


class PaymentRow(QWidget):
    """One payment; a receipt may be dropped on it."""

    receipts_given = Signal(str, object)
    choose_clicked = Signal(str)
    change_clicked = Signal(str)
    withdraw_clicked = Signal(str)
    open_clicked = Signal(object)

    def __init__(
        self,
        words: Words,
        payment: FollowUp,
        receipts: tuple[Attachment, ...],
        *,
        recording: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._payment = payment
        self.payment = payment.id
        self._receipts = receipts
        self.setAcceptDrops(True)
        details = payment.details
        title = step_text(words, details)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(3)
        first = QHBoxLayout()
        first.addWidget(paragraph(title, "strong", self), 1)
        without = Pill(words.text("No receipt yet"), "warn", self)
        without.setVisible(not receipts)
        first.addWidget(without)
        column.addLayout(first)
        column.addWidget(paragraph(time_text(details), "sub", self))
        if details.answer:
            column.addWidget(paragraph(details.answer, "ink", self))
        box = QWidget(self)
        flow = FlowLayout(box)
        for index, receipt in enumerate(receipts):
            button = PlainButton(receipt.name, "file-text", box)
            button.make_small()
            button.setAccessibleName(words.text("Open {name}", name=receipt.name))
            button.setProperty("index", index)
            button.clicked.connect(self._open_clicked)
            flow.addWidget(button)
        self.receipt_button = PlainButton(words.text("Receipt…"), "paperclip", box)
        self.receipt_button.setEnabled(not recording)
        self.change_button = PlainButton(words.text("Change…"), "pencil", box)
        self.withdraw_button = PlainButton(words.text("Take back"), "undo-2", box)
        for button in (self.receipt_button, self.change_button, self.withdraw_button):
            button.make_small()
            button.setAccessibleName(f"{button.text()} {title}")
            flow.addWidget(button)
        self.receipt_button.clicked.connect(self._choose)
        self.change_button.clicked.connect(self._change)
        self.withdraw_button.clicked.connect(self._withdraw)
        column.addWidget(box)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A receipt of this payment."""
        if receipts_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it in."""
        self.receipts_given.emit(self._payment.id, receipts_in(event.mimeData()))
        event.acceptProposedAction()

    @Slot()
    def _open_clicked(self) -> None:
        self.open_clicked.emit(self._receipts[self.sender().property("index")])

    @Slot()
    def _choose(self) -> None:
        self.choose_clicked.emit(self._payment.id)

    @Slot()
    def _change(self) -> None:
        self.change_clicked.emit(self._payment.id)

    @Slot()
    def _withdraw(self) -> None:
        self.withdraw_clicked.emit(self._payment.id)
