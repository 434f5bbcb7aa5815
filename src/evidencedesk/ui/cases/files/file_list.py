"""The list of files: rows of one height with a small picture, so that a thousand scroll like ten."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from evidencedesk.domain.case import ImportedSound
from evidencedesk.ui.cases.files.pictures import Pictures
from evidencedesk.ui.cases.files.rows import FileRow
from evidencedesk.ui.kit.paint_pill import paint_pill, pill_width
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import at_least_wide, scaled

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT = 78
_PICTURE = 52
_SIDE = 12


class FileModel(QAbstractListModel):
    """One row for each file."""

    def __init__(self, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.rows: tuple[FileRow, ...] = ()
        pictures.came.connect(self._picture_came)

    def show_rows(self, rows: tuple[FileRow, ...]) -> bool:
        """Replace all rows; whether they are others."""
        if rows == self.rows:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself, its picture, and what a screen reader says."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DecorationRole:
            return None if isinstance(row.kept, ImportedSound) else self._pictures.picture(row.kept)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = (row.name, *(pill for pill, _ in row.pills), row.facts)
            return "\n".join(said) if role == Qt.ItemDataRole.ToolTipRole else ", ".join(said)
        return None

    @Slot(str)
    def _picture_came(self, name: str) -> None:
        for number, row in enumerate(self.rows):
            if row.id == name:
                place = self.index(number)
                self.dataChanged.emit(place, place, [Qt.ItemDataRole.DecorationRole])
                return


class _FileDelegate(QStyledItemDelegate):
    """Picture, name, pills, facts."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All of one height."""
        return QSize(100, scaled(_ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        tokens = current_tokens()
        row: FileRow = index.data(ROW_ROLE)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if option.state & QStyle.StateFlag.State_Selected:
            # Not the colour of the pills: they would vanish on it.
            painter.fillRect(box, QColor(tokens.bg))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(tokens.accent))
        painter.setPen(QPen(QColor(tokens.line)))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._picture(painter, QRectF(box.left() + _SIDE, box.top() + 12, _PICTURE, _PICTURE), index, row)
        left = box.left() + 2 * _SIDE + _PICTURE
        text = QRectF(left, box.top() + scaled(9), box.right() - left - _SIDE, scaled(20))
        self._line(painter, text, row.name, font(13, QFont.Weight.DemiBold), tokens.ink)
        pills = QRectF(left, text.bottom() + 1, text.width(), scaled(22))
        for said, kind in row.pills:
            if pills.width() < scaled(48):
                break
            room = QRectF(
                pills.left(), pills.top(), min(pills.width(), pill_width(said, kind)), pills.height()
            )
            pills.setLeft(pills.left() + paint_pill(painter, tokens, room, said, kind) + 5)
        facts = QRectF(left, box.top() + scaled(53), text.width(), scaled(18))
        self._line(painter, facts, row.facts, font(12), tokens.faint)
        painter.restore()

    def _picture(self, painter: QPainter, box: QRectF, index: Index, row: FileRow) -> None:
        tokens = current_tokens()
        shape = QPainterPath()
        shape.addRoundedRect(box, 6, 6)
        painter.fillPath(shape, QColor(tokens.bg))
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QImage):
            painter.save()
            painter.setClipPath(shape)
            size = QSize(picture.size()).scaled(
                box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding
            )
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(box.center())
            painter.drawImage(target, picture)
            painter.restore()
        else:
            name = "volume-2" if isinstance(row.kept, ImportedSound) else "file-text"
            paint_icon(painter, box.adjusted(14, 14, -14, -14), name, tokens.faint)
        painter.setPen(QPen(QColor(tokens.line)))
        painter.drawPath(shape)

    @staticmethod
    def _line(painter: QPainter, box: QRectF, text: str, letters: QFont, color: str) -> None:
        painter.setFont(letters)
        painter.setPen(QColor(color))
        shown = QFontMetrics(letters).elidedText(text, Qt.TextElideMode.ElideMiddle, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class FileList(QListView):
    """The list.

    Emits:
        file_chosen: the id of the file that was chosen by mouse or keyboard.
        open_wanted: the id of one that was double-clicked, or on which Return was pressed.
    """

    file_chosen = Signal(str)
    open_wanted = Signal(str)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.files = FileModel(pictures, self)
        self.setModel(self.files)
        self.setItemDelegate(_FileDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        at_least_wide(self, 260)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.activated.connect(self._activated)

    def show_rows(self, rows: tuple[FileRow, ...], chosen: str) -> None:
        """Replace all rows, one of them chosen."""
        self._quiet = True
        changed = self.files.show_rows(rows)
        present = self.currentIndex()
        if changed or not present.isValid() or rows[present.row()].id != chosen:
            self.clearSelection()
            number = next((number for number, row in enumerate(rows) if row.id == chosen), None)
            if number is not None:
                self.setCurrentIndex(self.files.index(number))
                self.scrollTo(self.currentIndex())
        self._quiet = False

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        rows = self.selectionModel().selectedRows()
        if rows and not self._quiet:
            self.file_chosen.emit(rows[0].data(ROW_ROLE).id)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self.open_wanted.emit(index.data(ROW_ROLE).id)
