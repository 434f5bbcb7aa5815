"""The list as rows: headings, pieces, and what is not on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from evidencedesk.ui.cases.evidence.presenter import EvidenceState
from evidencedesk.wording.language import Words

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
MIME = "application/x-evidencedesk-piece"


class RowKind(StrEnum):
    """What a row is."""

    HEADING = "heading"
    PIECE = "piece"
    LEFT_HEADING = "left-heading"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``id`` is that of the piece, ``text`` a heading's words or the piece's name."""

    kind: RowKind
    text: str
    id: str = ""
    number: str = ""
    under: str = ""
    pages: str = ""


def rows_of(state: EvidenceState, words: Words) -> tuple[Row, ...]:
    """All rows of a list."""
    stands = state.stands
    if stands is None:
        return ()
    rows: list[Row] = []
    for number, group in enumerate(stands.groups, start=1):
        rows.append(Row(RowKind.HEADING, group.title, number=str(number)))
        rows += [
            Row(RowKind.PIECE, item.name, item.id, item.number, (*item.proves, item.form)[0], item.pages)
            for item in group.items
        ]
    if stands.left:
        rows.append(Row(RowKind.LEFT_HEADING, words.text("Not on the list")))
        rows += [Row(RowKind.LEFT, item.name, item.id, under=item.form) for _, item in stands.left]
    return tuple(rows)


class EvidenceModel(QAbstractListModel):
    """Rows of the list; pieces can be ticked, dragged and dropped, headings rewritten.

    ``renamed`` carries the words of a heading before and now.
    """

    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Replace all rows."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def place_of(self, name: str) -> int:
        """The row of a piece; -1 when it is not there."""
        return next((place for place, row in enumerate(self._rows) if name and row.id == name), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.EditRole:
            return row.text
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (row.number, row.text) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.text
        if role == Qt.ItemDataRole.CheckStateRole and row.id:
            on = row.kind is RowKind.PIECE
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Pieces can be chosen and dragged; headings can't."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._rows[index.row()].id:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        elif self._rows[index.row()].kind is RowKind.HEADING:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Other words for a heading; the list itself changes when the case does."""
        if role == Qt.ItemDataRole.EditRole and index.isValid() and isinstance(value, str):
            self.renamed.emit(self._rows[index.row()].text, value)
            return True
        return False

    def supportedDropActions(self) -> Qt.DropAction:
        """Within the list only."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Our own pieces, nothing else."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Which piece is dragged."""
        data = QMimeData()
        data.setData(MIME, self._rows[indexes[0].row()].id.encode() if indexes else b"")
        return data
