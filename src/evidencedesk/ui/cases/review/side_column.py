"""What stands beside the timeline: next steps, results, people and files."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.ui.cases.review.files_card import FilesCard
from evidencedesk.ui.cases.review.people_card import PeopleCard
from evidencedesk.ui.cases.review.presenter import ReviewPresenter
from evidencedesk.ui.cases.review.results_card import ResultsCard
from evidencedesk.ui.cases.review.results_presenter import ResultsState
from evidencedesk.ui.cases.steps.next_steps_card import NextStepsCard
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.words import UiWords


class SideColumn(VerticalScroll):
    """Four cards.

    Emits:
        open_clicked: the file that was taken in to look at.
        grown: a card became higher or lower.
    """

    open_clicked = Signal(object)
    grown = Signal()

    def __init__(self, presenter: ReviewPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.next_steps = NextStepsCard(presenter.next_steps, words, self)
        self.results = ResultsCard(words, self)
        self.people = PeopleCard(words, presenter.card_remarks, self)
        self.files = FilesCard(words, self)
        # What it would like must not make the page scroll: it scrolls by itself.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.column.setSpacing(16)
        for card in (self.next_steps, self.results, self.people, self.files):
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.people.open_clicked.connect(self.open_clicked)
        self.body.installEventFilter(self)
        presenter.results.state_changed.connect(self.show_results)

    def whole_height(self) -> int:
        """As high as all the cards are, so that nothing has to scroll in it."""
        body = self.body
        return max(body.sizeHint().height(), body.minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card that was laid out anew may need more room."""
        if watched is self.body and event.type() is QEvent.Type.LayoutRequest:
            self.grown.emit()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Write the results in the language of the moment."""
        self.next_steps.retranslate()
        self.show_results(self._presenter.results.state)

    @Slot(object)
    def show_results(self, state: ResultsState) -> None:
        """Show other results."""
        self.results.show_state(state)
        self.next_steps.show_results(state)
