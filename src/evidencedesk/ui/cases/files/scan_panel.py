"""What a folder has that could belong to the case, for the user to pick from."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QWidget,
)

from evidencedesk.intake.folder_scan import MOST, Candidate
from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.cases.case_words import day_and_time
from evidencedesk.ui.cases.files.scan_presenter import ScanPresenter, ScanState
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.theme.motion import still
from evidencedesk.ui.theme.text_size import row_height
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import mark
from evidencedesk.wording.previews import passed_text

Index = QModelIndex | QPersistentModelIndex
NAME, GROUP, CHANGED, SIZE, STATE = range(5)
_TOLD = 4
_GROUPS = {"picture": mark("Picture"), "paper": mark("Paper"), "sound": mark("Sound or film")}


class CandidateModel(QAbstractTableModel):
    """One row for each file, with a box to pick it."""

    def __init__(self, presenter: ScanPresenter, words: UiWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self.rows: tuple[Candidate, ...] = ()

    def show_rows(self, rows: tuple[Candidate, ...]) -> None:
        """Replace all rows, or only their boxes."""
        if rows is not self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(rows) - 1, NAME))

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Name, form, date, size, whether the case has it."""
        return 0 if parent is not None and parent.isValid() else STATE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        t = self._words.text
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (t("File"), t("Form"), t("Changed on"), t("Size"), "")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.place
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME:
            picked = index.row() in self._presenter.state.picked
            return Qt.CheckState.Checked if picked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A box was ticked."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._presenter.pick(index.row(), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _text(self, row: Candidate, column: int) -> str:
        t = self._words.text
        if column == NAME:
            return row.place
        if column == GROUP:
            return t(_GROUPS[row.group])
        if column == CHANGED:
            return day_and_time(self._words.words, row.modified.astimezone())
        return size_text(row.file_bytes) if column == SIZE else t("in the case") if row.already else ""


class CandidateTable(QTableView):
    """The table; Return and Space pick the row."""

    def __init__(self, model: CandidateModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        row_height(self, 36)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in ((GROUP, 124), (CHANGED, 176), (SIZE, 90), (STATE, 90)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)


class ScanPanel(Card):
    """In place of the list while a folder is looked through.

    Emits:
        take_clicked: the paths that were picked.
    """

    take_clicked = Signal(object)

    def __init__(self, presenter: ScanPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._title = SectionTitle(parent=self)
        self._folder = ElidedLabel(tone="sub", parent=self)
        self.said = TextLabel(tone="sub", parent=self, wrap=True)
        self.bar = QProgressBar(self)
        # A bar without an end runs to and fro.
        self.bar.setRange(0, 1 if still() else 0)
        self.candidates = CandidateModel(presenter, words, self)
        self.table = CandidateTable(self.candidates, self)
        self.passed = TextLabel(tone="faint", parent=self, wrap=True)
        self.all_button = PlainButton(parent=self)
        self.close_button = PlainButton(parent=self)
        self.take_button = PrimaryButton(parent=self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.all_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.take_button)
        self.column.setSpacing(8)
        for widget in (self._title, self._folder, self.said, self.bar):
            self.column.addWidget(widget)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.passed)
        self.column.addStretch(0)
        self.column.addLayout(buttons)
        self.all_button.clicked.connect(presenter.pick_all)
        self.close_button.clicked.connect(presenter.close)
        self.take_button.clicked.connect(self._take)

    def show_state(self, state: ScanState) -> None:
        """Show how far it is, or what was found."""
        t = self._words.text
        found = () if state.scanned is None else state.scanned.candidates
        self._title.setText(t("Look through a folder"))
        self._folder.setText("" if state.folder is None else str(state.folder))
        self.bar.setVisible(state.running)
        self.bar.setAccessibleName(t("The folder is being looked through"))
        self.said.setText(self._said(state))
        self.candidates.show_rows(found)
        self.table.setVisible(bool(found))
        self.table.setAccessibleName(t("Files of the folder"))
        self.passed.setText(self._passed(state))
        self.passed.setVisible(bool(self.passed.text()))
        new = sum(not one.already for one in found)
        self.all_button.setVisible(bool(new))
        self.all_button.setText(
            t("None of them") if new and len(state.picked) == new else t("All that are new ({n})", n=new)
        )
        self.close_button.setText(t("Cancel") if state.running else t("Back to the documents"))
        self.take_button.setText(t("Take in {n}", n=len(state.picked)))
        self.take_button.setEnabled(bool(state.picked))
        self.take_button.setVisible(bool(found))

    def _said(self, state: ScanState) -> str:
        t = self._words.text
        if state.problem is not None:
            said = describe(self._words.words, state.problem)
            return f"{said.what} {said.next}"
        if state.running:
            return t(
                "{seen} files looked at, {offered} could belong here…", seen=state.seen, offered=state.offered
            )
        if state.scanned is None:
            return ""
        if not state.scanned.candidates:
            return t("No pictures, papers or sounds are in this folder.")
        parts = [t("Pick what belongs to this case. Nothing is changed in the folder.")]
        if state.scanned.more:
            parts.append(t("The folder has more: only {n} are shown. Choose a folder inside it.", n=MOST))
        return " ".join(parts)

    def _passed(self, state: ScanState) -> str:
        if state.scanned is None:
            return ""
        lines = [passed_text(self._words.words, one.why.value, one.place) for one in state.scanned.passed]
        more = len(lines) - _TOLD
        lines = lines[:_TOLD]
        if more > 0:
            lines.append(self._words.plural("{n} more like these", "{n} more like these", more))
        if state.scanned.others:
            lines.append(
                self._words.plural(
                    "{n} file of another form was left aside.",
                    "{n} files of other forms were left aside.",
                    state.scanned.others,
                )
            )
        return "\n".join(lines)

    @Slot()
    def _take(self) -> None:
        self.take_clicked.emit(self._presenter.state.paths)
