"""The list of hits: headings that can't be chosen, and hits with what was found in bold."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from evidencedesk.domain.search import SearchHit
from evidencedesk.ui.search.rows import Row
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_HEADING_HEIGHT, _HIT_HEIGHT = 42, 56
_ICON = 18


class ResultModel(QAbstractListModel):
    """Headings and hits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[Row, ...]) -> bool:
        """Replace all rows; whether they are other ones."""
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

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
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.hit.found.text[:1000] if isinstance(row.hit, SearchHit) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over."""
        heading = index.isValid() and self._rows[index.row()].hit is None
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)


class ResultList(QListView):
    """The list; the first hit is chosen by itself, so that Return leads to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = ResultModel(self)
        self.setModel(self.results)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent }")

    @property
    def row(self) -> Row | None:
        """The chosen hit."""
        found = self.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, Row) and found.hit is not None else None

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Other hits: the first of them is chosen. The same: nothing moves."""
        if self.results.show_rows(rows):
            self.scrollToTop()
            self.move_by(1)

    def move_by(self, step: int) -> None:
        """Choose the next hit below or above."""
        rows = self.results.rows
        hits = [number for number, row in enumerate(rows) if row.hit is not None]
        if not hits:
            return
        current = self.currentIndex().row()
        place = hits.index(current) + step if current in hits else 0
        chosen = hits[max(0, min(place, len(hits) - 1))]
        self.setCurrentIndex(self.results.index(chosen))
        if chosen == hits[0]:
            self.scrollToTop()  # its heading as well


class _RowDelegate(QStyledItemDelegate):
    """Draws headings quietly and hits in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list."""
        row: Row = index.data(ROW_ROLE)
        height = scaled(_HEADING_HEIGHT if row.hit is None else _HIT_HEIGHT)
        return QSize(super().sizeHint(option, index).width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: Row = index.data(ROW_ROLE)
        tokens = current_tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if row.hit is None:
            _paint_heading(painter, box, row, tokens)
        else:
            state = option.state
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            if chosen or hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.accent_bg if chosen else tokens.panel))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 10, 10)
            _paint_hit(painter, box.adjusted(12, 6, -12, -6), row, tokens)
        painter.restore()


def _paint_heading(painter: QPainter, box: QRectF, row: Row, tokens: Tokens) -> None:
    line = QRectF(box.left() + 12, box.top() + scaled(14), box.width() - 24, scaled(22))
    count_width = QFontMetricsF(font(12)).horizontalAdvance(row.detail) + 14
    bold = font(13, QFont.Weight.Bold)
    painter.setFont(bold)
    painter.setPen(QColor(tokens.ink))
    title = QFontMetricsF(bold).elidedText(
        row.text, Qt.TextElideMode.ElideRight, max(0.0, line.width() - count_width)
    )
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(font(12))
    painter.setPen(QColor(tokens.faint))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.detail)


def _paint_hit(painter: QPainter, box: QRectF, row: Row, tokens: Tokens) -> None:
    paint_icon(painter, QRectF(box.left(), box.top() + 3, _ICON, _ICON), row.icon, tokens.sub)
    left = box.left() + _ICON + 12
    width = max(0.0, box.right() - left)
    layout = _line_of(row, width, tokens)
    painter.setPen(QColor(tokens.ink))
    layout.draw(painter, QRectF(left, box.top(), width, scaled(24)).topLeft())
    painter.setFont(font(12))
    painter.setPen(QColor(tokens.sub))
    detail = QFontMetricsF(font(12)).elidedText(row.detail, Qt.TextElideMode.ElideRight, width)
    painter.drawText(
        QRectF(left, box.top() + scaled(24), width, scaled(18)), Qt.AlignmentFlag.AlignVCenter, detail
    )


def _line_of(row: Row, width: float, tokens: Tokens) -> QTextLayout:
    """The snippet in one line, cut where there is no room."""
    layout = _laid_out(row.text, row, width, tokens)
    fits = layout.lineAt(0).textLength()
    if fits < len(row.text):
        layout = _laid_out(row.text[: max(0, fits - 1)] + "…", row, width, tokens)
    return layout


def _laid_out(text: str, row: Row, width: float, tokens: Tokens) -> QTextLayout:
    layout = QTextLayout(text, font(14))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    layout.setTextOption(option)
    formats = []
    for begin, end in row.marks:
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = begin, min(end, len(text)) - begin
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(QColor(tokens.accent))
        marked.format = look
        if marked.length > 0:
            formats.append(marked)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return layout
