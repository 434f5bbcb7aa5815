"""What was taken into the case: screenshots, papers, photos, recordings made elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidencedesk.domain.case import CaseFile, TakenIn
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.files.details import FileDetails
from evidencedesk.ui.cases.files.file_list import FileList
from evidencedesk.ui.cases.files.kind_strip import KindStrip
from evidencedesk.ui.cases.files.notices import Notices
from evidencedesk.ui.cases.files.pictures import Pictures
from evidencedesk.ui.cases.files.presenter import FilesPresenter, FilesState
from evidencedesk.ui.cases.files.rows import FileRow, kind_choices, rows_of, shown_rows
from evidencedesk.ui.cases.files.scan_panel import ScanPanel
from evidencedesk.ui.cases.files.scan_presenter import ScanPresenter, ScanState
from evidencedesk.ui.cases.files.services import FilesServices
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.encounter.people.incoming import incoming
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.theme.text_size import at_least_high, at_least_wide
from evidencedesk.ui.words import UiWords


class FilesSection(CaseSection):
    """The list on the left, the chosen file on the right; in their place a folder that is looked through."""

    def __init__(
        self,
        services: FilesServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._choice = files
        self._recording = False
        self._rows: tuple[FileRow, ...] = ()
        self._shown: object = None
        self.presenter = FilesPresenter(services, jobs, self)
        self.scan = ScanPresenter(services, jobs, self)
        self.pictures = Pictures(services.preview, jobs, self)
        self.setAcceptDrops(True)
        self.add_button = PrimaryButton(icon_name="paperclip", parent=self)
        self.paste_button = PlainButton(parent=self)
        self.scan_button = PlainButton(icon_name="folder", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.strip = KindStrip(words, self)
        self.notices = Notices(words, self)
        self._filters = QWidget(self)
        self.kinds = ElidedComboBox(self)
        self.search = QLineEdit(self)
        self.order_button = PlainButton(parent=self)
        self.order_button.setCheckable(True)
        self.list = FileList(self.pictures, self)
        self.empty = EmptyState("paperclip", self)
        self.details = FileDetails(words, self)
        self.panel = ScanPanel(self.scan, words, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now."""
        if self.scan.state.case_id not in ("", case_file.case.id):
            self.scan.close()
        self.presenter.show_case(case_file)

    def show_subject(self, subject: str) -> None:
        """Bring a file into sight."""
        if self.presenter.state.by_id(subject) is not None:
            self.scan.close()
            self._all_kinds()
            self.presenter.choose(subject)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """The system's dialogs are modal: never while recording. Dropping and pasting go on."""
        self._recording = recording
        self._render_buttons()

    def take_focus(self) -> None:
        """The keyboard goes to the list, or to what brings something onto it."""
        if self.list.isVisibleTo(self):
            self.list.setFocus()
        else:
            self.add_button.setFocus()

    def take(self, paths: Sequence[Path], encounter: str | None = None) -> None:
        """Take files in; the first folder among them is looked through."""
        self._all_kinds()
        folders = [path for path in paths if path.is_dir()]
        self.presenter.take([path for path in paths if path not in folders], encounter)
        case_file = self.presenter.state.case_file
        if folders and case_file is not None:
            self.scan.begin(case_file.case.id, folders[0])

    @Slot()
    def paste(self) -> None:
        """Files, a picture or words that were copied."""
        self.take_mime(QGuiApplication.clipboard().mimeData())

    def take_mime(self, data: QMimeData) -> bool:
        """Take in what was copied or dropped; whether there was anything."""
        given = incoming(data)
        self._all_kinds()  # what comes must be seen
        if given.paths:
            self.take(given.paths)
        elif not given.picture.isNull():
            self.presenter.take_picture(given.picture)
        elif data.hasText() and data.text().strip():
            self.presenter.take_text(data.text())
        else:
            return False
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, folders, pictures and words can be dropped here."""
        data = event.mimeData()
        if incoming(data) or data.hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        if self.take_mime(event.mimeData()):
            event.acceptProposedAction()

    @Slot(object)
    def render_state(self, state: FilesState) -> None:
        """Show the files."""
        case_file = state.case_file
        if case_file is None:
            return
        if (case_file, self._words.words) != self._shown:
            self._shown = (case_file, self._words.words)
            self._rows = rows_of(case_file, self._words.words)
            self._fill_kinds()
        self._show_rows()
        self.strip.show_state(state)
        self.notices.show_notices(state.notices)
        self.details.show_state(state, sealed=self.presenter.sealed())
        self._hint.setText(
            self._words.plural("Taking in {n} file…", "Taking in {n} files…", state.pending)
            if state.pending
            else self._words.text(
                "Drop files or folders here, or paste a screenshot with Ctrl+V. Originals are kept."
            )
        )

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.add_button.setText(t("Add files…"))
        self.paste_button.setText(t("Paste"))
        self.paste_button.setToolTip(QKeySequence(QKeySequence.StandardKey.Paste).toString())
        self.paste_button.setAccessibleName(t("Take in what was copied: a picture, files or text"))
        self.scan_button.setText(t("Look through a folder…"))
        self.kinds.setAccessibleName(t("Kind of files to show"))
        self.search.setPlaceholderText(t("Find by name or words"))
        self.search.setAccessibleName(t("Find by name or words"))
        self.list.setAccessibleName(t("Documents of this case"))
        self._render_order()
        self._render_buttons()
        self.details.retranslate()
        self.panel.show_state(self.scan.state)
        self.render_state(self.presenter.state)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add_button, self.paste_button, self.scan_button):
            buttons.addWidget(button)
        buttons.addSpacing(6)
        at_least_wide(self._hint, 220)
        top = TurningRow(self, 8)
        top.row.addLayout(buttons)
        top.row.addWidget(self._hint, 1)
        filters = QGridLayout(self._filters)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.setSpacing(6)
        filters.addWidget(self.kinds, 0, 0)
        filters.addWidget(self.order_button, 0, 1)
        filters.addWidget(self.search, 1, 0, 1, 2)
        filters.setColumnStretch(0, 1)
        left = Card(self)
        left.column.setContentsMargins(12, 12, 12, 12)
        left.column.setSpacing(10)
        left.column.addWidget(self._filters)
        left.column.addWidget(self.list, 1)
        left.column.addWidget(self.empty, 1)
        at_least_wide(self.kinds, 90)
        right = Card(self)
        right.column.setContentsMargins(14, 12, 6, 12)
        right.column.addWidget(self.details)
        self._right = right
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(14)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setStretchFactor(0, 6)
        halves.setStretchFactor(1, 5)
        halves.setSizes([600, 500])
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(halves)
        # While something is asked and said above it, a small window keeps a line or two of the list.
        at_least_high(self._stack, 130)
        self._stack.addWidget(body)
        self._stack.addWidget(self.panel)
        self.column.setSpacing(12)
        self.column.addWidget(top)
        self.column.addWidget(self.strip)
        self.column.addWidget(self.notices)
        self.column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        self.add_button.clicked.connect(self._add_clicked)
        self.paste_button.clicked.connect(self.paste)
        self.scan_button.clicked.connect(self._scan_clicked)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.paste)
        self.strip.kind_chosen.connect(presenter.say_kind)
        self.strip.later_clicked.connect(presenter.say_later)
        self.notices.show_clicked.connect(self.show_subject)
        self.notices.again_clicked.connect(presenter.take_again)
        self.notices.closed.connect(presenter.dismiss)
        self.kinds.activated.connect(self._filter_changed)
        self.search.textChanged.connect(self._filter_changed)
        self.order_button.clicked.connect(self._order_clicked)
        self.list.file_chosen.connect(presenter.choose)
        self.list.open_wanted.connect(self.file_wanted)
        self.details.changed.connect(presenter.describe)
        self.details.page_wanted.connect(presenter.turn_to)
        self.details.open_clicked.connect(self._open)
        self.details.hear_clicked.connect(self._hear)
        self.details.folder_clicked.connect(self._show_folder)
        self.panel.take_clicked.connect(self._take_picked)
        self.scan.state_changed.connect(self._scan_changed)
        presenter.state_changed.connect(self.render_state)
        presenter.case_changed.connect(self.case_changed)
        presenter.problem.connect(self.problem)

    @Slot(str)
    def _hear(self, name: str) -> None:
        self.place_wanted.emit(name, 0)

    def _render_buttons(self) -> None:
        later = self._words.text("After the recording. Files can be dropped here now.")
        for button in (self.add_button, self.scan_button):
            button.setEnabled(not self._recording)
            button.setToolTip(later if self._recording else "")

    def _render_order(self) -> None:
        t = self._words.text
        oldest = self.order_button.isChecked()
        self.order_button.setText(t("Oldest first") if oldest else t("Newest first"))
        self.order_button.setAccessibleName(t("Order: {order}", order=self.order_button.text()))

    def _fill_kinds(self) -> None:
        chosen = self.kinds.currentData() or ""
        self.kinds.clear()
        for kind, text in kind_choices(self._rows, self._words.words):
            self.kinds.addItem(text, kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))

    def _show_rows(self) -> None:
        t = self._words.text
        kind = self.kinds.currentData() or ""
        rows = shown_rows(self._rows, kind, self.search.text(), oldest_first=self.order_button.isChecked())
        self.list.show_rows(rows, self.presenter.state.chosen)
        self._filters.setVisible(bool(self._rows) and not self.presenter.state.asked)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._right.setVisible(bool(self._rows) and self.presenter.state.kept is not None)
        if self._rows:
            self.empty.set_texts(t("Nothing like this is here"), t("Choose another kind, or other words."))
        else:
            self.empty.set_texts(
                t("No documents yet"),
                t(
                    "Screenshots of messages, the contract, bills, receipts, photos, recordings of your "
                    "phone: drop or paste them here. They are kept bit for bit."
                ),
            )

    def _all_kinds(self) -> None:
        self.kinds.setCurrentIndex(0)
        self.search.clear()
        self._show_rows()

    @Slot()
    def _filter_changed(self) -> None:
        self._show_rows()

    @Slot()
    def _order_clicked(self) -> None:
        self._render_order()
        self._show_rows()

    @Slot()
    def _add_clicked(self) -> None:
        self.take(self._choice.files(self, self._words.text("Files for this case")))

    @Slot()
    def _scan_clicked(self) -> None:
        folder = self._choice.folder(self, self._words.text("Folder to look through"), None)
        if folder is not None:
            self.take([folder])

    @Slot(object)
    def _scan_changed(self, state: ScanState) -> None:
        self._stack.setCurrentIndex(1 if state.folder is not None else 0)
        self.panel.show_state(state)

    @Slot(object)
    def _take_picked(self, paths: Sequence[Path]) -> None:
        self.scan.close()
        self.presenter.take(paths)

    @Slot(object)
    def _open(self, kept: TakenIn) -> None:
        self.file_wanted.emit(kept.id)

    @Slot(object)
    def _show_folder(self, kept: TakenIn) -> None:
        self._choice.open(self.presenter.kept_file(kept).parent)
