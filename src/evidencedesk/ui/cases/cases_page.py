"""The cases: their list, and the page of one of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from evidencedesk.domain.search import Findable
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.handover.presenter import HandoverPresenter
from evidencedesk.ui.cases.overview.page import OverviewPage
from evidencedesk.ui.cases.overview.presenter import OverviewPresenter
from evidencedesk.ui.cases.player.presenter import PlayerPresenter
from evidencedesk.ui.cases.redact.presenter import RedactPresenter
from evidencedesk.ui.cases.review.page import ReviewPage
from evidencedesk.ui.cases.review.presenter import ReviewPresenter
from evidencedesk.ui.cases.services import CaseServices
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.words import UiWords


class CasesPage(QStackedWidget):
    """What the window shows under "Cases".

    Emits:
        case_opened: the id of the case on the screen.
        case_deleted: a practice case is no more.
        check_wanted: the path of a case folder for the verify page.
    """

    case_opened = Signal(str)
    case_deleted = Signal()
    check_wanted = Signal(object)

    def __init__(
        self,
        services: CaseServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice | None = None,
        parent: QWidget | None = None,
        *,
        sounds: Runner | None = None,
    ) -> None:
        """``sounds`` reads sounds, which may take a minute: nothing else should wait behind it."""
        super().__init__(parent)
        self.overview_presenter = OverviewPresenter(services, jobs, self)
        self.review_presenter = ReviewPresenter(services, jobs, self)
        self.handover_presenter = HandoverPresenter(services, jobs, self)
        self.redact_presenter = RedactPresenter(services, jobs, self)
        self.player_presenter = PlayerPresenter(services, sounds or jobs, self)
        choice = files or SystemFileChoice()
        self.overview = OverviewPage(self.overview_presenter, words, self, choice)
        self.review = ReviewPage(
            self.review_presenter,
            self.handover_presenter,
            self.redact_presenter,
            self.player_presenter,
            services,
            jobs,
            words,
            choice,
            self,
        )
        self.addWidget(self.overview)
        self.addWidget(self.review)
        self.overview.case_chosen.connect(self.show_case)
        self.overview.check_wanted.connect(self.check_wanted)
        self.overview_presenter.case_opened.connect(self.show_case)
        self.review.back_clicked.connect(self.show_list)
        self.review.check_wanted.connect(self.check_wanted)
        self.review_presenter.case_changed.connect(self.overview_presenter.refresh)
        self.review_presenter.case_deleted.connect(self._case_deleted)
        self.handover_presenter.handed_over.connect(self._handed_over)

    @Slot()
    def refresh(self) -> None:
        """Read again what is on the screen; to be called when the page comes into view."""
        self.overview_presenter.refresh()
        if self.currentWidget() is self.review:
            self.review_presenter.refresh()

    @Slot()
    def show_list(self) -> None:
        """Show all cases; what plays falls silent."""
        self.player_presenter.pause()
        self.overview_presenter.refresh()
        self.setCurrentWidget(self.overview)
        self.overview.list.setFocus()

    @Slot(str)
    def show_case(self, case_id: str) -> None:
        """Show one case. An export that is running goes on, and its panel stays."""
        self.review_presenter.show_case(case_id)
        self.handover_presenter.close()
        self.redact_presenter.close()
        self.setCurrentWidget(self.review)
        self.review.take_focus()
        self.case_opened.emit(case_id)

    def show_hit(self, found: Findable) -> None:
        """Show what a search found in its place."""
        self.show_case(found.case)
        self.review.show_hit(found)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog, and no export, while something is being recorded."""
        self.overview.set_recording(recording)
        self.review.set_recording(recording)

    @Slot()
    def _case_deleted(self) -> None:
        self.handover_presenter.close()
        self.redact_presenter.close()
        self.show_list()
        self.case_deleted.emit()

    @Slot(str)
    def _handed_over(self, case_id: str) -> None:
        case_file = self.review_presenter.state.case_file
        if case_file is not None and case_file.case.id == case_id:
            self.review_presenter.refresh()
