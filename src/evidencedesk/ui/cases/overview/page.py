"""The list of cases."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.ui.cases.case_form import CaseForm
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.overview.case_list import ROW_ROLE, CaseListModel, CaseRowDelegate, case_row
from evidencedesk.ui.cases.overview.presenter import OverviewPresenter, OverviewState
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PrimaryButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.labels import PageTitle, TextLabel
from evidencedesk.ui.words import UiWords


class OverviewPage(QWidget):
    """Shows all cases; ``case_chosen`` carries the id of the one to open."""

    case_chosen = Signal(str)

    def __init__(self, presenter: OverviewPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._title = PageTitle(parent=self)
        self._sub = TextLabel(tone="sub", parent=self, wrap=True)
        self.new_button = PrimaryButton(icon_name="plus", parent=self)
        self.banner = Banner("error", self)
        self.form = CaseForm(words, new=True, parent=self)
        self.form.hide()
        self.model = CaseListModel(self)
        self.list = _list_view(self, self.model)
        self.empty = EmptyState("folder", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self.new_button.clicked.connect(presenter.open_form)
        self.form.confirmed.connect(presenter.start_case)
        self.form.dismissed.connect(presenter.close_form)
        self.banner.closed.connect(presenter.close_form)
        self.list.activated.connect(self._row_activated)
        self.list.clicked.connect(self._row_activated)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @Slot(object)
    def render_state(self, state: OverviewState) -> None:
        """Show the cases."""
        words = self._words.words
        chosen = self._chosen_id()
        self.model.show_rows(tuple(case_row(summary, words) for summary in state.cases))
        row = max(0, self.model.row_of(chosen))
        if state.cases:
            self.list.setCurrentIndex(self.model.index(row))
        show_problem(self.banner, words, state.problem)
        self._stack.setCurrentWidget(self.empty if state.loaded and not state.cases else self.list)
        self._sub.setText(
            words.plural("{n} case on this computer", "{n} cases on this computer", len(state.cases))
        )
        self.new_button.setEnabled(not state.form_open)
        if state.form_open and self.form.isHidden():
            self.form.open()
        elif not state.form_open:
            self.form.hide()

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Cases"))
        self.new_button.setText(t("New case"))
        self.list.setAccessibleName(t("Cases"))
        self.empty.set_texts(
            t("No case yet"),
            t("A case is opened by itself when you record for the first time. Or open one now."),
        )
        self.form.retranslate()
        self.render_state(self._presenter.state)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._sub)
        header = QHBoxLayout()
        header.addLayout(titles, 1)
        header.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 16)
        column.setSpacing(16)
        column.addLayout(header)
        column.addWidget(self.banner)
        column.addWidget(self.form)
        column.addWidget(self._stack, 1)

    def _chosen_id(self) -> str:
        row = self.list.currentIndex().data(ROW_ROLE)
        return "" if row is None else str(row.id)

    @Slot(QModelIndex)
    def _row_activated(self, index: QModelIndex) -> None:
        self.case_chosen.emit(index.data(ROW_ROLE).id)


def _list_view(parent: QWidget, model: CaseListModel) -> QListView:
    view = QListView(parent)
    view.setModel(model)
    view.setItemDelegate(CaseRowDelegate(view))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.viewport().setAutoFillBackground(False)
    view.setStyleSheet("QListView { background: transparent; border: 0 }")
    return view
