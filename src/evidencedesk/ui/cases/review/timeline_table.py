"""The timeline as a table: its model, and how verdicts are drawn."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
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

from evidencedesk.ui.cases.review.timeline_line import Kind, Line, Tone
from evidencedesk.ui.kit.paint_pill import paint_pill, pill_width
from evidencedesk.ui.kit.pill import Kind as PillKind
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.palette import current_tokens

Index = QModelIndex | QPersistentModelIndex
TIME, POSITION, TEXT, SOURCE, VERDICT = range(5)
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_PILLS: dict[Tone, PillKind] = {
    Tone.GOOD: "ok",
    Tone.BAD: "bad",
    Tone.CAUTION: "warn",
    Tone.PLAIN: "neutral",
}
_ROW_HEIGHT = 37
_PADDING = 12  # of a cell, with what Qt keeps for the focus
_SPARE = 8  # Qt breaks a line a little earlier than its measure says
# Of the room that what happened and its source share: what happened is what people read.
_SOURCE_SHARE = 0.36


class TimelineModel(QAbstractTableModel):
    """One row for each line of the timeline."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._headings = ("", "", "", "", "")
        self._earlier = "{text}"
        self._several_days = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Replace all rows."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self._several_days = len({line.moment.local.date() for line in lines}) > 1
            self.endResetModel()

    def set_headings(self, headings: tuple[str, str, str, str, str], earlier: str) -> None:
        """Name the columns; ``earlier`` comes before a wording that was replaced."""
        self._headings = headings
        self._earlier = earlier
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, TIME, VERDICT)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Time, place in the sound, text, source, verdict."""
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
        line = self._lines[index.row()]
        column = index.column()
        clock = f"{line.moment.local:%m-%d} {line.clock}" if self._several_days else line.clock
        texts = (clock, line.position, self._text(line), line.source, line.verdict)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return texts[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.moment.local:%Y-%m-%d %H:%M:%S}" if column == TIME else texts[column]
        if role == LINE_ROLE:
            return line
        return self._font(line, column) if role == Qt.ItemDataRole.FontRole else None

    def _text(self, line: Line) -> str:
        # The wordings before stay readable, the latest of them last.
        return "\n".join([line.text, *(self._earlier.format(text=words) for words in line.earlier)])

    @staticmethod
    def _font(line: Line, column: int) -> QFont:
        made = mono_font(13) if column in (TIME, POSITION) else font(13)
        made.setStrikeOut(line.withdrawn and column == TEXT)
        return made


class _CellDelegate(QStyledItemDelegate):
    """Draws quiet columns in a quiet colour and verdicts as pills."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Choose the colour by the column."""
        super().initStyleOption(option, index)
        tokens = current_tokens()
        line: Line = index.data(LINE_ROLE)
        quiet = (
            index.column() in (POSITION, SOURCE)
            or line.kind in (Kind.SOUND, Kind.FILE, Kind.STAMP)
            or line.withdrawn
        )
        option.palette.setColor(option.palette.ColorRole.Text, tokens.sub if quiet else tokens.ink)
        # The focus is the row, not a dotted box in a cell.
        option.state &= ~option.state.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell; its pill on top in the last column."""
        if index.column() != VERDICT:
            super().paint(painter, option, index)
            return
        line: Line = index.data(LINE_ROLE)
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, blank, painter, option.widget)
        if line.verdict:
            box = QRectF(option.rect).adjusted(6, 0, -6, 0)
            paint_pill(painter, current_tokens(), box, line.verdict, _PILLS[line.tone])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """High enough for every wording."""
        line: Line = index.data(LINE_ROLE)
        if index.column() == VERDICT:
            width = round(pill_width(line.verdict, _PILLS[line.tone])) + 14 if line.verdict else 0
            return QSize(width, _ROW_HEIGHT)
        hint = super().sizeHint(option, index)
        if index.column() not in (TEXT, SOURCE):
            return QSize(hint.width(), _ROW_HEIGHT)
        view = option.widget
        room = view.columnWidth(index.column()) if isinstance(view, QTableView) else hint.width()
        metrics = QFontMetrics(font(13))
        box = metrics.boundingRect(
            0, 0, room - 2 * _PADDING - _SPARE, 10_000, Qt.TextFlag.TextWordWrap, str(index.data())
        )
        return QSize(hint.width(), max(_ROW_HEIGHT, box.height() + 17))


class TimelineTable(QTableView):
    """The table; ``line_chosen`` carries the ``Line`` under the cursor, or None."""

    line_chosen = Signal(object)
    line_activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = TimelineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        for column in (TIME, POSITION, VERDICT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SOURCE, QHeaderView.ResizeMode.Fixed)
        header.sectionResized.connect(self._column_resized)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.activated.connect(self._row_activated)

    @property
    def line(self) -> Line | None:
        """The chosen line."""
        rows = self.selectionModel().selectedRows()
        found = rows[0].data(LINE_ROLE) if rows else None
        return found if isinstance(found, Line) else None

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Replace all rows; the chosen line stays chosen."""
        before = self.line
        self.lines.show_lines(lines)
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
        rows = [
            row
            for row, line in enumerate(self.lines.lines)
            if line.recording == recording and line.at_ms is not None and line.at_ms <= at_ms
        ]
        if rows:
            self.selectRow(rows[-1])
            self.scrollTo(self.lines.index(rows[-1], TIME))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns first, then the heights that follow from them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.resizeSections()
        taken = sum(header.sectionSize(column) for column in (TIME, POSITION, VERDICT))
        shared = self.viewport().width() - taken
        header.resizeSection(SOURCE, max(96, round(shared * _SOURCE_SHARE)))
        header.resizeSections()

    @Slot(int, int, int)
    def _column_resized(self, column: int, _before: int, _now: int) -> None:
        if column in (TEXT, SOURCE):
            self.resizeRowsToContents()

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.line_chosen.emit(self.line)

    @Slot(QModelIndex)
    def _row_activated(self, _index: QModelIndex) -> None:
        self.line_activated.emit(self.line)
