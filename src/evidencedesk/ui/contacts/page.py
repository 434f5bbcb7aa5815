"""The contacts page: seven buttons, the picture of the days and hours, the list, and what is known of one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.domain.case import Attachment, ContactDetails, ContactKind, Reached
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.case_words import names_line, show_problem
from evidencedesk.ui.contacts.editor import ContactEditor, shown
from evidencedesk.ui.contacts.import_panel import ImportPanel, list_paths
from evidencedesk.ui.contacts.import_presenter import ImportPresenter, ImportState, Step
from evidencedesk.ui.contacts.log_buttons import LogButtons, NumberKey
from evidencedesk.ui.contacts.logged_line import LoggedLine
from evidencedesk.ui.contacts.overview import Overview
from evidencedesk.ui.contacts.presenter import ContactsPresenter, ContactsState
from evidencedesk.ui.contacts.rows import ContactRow
from evidencedesk.ui.contacts.services import ContactServices, TakenList
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.kit.labels import PageTitle
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.theme.text_size import at_most_wide
from evidencedesk.ui.words import UiWords


class ContactsPage(QWidget):
    """Shows the contacts of one case.

    Emits:
        changed: something was written down.
    """

    changed = Signal()

    def __init__(
        self,
        services: ContactServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._choice = files or SystemFileChoice()
        self.presenter = ContactsPresenter(services, jobs, words, self)
        self.import_presenter = ImportPresenter(services, jobs, self)
        self.setAcceptDrops(True)
        self._title = PageTitle(parent=self)
        self.cases = ElidedComboBox(self)
        self.import_button = PlainButton(icon_name="folder", parent=self)
        self.banner = Banner("error", self)
        self.buttons = LogButtons(words, self)
        self.line = LoggedLine(words, self)
        self.editor = ContactEditor(words, parent=self)
        self.overview = Overview(words, self.editor, self)
        self.panel = ImportPanel(self.import_presenter, words, self._choice, self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        """The page comes into sight: read again."""
        self.presenter.refresh()

    def show_contact(self, case_id: str, contact_id: str) -> None:
        """Bring a contact of a case into sight."""
        self.editor.save()
        self.presenter.choose_case(case_id)
        self.presenter.choose(contact_id)

    def take_focus(self) -> None:
        """The keyboard goes to the first of the large buttons."""
        self.buttons.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def render_state(self, state: ContactsState) -> None:
        """Show the case."""
        show_problem(self.banner, self._words.words, state.problem)
        self._show_cases(state)
        self.line.show_state(state)
        self.overview.show_state(state)
        in_editor = shown(state, self._words.words)
        self.editor.setVisible(in_editor.contact is not None)
        self.editor.show_contact(in_editor)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Contacts"))
        self.cases.setAccessibleName(t("Case"))
        self.import_button.setText(t("Take in a list…"))
        self.import_button.setAccessibleName(t("Take in a list of calls or messages"))
        self.line.retranslate()
        self.overview.retranslate()
        self.render_state(self.presenter.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A list may be dropped anywhere on the page."""
        if list_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at it."""
        paths = list_paths(event.mimeData())
        case = self.presenter.case_for_list() if paths else None
        if case is not None:
            self.import_presenter.open(case.id)
            self.import_presenter.look_at(paths[0])
            event.acceptProposedAction()

    def _show_cases(self, state: ContactsState) -> None:
        wanted = [(names_line(self._words.words, one.case), one.case.id) for one in state.cases]
        present = [(self.cases.itemText(i), self.cases.itemData(i)) for i in range(self.cases.count())]
        self.cases.blockSignals(True)
        if wanted != present:
            self.cases.clear()
            for text, case_id in wanted:
                self.cases.addItem(text, case_id)
        self.cases.setCurrentIndex(self.cases.findData("" if state.case is None else state.case.id))
        self.cases.blockSignals(False)
        self.cases.setVisible(bool(wanted))

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(12)
        header.addWidget(self._title)
        header.addWidget(self.cases, 1)
        header.addStretch(1)
        header.addWidget(self.import_button)
        self.cases.setMinimumContentsLength(12)
        self.cases.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        at_most_wide(self.cases, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 18, 26, 18)
        column.setSpacing(10)
        column.addLayout(header)
        column.addWidget(self.banner)
        column.addWidget(self.buttons)
        column.addWidget(self.line)
        self._stack = QStackedWidget(self)
        # Where a message takes the room, the rest scrolls.
        scroll = VerticalScroll(self)
        scroll.column.addWidget(self.overview, 1)
        self._stack.addWidget(scroll)
        lists = VerticalScroll(self)
        lists.column.addWidget(self.panel, 1)
        self._stack.addWidget(lists)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        self.cases.activated.connect(self._case_chosen)
        self.import_button.clicked.connect(self._import_clicked)
        self.banner.closed.connect(presenter.dismiss_problem)
        self.buttons.log_clicked.connect(self._log)
        self.line.change_button.clicked.connect(self._change_clicked)
        self.line.undo_button.clicked.connect(self._undo_clicked)
        self.overview.heat_map.day_chosen.connect(presenter.choose_day)
        self.overview.all_button.clicked.connect(self._all_days)
        self.overview.table.row_chosen.connect(self._row_chosen)
        self.editor.changed.connect(self._changed)
        self.editor.linked.connect(presenter.link)
        self.editor.withdraw_clicked.connect(presenter.withdraw)
        self.editor.closed.connect(self._editor_closed)
        self.editor.files_dropped.connect(presenter.attach)
        self.editor.image_pasted.connect(presenter.attach_image)
        self.editor.choose_files_clicked.connect(self._choose_files)
        self.editor.open_clicked.connect(self._open)
        self.import_presenter.state_changed.connect(self._import_changed)
        self.import_presenter.taken.connect(self._list_taken)
        presenter.state_changed.connect(self.render_state)
        presenter.changed.connect(self.changed)
        self._words.language_changed.connect(self.retranslate)
        self._keys = NumberKey.all_of(self.buttons, self)

    @Slot(int)
    def _case_chosen(self, index: int) -> None:
        self.editor.save()
        self.presenter.choose_case(self.cases.itemData(index))

    @Slot(ContactKind, Reached)
    def _log(self, kind: ContactKind, reached: Reached) -> None:
        self.editor.save()
        self.presenter.log(kind, reached)

    @Slot()
    def _change_clicked(self) -> None:
        self.presenter.choose(self.presenter.state.just_logged)
        self.editor.form.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _undo_clicked(self) -> None:
        state = self.presenter.state
        if state.just_logged:
            self.presenter.withdraw(state.just_logged)
        else:
            self.presenter.undo_list()

    @Slot()
    def _all_days(self) -> None:
        self.presenter.choose_day(None)

    @Slot(object)
    def _row_chosen(self, row: ContactRow | None) -> None:
        self.editor.save()
        self.presenter.choose("" if row is None or row.contact is None else row.id)

    @Slot(str, object)
    def _changed(self, contact_id: str, details: ContactDetails) -> None:
        self.presenter.change(contact_id, details)

    @Slot()
    def _editor_closed(self) -> None:
        self.presenter.choose("")

    @Slot(str)
    def _choose_files(self, contact_id: str) -> None:
        paths = self._choice.files(self, self._words.text("Files that show this contact"))
        if paths:
            self.presenter.attach(contact_id, paths)

    @Slot(object)
    def _open(self, attachment: Attachment) -> None:
        self._choice.open(self.presenter.kept_file(attachment))

    @Slot()
    def _import_clicked(self) -> None:
        case = self.presenter.case_for_list()
        if case is not None:
            self.import_presenter.open(case.id)
            self.panel.take_focus()

    @Slot(object)
    def _import_changed(self, state: ImportState) -> None:
        self._stack.setCurrentIndex(0 if state.step is Step.CLOSED else 1)

    @Slot(object)
    def _list_taken(self, taken: TakenList) -> None:
        self.presenter.list_taken(taken.logged)
