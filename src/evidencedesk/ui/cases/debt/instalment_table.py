"""Instalments as a table that is written into like a spreadsheet; the last line is always an empty one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.money import NOTHING, digits, number
from evidencedesk.intake.bill_cells import read_sum
from evidencedesk.ui.cases.debt.checked_field import read_date
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import row_height, scaled
from evidencedesk.ui.words import UiWords

Index = QModelIndex | QPersistentModelIndex
DUE, AMOUNT, PRINCIPAL, INTEREST, FEES = range(5)
_COLUMNS = 5
_ROW_HEIGHT = 34
_MOST_SHOWN = 8


class InstalmentModel(QAbstractTableModel):
    """Cells as they were written, put into their usual form where they are understood."""

    touched = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[str]] = [[""] * _COLUMNS]
        self._headings = [""] * _COLUMNS
        self._wrong = ""
        self.read_only = False

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """The lines that say something; ``wrong`` tells whether all of them are right."""
        return tuple(Instalment(*_values(row)) for row in self._rows if any(row))

    @property
    def wrong(self) -> tuple[int, int] | None:
        """The first cell that can't be understood or lacks."""
        for place, row in enumerate(self._rows):
            for column in range(_COLUMNS):
                if any(row) and self._is_wrong(row, column):
                    return place, column
        return None

    def show(self, instalments: Sequence[Instalment]) -> None:
        """Show other ones."""
        self.beginResetModel()
        self._rows = [[one.due, one.amount, one.principal, one.interest, one.fees] for one in instalments]
        if not self.read_only:
            self._rows.append([""] * _COLUMNS)
        self.endResetModel()

    def set_texts(self, headings: Sequence[str], wrong: str) -> None:
        """Name the columns; ``wrong`` is said of a cell that can't be understood."""
        self._headings, self._wrong = list(headings), wrong
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    def remove(self, place: int) -> None:
        """Take a line out."""
        if 0 <= place < len(self._rows) - 1:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[place]
            self.endRemoveRows()
            self.touched.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Five."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is written; what is wrong is coloured and says so."""
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == DUE else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if any(row) and self._is_wrong(row, column):
            if role == Qt.ItemDataRole.BackgroundRole:
                return QColor(current_tokens().bad_bg)
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
                return self._wrong
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write into a cell; a new empty line follows the last one."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        text, column = str(value).strip(), index.column()
        understood = read_date(text) if column == DUE else read_sum(text)
        self._rows[index.row()][column] = text if understood is None else understood
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), _COLUMNS - 1), [])
        if any(self._rows[-1]):
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._rows.append([""] * _COLUMNS)
            self.endInsertRows()
        self.touched.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All cells can be written into."""
        flags = super().flags(index)
        return flags if self.read_only else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names above, numbers beside."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == DUE else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    @staticmethod
    def _is_wrong(row: Sequence[str], column: int) -> bool:
        if column == DUE:
            return not read_date(row[DUE])
        if column == AMOUNT and not row[AMOUNT]:
            return not any(read_sum(part) for part in row[PRINCIPAL:])
        return read_sum(row[column]) is None


class InstalmentTable(QTableView):
    """Arrow keys walk, any key writes, Tab goes on to the next cell while writing, Delete empties."""

    def __init__(self, words: UiWords, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._words = words
        self.lines = InstalmentModel(self)
        self.lines.read_only = read_only
        self.setModel(self.lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        row_height(self, _ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for changed in (self.lines.modelReset, self.lines.rowsInserted, self.lines.rowsRemoved):
            changed.connect(self._fit)
        self.retranslate()
        self._fit()

    def retranslate(self) -> None:
        """Name the columns."""
        t = self._words.text
        self.setAccessibleName(t("Instalments"))
        headings = (t("Due on"), t("Amount"), t("of it principal"), t("of it interest"), t("of it fees"))
        self.lines.set_texts(headings, t("Write a day as 2026-11-25 and a sum as 1280.50."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete empties a cell; with Ctrl it takes the line out."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid() and not self.lines.read_only:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.lines.remove(index.row())
            else:
                self.lines.setData(index, "")
            return
        super().keyPressEvent(event)

    def show_wrong(self) -> None:
        """Go to the first cell that is not right."""
        wrong = self.lines.wrong
        if wrong is not None:
            self.setCurrentIndex(self.lines.index(*wrong))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        shown = min(_MOST_SHOWN, self.lines.rowCount())
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * scaled(_ROW_HEIGHT) + 2)


def _values(row: Sequence[str]) -> tuple[str, str, str, str, str]:
    parts = [read_sum(part) or "" for part in row[PRINCIPAL:]]
    whole = read_sum(row[AMOUNT]) or ""
    if not whole and any(parts):
        whole = digits(sum((number(part) or NOTHING for part in parts), NOTHING))
    return read_date(row[DUE]) or "", whole, parts[0], parts[1], parts[2]
