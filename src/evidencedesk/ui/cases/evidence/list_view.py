"""The list, to be ordered by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from evidencedesk.ui.cases.evidence.rows import MIME, ROW_ROLE, EvidenceModel, Index, Row, RowKind
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled

_HEADING, _PIECE = 38, 50
_BOX, _NUMBER = 18, 46


class _RowDelegate(QStyledItemDelegate):
    """Draws headings and pieces."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are lower."""
        row: Row = index.data(ROW_ROLE)
        height = scaled(_PIECE if row.id else _HEADING)
        return QSize(super().sizeHint(option, index).width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: Row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        if row.id:
            self._piece(painter, option, box, row)
        else:
            self._heading(painter, option, box, row)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, row: Row) -> None:
        tokens = current_tokens()
        self._ground(painter, option, box)
        bold = font(13, QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.sub if row.kind is RowKind.LEFT_HEADING else tokens.ink))
        text = f"{row.number}  {row.text}" if row.number else row.text
        room = box.adjusted(10, 6, -10, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _elided(bold, text, room.width()))

    def _piece(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, row: Row) -> None:
        tokens = current_tokens()
        self._ground(painter, option, box)
        on = row.kind is RowKind.PIECE
        tick = QRectF(box.left() + 10, box.center().y() - _BOX / 2, _BOX, _BOX)
        painter.setPen(QPen(QColor(tokens.accent_fill if on else tokens.faint), 1.4))
        painter.setBrush(QColor(tokens.accent_fill if on else tokens.panel))
        painter.drawRoundedRect(tick, 4, 4)
        if on:
            paint_icon(painter, tick.adjusted(2, 2, -2, -2), "check", tokens.on_fill)
        painter.setFont(mono_font(13))
        painter.setPen(QColor(tokens.sub))
        number = QRectF(tick.right() + 10, box.top(), scaled(_NUMBER), box.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, row.number)
        left = number.right() + 4
        pages = font(12)
        painter.setFont(pages)
        painter.setPen(QColor(tokens.faint))
        side = QRectF(left, box.top(), box.right() - 12 - left, box.height())
        painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.pages)
        room = side.width() - QFontMetricsF(pages).horizontalAdvance(row.pages) - 12
        upper = QRectF(left, box.top() + scaled(6), room, scaled(20))
        lower = QRectF(left, upper.bottom(), room, scaled(18))
        painter.setFont(font(14))
        painter.setPen(QColor(tokens.ink if on else tokens.sub))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, _elided(font(14), row.text, room))
        painter.setFont(pages)
        painter.setPen(QColor(tokens.faint))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, _elided(pages, row.under, room))

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        tokens = current_tokens()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(tokens.accent), 1.4 if option.widget.hasFocus() else 0))
            painter.setBrush(QColor(tokens.accent_bg))
            painter.drawRoundedRect(box, 8, 8)


class EvidenceList(QListView):
    """Emits what the user does.

    Emits:
        row_chosen: the ``Row`` under the cursor, or None.
        toggled: the id of a piece whose box was touched (Space, Return, click on the box).
        moved: -1 or 1, for the chosen row (Alt and an arrow).
        dropped: the id of a piece, and the id before which it was dropped or an empty text for the end.
        renamed: the words of a heading before and now (a double click, or Return on it).
    """

    row_chosen = Signal(object)
    toggled = Signal(str)
    moved = Signal(int)
    dropped = Signal(str, str)
    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = EvidenceModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.rows.renamed.connect(self.renamed)
        self.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def row(self) -> Row | None:
        """The chosen row."""
        found = self.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, Row) else None

    def show_rows(self, rows: tuple[Row, ...], chosen: str) -> None:
        """Replace all rows; what is chosen stays chosen."""
        before = self.row
        bar = self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        place = self.rows.place_of(chosen)
        if before is not None and not before.id:
            titles = [row.text if not row.id else "" for row in rows]
            place = titles.index(before.text) if before.text in titles else place
        if place >= 0 and self.currentIndex().row() != place:
            self.setCurrentIndex(self.rows.index(place))
        self.verticalScrollBar().setValue(bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Alt and an arrow moves."""
        row, key = self.row, Qt.Key(event.key())
        if row is not None and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
            if step:
                self.moved.emit(step)
                return
        entered = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if row is not None and row.id and (entered or key == Qt.Key.Key_Space):
            self.toggled.emit(row.id)
            return
        if row is not None and row.kind is RowKind.HEADING and entered:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE)
        if isinstance(row, Row) and row.id and event.position().x() < self.visualRect(index).left() + 34:
            self.toggled.emit(row.id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only our own pieces."""
        self._take(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The line that shows where it would go is Qt's."""
        super().dragMoveEvent(event)
        self._take(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where it was dropped; the list itself changes when the case does."""
        if not event.mimeData().hasFormat(MIME):
            return
        name = bytes(event.mimeData().data(MIME).data()).decode()
        below = self.indexAt(event.position().toPoint())
        place = below.row() if below.isValid() else self.rows.rowCount()
        if below.isValid() and event.position().y() > self.visualRect(below).center().y():
            place += 1
        after = (row.id for row in self.rows.rows[place:] if row.kind is RowKind.PIECE)
        self.dropped.emit(name, next(after, ""))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours: drawn anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    @staticmethod
    def _take(event: QDragEnterEvent | QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.row_chosen.emit(self.row)


def _elided(with_font: QFont, text: str, width: float) -> str:
    return QFontMetricsF(with_font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))
