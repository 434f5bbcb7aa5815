"""The lines of a list before it is taken in: what each gives, and what is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from evidencedesk.intake.offers import Preview, Standing
from evidencedesk.ui.contacts.rows import local_time
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import row_height
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.contacts import contact_text, length_words, trouble_text
from evidencedesk.wording.language import Words, mark

Index = QModelIndex | QPersistentModelIndex
_STANDINGS = {
    Standing.NEW: "",
    Standing.TWICE: mark("stands in the list twice"),
    Standing.THERE: mark("is in the case already"),
    Standing.PERHAPS: mark("perhaps logged by hand already"),
    Standing.BELONGS: mark("belongs to the recording of {time}"),
}
_COLUMNS = 4
_ROW_HEIGHT = 32


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One line; ``index`` counts the offers, None for a line that gave none. ``good``: no doubt."""

    line: int
    index: int | None
    when: str
    what: str
    remark: str
    good: bool = False


def offer_rows(preview: Preview, words: Words) -> tuple[OfferRow, ...]:
    """All lines in the order of the list."""
    rows = []
    for index, offer in enumerate(preview.offers):
        details = offer.found.details
        parts = [contact_text(words, details)]
        if details.length_s is not None:
            parts.append(length_words(words, details.length_s))
        if details.text:
            parts.append(" ".join(details.text.split())[:200])
        begun = "" if offer.encounter is None else f"{offer.encounter.opened.local:%H:%M:%S}"
        remarks = [words.text(_STANDINGS[offer.standing], time=begun)]
        remarks += [trouble_text(words, trouble.value) for trouble in offer.found.troubles]
        doubted = bool(offer.found.troubles) or offer.standing is not Standing.BELONGS
        when = f"{local_time(details.begun_utc, details.begun_offset_minutes):%Y-%m-%d %H:%M:%S}"
        rows.append(
            OfferRow(
                offer.found.line,
                index,
                when,
                " · ".join(parts),
                "; ".join(filter(None, remarks)),
                not doubted,
            )
        )
    rows += [
        OfferRow(one.line, None, "", one.text, trouble_text(words, one.trouble.value))
        for one in preview.refused
    ]
    return tuple(sorted(rows, key=lambda row: row.line))


class OfferModel(QAbstractTableModel):
    """The lines, each with a box to tick where it gives a contact.

    Emits:
        offer_ticked: the index of an offer and whether it is wanted.
    """

    offer_ticked = Signal(int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[OfferRow, ...] = ()
        self._chosen: frozenset[int] = frozenset()
        self._headings: tuple[str, ...] = ("",) * _COLUMNS

    @property
    def rows(self) -> tuple[OfferRow, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[OfferRow, ...], chosen: frozenset[int]) -> None:
        """Replace the rows, or only their ticks."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows, self._chosen = rows, chosen
            self.endResetModel()
        elif chosen != self._chosen:
            self._chosen = chosen
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def set_headings(self, headings: tuple[str, str, str, str]) -> None:
        """Name the columns."""
        self._headings = headings
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Line, when, what, remark."""
        return 0 if parent is not None and parent.isValid() else _COLUMNS

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
        """What a cell says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        texts = (str(row.line), row.when, row.what, row.remark)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(text for text in texts if text) if index.column() == 0 else texts[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and row.index is not None:
            return Qt.CheckState.Checked if row.index in self._chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole:
            tokens = current_tokens()
            if index.column() == 3:
                return QColor(tokens.sub if row.good else tokens.warn)
            return QColor(tokens.faint if row.index is None else tokens.ink)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only lines that give a contact have a box."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == 0 and self._rows[index.row()].index is not None:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A box was clicked."""
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or row.index is None:
            return False
        # The binding gives a number or the enum, as the caller does.
        self.offer_ticked.emit(row.index, value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value))
        return True


class OfferTable(QTableView):
    """The table; Space ticks the chosen line."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.offers = OfferModel(self)
        self.setModel(self.offers)
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
        header.resizeSection(0, 76)
        header.resizeSection(1, 172)
        header.resizeSection(3, 280)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
