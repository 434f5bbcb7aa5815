"""The list of cases."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.ui.cases.case_form import CaseForm
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.overview.arrival_strip import ArrivalStrip
from evidencedesk.ui.cases.overview.case_list import ROW_ROLE, CaseListModel, CaseRowDelegate, case_row
from evidencedesk.ui.cases.overview.presenter import Order, OverviewPresenter, OverviewState
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.kit.labels import PageTitle, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.words import UiWords

_BOLDER = 14  # its words are bold while it is pressed
_UNDO, _OPEN, _CHECK = "undo", "open", "check"


class OverviewPage(QWidget):
    """Shows all cases.

    Emits:
        case_chosen: the id of the one to open.
        check_wanted: the path of a case folder that was refused, to look at layer by layer.
    """

    case_chosen = Signal(str)
    check_wanted = Signal(object)

    def __init__(
        self,
        presenter: OverviewPresenter,
        words: UiWords,
        parent: QWidget | None = None,
        files: FileChoice | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._recording = False
        self._rows_of: tuple[object, ...] = ()
        self._title = PageTitle(parent=self)
        self._sub = TextLabel(tone="sub", parent=self, wrap=True)
        self.import_button = PlainButton(icon_name="folder", parent=self)
        self.new_button = PrimaryButton(icon_name="plus", parent=self)
        self.banner = Banner("error", self)
        self.notice = Banner("info", self)
        self.arrival = ArrivalStrip(words, files or SystemFileChoice(), self)
        self.form = CaseForm(words, new=True, parent=self)
        self.form.hide()
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.orders = SegmentedControl([Segment(order.value) for order in Order], scale="small", parent=self)
        self.archived_button = PlainButton(parent=self)
        self.archived_button.setCheckable(True)
        self.archive_button = PlainButton(parent=self)
        self.model = CaseListModel(self)
        self.list = _list_view(self, self.model)
        self.empty = EmptyState("folder", self)
        self.nothing = EmptyState("search", self)
        self._stack = QStackedWidget(self)
        for widget in (self.list, self.empty, self.nothing):
            self._stack.addWidget(widget)
        self._lay_out()
        self._connect()
        self.retranslate()

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog, and nothing that keeps the disk busy, while something is being recorded."""
        self._recording = recording
        self.render_state(self._presenter.state)

    @Slot(object)
    def render_state(self, state: OverviewState) -> None:
        """Show the cases."""
        words = self._words.words
        self._show_rows(state)
        shown = self.model.rowCount() > 0
        show_problem(self.banner, words, state.problem)
        if state.refused is not None:
            self.banner.set_actions([(_CHECK, self._words.text("Show all findings"))], words.text("Dismiss"))
        self._show_notice(state)
        self.arrival.show_state(state)
        others = self.nothing if state.cases else self.empty
        self._stack.setCurrentWidget(others if state.loaded and not shown else self.list)
        self._sub.setText(
            words.plural("{n} case on this computer", "{n} cases on this computer", len(state.cases))
        )
        self.new_button.setEnabled(not state.form_open)
        self.import_button.setEnabled(not self._recording and not state.asking and state.arriving is None)
        for widget in (self.search, self.orders, self.archive_button):
            widget.setVisible(bool(state.cases))
        self.orders.set_current(state.order.value)
        self.archived_button.setVisible(bool(state.archived))
        self.archived_button.setChecked(state.show_archived)
        self.archived_button.setText(words.text("Archived ({count})", count=state.archived))
        self.archived_button.setMinimumWidth(self.archived_button.sizeHint().width() + _BOLDER)
        self._show_archive_button()
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
        self.import_button.setText(t("Import a case folder…"))
        self.list.setAccessibleName(t("Cases"))
        self.search.setPlaceholderText(t("Find by title, creditor or contract"))
        self.search.setAccessibleName(t("Find a case"))
        self.orders.set_label(Order.LATEST.value, t("Latest"), t("Sort by what happened last"))
        self.orders.set_label(Order.NAME.value, t("By name"), t("Sort by name"))
        self.orders.set_label(Order.BREACHES.value, t("Breaches"), t("Sort by marked breaches"))
        self.archived_button.setAccessibleName(t("Show archived cases"))
        self.empty.set_texts(
            t("No case yet"),
            t("A case is opened by itself when you record for the first time. Or open one now."),
        )
        self.nothing.set_texts(t("No case found"), t("Try fewer letters, or look among the archived cases."))
        self.form.retranslate()
        self.arrival.retranslate()
        self.render_state(self._presenter.state)

    def _connect(self) -> None:
        presenter = self._presenter
        self.new_button.clicked.connect(presenter.open_form)
        self.import_button.clicked.connect(presenter.ask_for_folder)
        self.arrival.path_chosen.connect(presenter.take_in)
        self.arrival.left.connect(presenter.leave)
        self.arrival.work.cancelled.connect(presenter.cancel)
        self.form.confirmed.connect(presenter.start_case)
        self.form.dismissed.connect(presenter.close_form)
        self.banner.closed.connect(self._banner_closed)
        self.banner.action_clicked.connect(self._action_clicked)
        self.notice.closed.connect(presenter.dismiss)
        self.notice.action_clicked.connect(self._action_clicked)
        self.search.textChanged.connect(presenter.find)
        self.orders.clicked.connect(presenter.sort_by)
        self.archived_button.clicked.connect(presenter.show_archived)
        self.archive_button.clicked.connect(self._archive_clicked)
        self.list.activated.connect(self._row_activated)
        self.list.clicked.connect(self._row_activated)
        self.list.selectionModel().currentChanged.connect(self._show_archive_button)
        presenter.state_changed.connect(self.render_state)
        self._words.language_changed.connect(self.retranslate)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._sub)
        header = QHBoxLayout()
        header.setSpacing(10)
        header.addLayout(titles, 1)
        header.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignVCenter)
        header.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignVCenter)
        tools = QHBoxLayout()
        tools.setSpacing(10)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.orders)
        tools.addWidget(self.archived_button)
        tools.addWidget(self.archive_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 16)
        column.setSpacing(16)
        column.addLayout(header)
        for widget in (self.banner, self.notice, self.arrival, self.form):
            column.addWidget(widget)
        column.addLayout(tools)
        column.addWidget(self._stack, 1)

    def _show_rows(self, state: OverviewState) -> None:
        """A thousand rows are not put into words again because a progress bar moved."""
        words = self._words.words
        what = (state.cases, state.wanted, state.order, state.show_archived, words.language)
        if what == self._rows_of:
            return
        self._rows_of = what
        chosen = self._chosen_id()
        self.model.show_rows(tuple(case_row(summary, words) for summary in state.shown))
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(max(0, self.model.row_of(chosen))))

    def _show_notice(self, state: OverviewState) -> None:
        t = self._words.text
        title, detail, action = "", "", (_UNDO, t("Undo"))
        if state.put_aside:
            title = t("“{case}” is archived. Nothing of it is gone.", case=state.title_of(state.put_aside))
            detail = t("It is hidden from this list, and no new recording goes into it by itself.")
        elif state.brought_back:
            title = t("“{case}” is in the list again.", case=state.title_of(state.brought_back))
        elif state.arrived is not None:
            arrived = state.arrived
            action = (_OPEN, t("Open the case"))
            if arrived.new_entries:
                facts = {"case": arrived.case.title, "count": arrived.new_entries}
                title = t("“{case}” was taken in: {count} new entries.", **facts)
            else:
                title = t("All of “{case}” is here already.", case=arrived.case.title)
            if arrived.entries_beyond:
                detail = t("This computer has {count} entries more; they stay.", count=arrived.entries_beyond)
        self.notice.setVisible(bool(title))
        self.notice.set_texts(title, detail)
        self.notice.set_actions([action] if title else [], t("Dismiss"))

    @Slot()
    def _show_archive_button(self) -> None:
        row = self.list.currentIndex().data(ROW_ROLE)
        t = self._words.text
        back = row is not None and row.archived
        self.archive_button.setText(t("Bring back") if back else t("Archive"))
        name = "" if row is None else row.title
        self.archive_button.setAccessibleName(
            t("Bring back {case}", case=name) if back else t("Archive {case}", case=name)
        )
        self.archive_button.setToolTip(self.archive_button.accessibleName())
        self.archive_button.setEnabled(row is not None)

    @Slot()
    def _archive_clicked(self) -> None:
        row = self.list.currentIndex().data(ROW_ROLE)
        if row is None:
            return
        if row.archived:
            self._presenter.bring_back(row.id)
        else:
            self._presenter.archive(row.id)

    @Slot(str)
    def _action_clicked(self, action: str) -> None:
        state = self._presenter.state
        if action == _UNDO:
            self._presenter.undo()
        elif action == _OPEN and state.arrived is not None:
            case_id = state.arrived.case.id
            self._presenter.dismiss()
            self.case_chosen.emit(case_id)
        elif action == _CHECK and state.refused is not None:
            self.check_wanted.emit(state.refused)

    @Slot()
    def _banner_closed(self) -> None:
        self._presenter.dismiss()
        self._presenter.close_form()

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
