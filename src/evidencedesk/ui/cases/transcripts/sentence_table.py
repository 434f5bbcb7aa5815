"""The sentences as a table: ten thousand of them scroll smoothly, and each can be corrected in its place."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from evidencedesk.domain.heard_lines import HeardLine
from evidencedesk.domain.moment import clock_text
from evidencedesk.ui.cases.transcripts.talk_words import side_text
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import row_height, scaled
from evidencedesk.wording.language import Words, mark

Index = QModelIndex | QPersistentModelIndex
TIME, SIDE, TEXT = range(3)
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
EARLIER_ROLE = Qt.ItemDataRole.UserRole + 2
_HEADINGS = (mark("Time"), mark("Side"), mark("Words"))
_ROW_HEIGHT = 46  # two lines: a long sentence, or a corrected one with what the machine wrote
_MARGIN = 8
_LONGEST = 500


class SentenceModel(QAbstractTableModel):
    """One row for each sentence that the filter lets through; ``corrected`` carries line and new words."""

    corrected = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[HeardLine, ...] = ()
        self._shown: tuple[HeardLine, ...] = ()
        self._filter = ""
        self._words: Words | None = None

    @property
    def lines(self) -> tuple[HeardLine, ...]:
        """What is shown."""
        return self._shown

    def show_lines(self, words: Words, lines: tuple[HeardLine, ...], wanted: str) -> None:
        """Show those sentences in which the wanted words stand."""
        if (lines, wanted, words) == (self._all, self._filter, self._words):
            return
        self._all, self._filter, self._words = lines, wanted, words
        shown = tuple(line for line in lines if _has(line, wanted.casefold()))
        if [_name(line) for line in shown] == [_name(line) for line in self._shown]:
            # The same sentences in other words: nobody loses their place.
            self._shown = shown
            if shown:
                self.dataChanged.emit(self.index(0, TIME), self.index(len(shown) - 1, TEXT))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, TIME, TEXT)
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many sentences."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """Time, side, words."""
        return 0 if parent is not None and parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The words can be corrected."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == TEXT else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and self._words is not None:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._words.text(_HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid() or self._words is None:
            return None
        line, column = self._shown[index.row()], index.column()
        if role == LINE_ROLE:
            return line
        if role == EARLIER_ROLE:
            return machine_text(self._words, line)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return (clock_text(line.talk_ms), side_text(self._words, line.leg), line.sentence.text)[column]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) and column == TEXT:
            before = machine_text(self._words, line)
            return f"{line.sentence.text}\n{before}" if before else line.sentence.text
        if role == Qt.ItemDataRole.FontRole:
            return mono_font(13) if column == TIME else font(13)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """The user wrote other words; they are shown when they are in the journal."""
        if role != Qt.ItemDataRole.EditRole or index.column() != TEXT:
            return False
        self.corrected.emit(self._shown[index.row()], str(value))
        return True


def machine_text(words: Words, line: HeardLine) -> str:
    """What the machine had written, where somebody corrected it."""
    earlier = line.sentence.earlier
    return words.text("The machine wrote: {text}", text=earlier[0]) if earlier else ""


def _has(line: HeardLine, wanted: str) -> bool:
    return not wanted or any(
        wanted in text.casefold() for text in (line.sentence.text, *line.sentence.earlier)
    )


def _name(line: HeardLine) -> tuple[str, int]:
    return line.transcript, line.number


class _SentenceDelegate(QStyledItemDelegate):
    """Draws two lines at most, and edits in a field as wide as the column."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Quiet sides; the focus is the row, not a dotted box in a cell."""
        super().initStyleOption(option, index)
        tokens = current_tokens()
        tone = tokens.ink if index.column() == TEXT else tokens.sub
        option.palette.setColor(option.palette.ColorRole.Text, tone)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The words, and under corrected ones what the machine wrote."""
        line = index.data(LINE_ROLE)
        if index.column() != TEXT or not isinstance(line, HeardLine) or not line.sentence.corrected:
            super().paint(painter, option, index)
            return
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        text, blank.text = blank.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, option.widget)
        box = QRect(option.rect).adjusted(_MARGIN, 4, -_MARGIN, -4)
        half = box.height() // 2
        painter.save()
        for top, told, tone, size in (
            (box.top(), text, current_tokens().ink, 13),
            (box.top() + half, str(index.data(EARLIER_ROLE)), current_tokens().faint, 11),
        ):
            painter.setFont(font(size))
            painter.setPen(tone)
            shown = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, box.width())
            place = QRect(box.left(), top, box.width(), half)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are as high: only then ten thousand of them cost nothing."""
        return QSize(super().sizeHint(option, index).width(), scaled(_ROW_HEIGHT))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """One line; Enter keeps it, Esc drops it."""
        edit = QLineEdit(parent)
        edit.setMaxLength(_LONGEST)
        edit.setAccessibleName(str(index.model().headerData(TEXT, Qt.Orientation.Horizontal)))
        return edit


class SentenceTable(QTableView):
    """Emits ``place_wanted`` with the ``HeardLine`` that the user wants to hear."""

    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentences = SentenceModel(self)
        self.setModel(self.sentences)
        self.setItemDelegate(_SentenceDelegate(self))
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
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        row_height(self, _ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(TIME, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SIDE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(TIME, 92)
        header.resizeSection(SIDE, 124)

    @property
    def line(self) -> HeardLine | None:
        """The chosen sentence."""
        rows = self.selectionModel().selectedRows()
        found = rows[0].data(LINE_ROLE) if rows else None
        return found if isinstance(found, HeardLine) else None

    def show_lines(self, words: Words, lines: tuple[HeardLine, ...], wanted: str) -> None:
        """Replace the sentences; the chosen one stays chosen."""
        before = self.line
        self.sentences.show_lines(words, lines, wanted)
        if before is not None and self.line is None:
            names = [_name(line) for line in self.sentences.lines]
            if _name(before) in names:
                self.selectRow(names.index(_name(before)))

    def correct(self) -> None:
        """Open the chosen sentence for other words."""
        rows = self.selectionModel().selectedRows()
        if rows:
            self.edit(self.sentences.index(rows[0].row(), TEXT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: hear it. F2: correct it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line is not None:
            self.place_wanted.emit(self.line)
        elif event.key() == Qt.Key.Key_F2:
            self.correct()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the time: hear it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index.column() == TIME:
            self.place_wanted.emit(self.sentences.lines[index.row()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on the words: correct them."""
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TEXT:
            self.selectRow(index.row())
            self.correct()
