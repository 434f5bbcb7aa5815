"""What is owed by the papers, what the other side says, what was paid."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.domain.case import Attachment, CaseFile
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.debt.claims_card import ClaimsCard
from evidencedesk.ui.cases.debt.contract_card import ContractCard
from evidencedesk.ui.cases.debt.papers_card import PapersCard
from evidencedesk.ui.cases.debt.presenter import DebtPresenter, DebtState
from evidencedesk.ui.cases.debt.services import DebtServices
from evidencedesk.ui.cases.review.payments_card import PaymentsCard
from evidencedesk.ui.cases.review.payments_presenter import PaymentsPresenter
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.words import UiWords

_TWO_COLUMNS = 1000


class DebtSection(CaseSection):
    """Contract and payments on one side, claims and what the papers say on the other."""

    def __init__(
        self,
        services: DebtServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._choice = files
        self.presenter = DebtPresenter(services, jobs, self)
        self.payments_presenter = PaymentsPresenter(services, jobs, self)
        self.banner = Banner("error", self)
        self.contract = ContractCard(self.presenter, words, self)
        self.payments = PaymentsCard(self.payments_presenter, words, self)
        self.claims = ClaimsCard(self.presenter, words, self)
        self.papers = PapersCard(self.presenter, words, self)
        self._scroll = VerticalScroll(self)
        self._looking_at_bill = False
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now; what the user is typing stays."""
        self.presenter.show_case(case_file)
        self.payments_presenter.show_case(case_file)

    def show_subject(self, subject: str) -> None:
        """Bring a claim or a payment into sight."""
        for widget, name in (
            *((one, one.claim) for one in self.claims.rows),
            *((one, one.payment) for one in self.payments.rows),
        ):
            if name == subject:
                self._scroll.ensureWidgetVisible(widget)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        for card in (self.contract, self.papers, self.payments):
            card.set_recording(recording)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        for card in (self.contract, self.claims, self.papers):
            card.retranslate()
        self.payments.show_state(self.payments_presenter.state)

    def take_focus(self) -> None:
        """Claims are written down most often."""
        self.claims.add_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window one card stands below the other."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(_TWO_COLUMNS)
        self._sides.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        # One below the other, the payments come last: the three cards belong together.
        home = self._right if narrow else self._left
        if home.indexOf(self.payments) < 0:
            home.insertWidget(home.count() - 1, self.payments)

    @Slot(object)
    def _render(self, state: DebtState) -> None:
        show_problem(self.banner, self._words.words, state.problem)
        if self._looking_at_bill and state.bill is None:
            self._scroll.verticalScrollBar().setValue(0)  # below was the bill, and now there is nothing
        self._looking_at_bill = state.bill is not None
        for card in (self.contract, self.claims, self.papers):
            card.show_state(state)

    def _connect(self) -> None:
        self.presenter.state_changed.connect(self._render)
        self.presenter.changed.connect(self.case_changed)
        self.payments_presenter.changed.connect(self.case_changed)
        self.banner.closed.connect(self.presenter.dismiss_problem)
        self.contract.choose_bill_clicked.connect(self._choose_bill)
        self.papers.save_clicked.connect(self._save)
        self.papers.open_clicked.connect(self._open_saved)
        self.payments.choose_clicked.connect(self._choose_receipts)
        self.payments.open_clicked.connect(self._open_receipt)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(0, 0, 0, 0)
        self.banner.hide()
        self._sides.setSpacing(16)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for side, cards in (
            (self._left, (self.contract, self.payments)),
            (self._right, (self.claims, self.papers)),
        ):
            side.setSpacing(16)
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
            self._sides.addLayout(side, 1)
        # As high as its text is at this width, and not as high as it would be in its narrowest form.
        self._scroll.body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._scroll.column.setContentsMargins(26, 0, 26, 22)
        self._scroll.column.setSpacing(16)
        self._scroll.column.addWidget(self.banner)
        self._scroll.column.addLayout(self._sides)
        self._scroll.column.addStretch(1)
        self.column.addWidget(self._scroll)

    @Slot()
    def _choose_bill(self) -> None:
        paths = self._choice.files(self, self._words.text("A bill: CSV, XLSX, XLS or ODS"))
        if paths:
            self.presenter.look_at_bill(paths[0])

    @Slot()
    def _save(self) -> None:
        folder = self._choice.folder(self, self._words.text("Where the sheet is to be saved"), None)
        if folder is not None:
            self.presenter.print_sheet(folder, self._words.language)

    @Slot()
    def _open_saved(self) -> None:
        saved = self.presenter.state.saved
        if saved is not None:
            self._choice.open(saved)

    @Slot(str)
    def _choose_receipts(self, payment: str) -> None:
        paths = self._choice.files(self, self._words.text("Receipts of this payment"))
        if paths and payment:
            self.payments_presenter.attach(payment, paths)
        elif paths:
            self.payments_presenter.hold(paths)

    @Slot(object)
    def _open_receipt(self, receipt: Attachment) -> None:
        self.file_wanted.emit(receipt.id)
