"""The timeline as a table."""

from __future__ import annotations

import time

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from evidencedesk.ui.cases.review.timeline_line import Line
from evidencedesk.ui.cases.review.timeline_model import (
    LINE_ROLE,
    PADDING,
    POSITION,
    ROW_HEIGHT,
    SOURCE,
    TEXT,
    TIME,
    VERDICT,
    CellDelegate,
    TimelineModel,
    cell_font,
)
from evidencedesk.ui.kit.paint_pill import pill_width
from evidencedesk.ui.theme.text_size import row_height, text_scale

# Of the room that what happened and its source share: what happened is what people read.
_SOURCE_SHARE = 0.36
# How many rows tell how wide a column must be.
_MEASURED_ROWS = 300
# For so long after somebody moved in the table it does not follow what is heard.
_LOOKING_S = 5.0


class TimelineTable(QTableView):
    """The table. Rows are measured when they come into sight: there may be ten thousand of them.

    Emits:
        line_chosen: the ``Line`` under the cursor, or None.
        line_stepped: the ``Line`` to which the user went by keys.
        line_wanted: the ``Line`` that was clicked, or on which Return was pressed.
        correction_wanted: the ``Line`` that was double-clicked, or on which F2 was pressed.
    """

    line_chosen = Signal(object)
    line_stepped = Signal(object)
    line_wanted = Signal(object)
    correction_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = TimelineModel(self)
        self._measured: set[int] = set()
        self._touched_s = -_LOOKING_S
        self.setModel(self.lines)
        self.setItemDelegate(CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        row_height(self, ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        for column in (TIME, POSITION, VERDICT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SOURCE, QHeaderView.ResizeMode.Fixed)
        header.sectionResized.connect(self._column_resized)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.verticalScrollBar().valueChanged.connect(self._measure_in_sight)
        self.clicked.connect(self._row_clicked)
        self.doubleClicked.connect(self._row_double_clicked)

    @property
    def line(self) -> Line | None:
        """The chosen line."""
        rows = self.selectionModel().selectedRows()
        found = rows[0].data(LINE_ROLE) if rows else None
        return found if isinstance(found, Line) else None

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Replace all rows; the chosen line stays chosen."""
        if lines is self.lines.lines:
            return
        before = self.line
        self.lines.show_lines(lines)
        self._measured.clear()
        self._fit()
        if before is not None and self.line is None:
            for row, line in enumerate(lines):
                if line.id == before.id:
                    self.selectRow(row)

    def choose_line(self, line_id: str) -> None:
        """Choose the line of this note, mark or file, where it is there."""
        for row, line in enumerate(self.lines.lines):
            if line.id == line_id:
                self.selectRow(row)
                self.scrollTo(self.lines.index(row, TIME), QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    def choose_near(self, recording: str, at_ms: int) -> None:
        """Choose the last line of a recording that is not after this place."""
        row = self.lines.row_near(recording, at_ms)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self.lines.index(row, TIME))

    def follow(self, recording: str, at_ms: int) -> None:
        """Mark the line that is heard; what the user has chosen stays, and what they look at just now."""
        row = self.lines.row_near(recording, at_ms)
        if row != self.lines.playing_row:
            self.lines.mark_playing(row)
            if row >= 0 and time.monotonic() - self._touched_s > _LOOKING_S:
                self.scrollTo(self.lines.index(row, TIME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return wants to hear a line, F2 corrects it; letters are the page's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line_wanted.emit(self.line)
        elif event.key() == Qt.Key.Key_F2:
            self.correction_wanted.emit(self.line)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            before = self.line
            self._touched_s = time.monotonic()
            super().keyPressEvent(event)
            if self.line is not before and self.line is not None:
                self.line_stepped.emit(self.line)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Who scrolls looks for something: playing must not scroll back at once."""
        self._touched_s = time.monotonic()
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns first, then the heights that follow from them."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other columns and rows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measured.clear()
            self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        for column in (TIME, POSITION, VERDICT):
            header.resizeSection(column, max(self.sizeHintForColumn(column), header.sectionSizeHint(column)))
        taken = sum(header.sectionSize(column) for column in (TIME, POSITION, VERDICT))
        shared = self.viewport().width() - taken
        header.resizeSection(SOURCE, max(96, round(shared * _SOURCE_SHARE)))
        header.resizeSections()
        self._measure_in_sight()

    def sizeHintForColumn(self, column: int) -> int:
        """As wide as the widest of some rows, wherever the table is scrolled to."""
        model, metrics = self.lines, self.fontMetrics()
        step = max(1, model.rowCount() // _MEASURED_ROWS)
        shown = {str(model.index(row, column).data()) for row in range(0, model.rowCount(), step)}
        if column == VERDICT:
            return max((round(pill_width(text, "neutral")) + 18 for text in shown if text), default=0)
        metrics = QFontMetrics(cell_font(column in (TIME, POSITION), False, text_scale()))
        return max((metrics.horizontalAdvance(text) for text in shown), default=0) + 2 * PADDING

    @Slot()
    def _measure_in_sight(self) -> None:
        """Give the rows in sight the height of their words."""
        for _ in range(2):  # higher rows push others out of sight, lower ones bring others in
            first = max(0, self.rowAt(0))
            last = self.rowAt(self.viewport().height() - 1)
            last = self.lines.rowCount() - 1 if last < 0 else last
            for row in range(first, last + 1):
                if row not in self._measured:
                    self._measured.add(row)
                    self.setRowHeight(row, self.sizeHintForRow(row))

    @Slot(int, int, int)
    def _column_resized(self, column: int, _before: int, _now: int) -> None:
        if column in (TEXT, SOURCE):
            self._measured.clear()
            self._measure_in_sight()

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.line_chosen.emit(self.line)

    @Slot(QModelIndex)
    def _row_clicked(self, _index: QModelIndex) -> None:
        self.line_wanted.emit(self.line)

    @Slot(QModelIndex)
    def _row_double_clicked(self, _index: QModelIndex) -> None:
        self.correction_wanted.emit(self.line)
