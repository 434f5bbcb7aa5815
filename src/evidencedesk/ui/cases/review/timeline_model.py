"""The rows of the timeline, and how their cells are drawn."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from evidencedesk.ui.cases.review.timeline_line import Kind, Line, Tone
from evidencedesk.ui.kit.paint_pill import paint_pill, pill_width
from evidencedesk.ui.kit.pill import Kind as PillKind
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled, text_scale

Index = QModelIndex | QPersistentModelIndex
TIME, POSITION, TEXT, SOURCE, VERDICT = range(5)
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_PILLS: dict[Tone, PillKind] = {
    Tone.GOOD: "ok",
    Tone.BAD: "bad",
    Tone.CAUTION: "warn",
    Tone.PLAIN: "neutral",
}
ROW_HEIGHT = 37
PADDING = 12  # of a cell, with what Qt keeps for the focus
_SPARE = 8  # Qt breaks a line a little earlier than its measure says


class TimelineModel(QAbstractTableModel):
    """One row for each line of the timeline."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._headings = ("", "", "", "", "")
        self._earlier = "{text}"
        self._several_days = False
        # For each recording its places in their order, with their rows.
        self._places: dict[str, tuple[list[int], list[int]]] = {}
        self._playing_row = -1

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Replace all rows."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            # They are in the order of time.
            ends = [line.moment.local.date() for line in (*lines[:1], *lines[-1:])]
            self._several_days = ends[:1] != ends[-1:]
            self._places = _places(lines)
            self._playing_row = -1
            self.endResetModel()

    def row_near(self, recording: str, at_ms: int) -> int:
        """The last row of a recording that is not after this place; -1 for none."""
        places, rows = self._places.get(recording, ([], []))
        found = bisect_right(places, at_ms)
        return rows[found - 1] if found else -1

    def mark_playing(self, row: int) -> None:
        """Say which row is heard now; -1 for none."""
        if row != self._playing_row:
            for other in (self._playing_row, row):
                if other >= 0:
                    self.dataChanged.emit(self.index(other, TIME), self.index(other, VERDICT))
            self._playing_row = row

    @property
    def playing_row(self) -> int:
        """Which row is heard now; -1 for none."""
        return self._playing_row

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
        return cell_font(column in (TIME, POSITION), line.withdrawn and column == TEXT, text_scale())


@cache
def cell_font(mono: bool, struck: bool, scale: float) -> QFont:  # noqa: FBT001, ARG001 - the key of a cache
    """The font of a cell, at the scale of the text in force."""
    made = QFont(mono_font(13) if mono else font(13))
    made.setStrikeOut(struck)
    return made


def _places(lines: tuple[Line, ...]) -> dict[str, tuple[list[int], list[int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for row, line in enumerate(lines):
        if line.recording is not None and line.at_ms is not None:
            found.setdefault(line.recording, []).append((line.at_ms, row))
    return {
        recording: ([at_ms for at_ms, _ in sorted(places)], [row for _, row in sorted(places)])
        for recording, places in found.items()
    }


class CellDelegate(QStyledItemDelegate):
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
        """A cell; its pill on top in the last column, and the mark of what is heard in the first."""
        self._paint_cell(painter, option, index)
        model = index.model()
        heard = isinstance(model, TimelineModel) and index.row() == model.playing_row
        if heard and index.column() == TIME:
            stripe = QRectF(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(stripe, QColor(current_tokens().accent))

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
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
            return QSize(width, scaled(ROW_HEIGHT))
        hint = super().sizeHint(option, index)
        if index.column() not in (TEXT, SOURCE):
            return QSize(hint.width(), scaled(ROW_HEIGHT))
        view = option.widget
        room = view.columnWidth(index.column()) if isinstance(view, QTableView) else hint.width()
        metrics = QFontMetrics(font(13))
        box = metrics.boundingRect(
            0, 0, room - 2 * PADDING - _SPARE, 10_000, Qt.TextFlag.TextWordWrap, str(index.data())
        )
        return QSize(hint.width(), max(scaled(ROW_HEIGHT), box.height() + 17))
