"""The list of contacts: rows of one height, so that ten thousand scroll like ten."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from evidencedesk.ui.contacts.rows import ContactRow
from evidencedesk.ui.kit.paint_pill import paint_pill, pill_width
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import row_height, scaled
from evidencedesk.ui.words import UiWords

Index = QModelIndex | QPersistentModelIndex
WHEN, KIND, WHO, SAID, RESULT = range(5)
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT = 36
_AIR = 26
_PILL_AT_MOST = 230
_PILL_IN_NARROW = 92
_KIND_IN_NARROW = 108
_WHO_SHARE = 0.42
_WHO_SHARE_IN_NARROW = 0.6
# Below this the year is left out and the pills are cut: whose number it was matters more.
_NARROW = 620


class ContactModel(QAbstractTableModel):
    """One row for each contact of the case, or of one day."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[ContactRow, ...] = ()
        self._rows: tuple[ContactRow, ...] = ()
        self._day: date | None = None
        self._headings = ("", "", "", "", "")
        self.narrow = False

    @property
    def rows(self) -> tuple[ContactRow, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[ContactRow, ...], day: date | None) -> None:
        """Replace all rows."""
        if rows == self._all and day == self._day:
            return
        self.beginResetModel()
        self._all, self._day = rows, day
        self._rows = rows if day is None else tuple(row for row in rows if row.local.date() == day)
        self.endResetModel()

    def set_headings(self, headings: tuple[str, str, str, str, str]) -> None:
        """Name the columns."""
        self._headings = headings
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, WHEN, RESULT)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """When, kind, who, what, result."""
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says, and how it is written."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = index.column()
        when = f"{row.local:%m-%d %H:%M}" if self.narrow else f"{row.local:%Y-%m-%d %H:%M}"
        texts = (when, row.kind, row.who, row.said, row.result)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return texts[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = f"{row.local:%Y-%m-%d %H:%M:%S (UTC%z)}"
            told = "\n".join((*row.results, *row.rules.hints)) if column == RESULT else ""
            return told if column == RESULT else whole if column == WHEN else texts[column]
        if role == ROW_ROLE:
            return row
        return self._font(row, column) if role == Qt.ItemDataRole.FontRole else None

    @staticmethod
    def _font(row: ContactRow, column: int) -> QFont:
        made = mono_font(13) if column == WHEN else font(13)
        made.setStrikeOut(row.withdrawn and column != RESULT)
        return made


class _CellDelegate(QStyledItemDelegate):
    """Draws quiet columns quietly and results as pills."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Choose the colour by the column."""
        super().initStyleOption(option, index)
        tokens = current_tokens()
        row: ContactRow = index.data(ROW_ROLE)
        quiet = index.column() == SAID or row.withdrawn or row.contact is None
        option.palette.setColor(option.palette.ColorRole.Text, tokens.sub if quiet else tokens.ink)
        # The focus is the row, not a dotted box in a cell.
        option.state &= ~option.state.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell; its pill on top in the last column."""
        if index.column() != RESULT:
            super().paint(painter, option, index)
            return
        row: ContactRow = index.data(ROW_ROLE)
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, blank, painter, option.widget)
        if row.result:
            box = QRectF(option.rect).adjusted(6, 0, -6, 0)
            paint_pill(painter, current_tokens(), box, row.result, "neutral" if row.withdrawn else "warn")


class ContactTable(QTableView):
    """The table.

    Emits:
        row_chosen: the ``ContactRow`` that was chosen by mouse or keyboard, or None.
    """

    row_chosen = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._quiet = False
        self.contacts = ContactModel(self)
        self.setModel(self.contacts)
        self.setItemDelegate(_CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        row_height(self, _ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SAID, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    @property
    def row(self) -> ContactRow | None:
        """The chosen row."""
        rows = self.selectionModel().selectedRows()
        found = rows[0].data(ROW_ROLE) if rows else None
        return found if isinstance(found, ContactRow) else None

    def show_rows(self, rows: tuple[ContactRow, ...], day: date | None, chosen: str) -> None:
        """Replace all rows; the one in the editor is the chosen one."""
        self._quiet = True
        self.contacts.show_rows(rows, day)
        self._quiet = False
        self._fit()
        self.choose(chosen)

    def choose(self, chosen: str) -> None:
        """Mark the row that is in the editor."""
        self._quiet = True
        present = self.row
        if not chosen:
            self.clearSelection()
        elif present is None or present.id != chosen:
            self.clearSelection()
            for number, row in enumerate(self.contacts.rows):
                if row.id == chosen:
                    self.selectRow(number)
                    self.scrollTo(self.contacts.index(number, WHEN))
                    break
        self._quiet = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other columns."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Widths from a few samples: measuring ten thousand rows would be felt."""
        header = self.horizontalHeader()
        narrow = self.viewport().width() < scaled(_NARROW)
        self.contacts.narrow = narrow
        sample = "11-20 21:03" if narrow else "2026-11-20 21:03"
        when = QFontMetrics(mono_font(13)).horizontalAdvance(sample) + _AIR
        some = self.contacts.rows[:200]
        kinds = QFontMetrics(font(13))
        kind = max((kinds.horizontalAdvance(row.kind) for row in some), default=60) + _AIR
        kind = min(kind, scaled(_KIND_IN_NARROW)) if narrow else kind
        pills = [pill_width(row.result, "warn") for row in some if row.result]
        result = min(scaled(_PILL_IN_NARROW if narrow else _PILL_AT_MOST), round(max(pills, default=0)) + 14)
        room = max(0, self.viewport().width() - when - kind - result)
        for column, width in (
            (WHEN, when),
            (KIND, kind),
            (WHO, round(room * (_WHO_SHARE_IN_NARROW if narrow else _WHO_SHARE))),
            (RESULT, result),
        ):
            if header.sectionSize(column) != width:
                header.resizeSection(column, width)

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if not self._quiet:
            self.row_chosen.emit(self.row)
