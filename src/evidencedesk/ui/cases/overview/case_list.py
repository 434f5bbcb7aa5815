"""The cases as rows: what they say and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidencedesk.domain.case import CaseSummary
from evidencedesk.domain.moment import local_text
from evidencedesk.ui.cases.case_words import summary_line
from evidencedesk.ui.kit.paint_pill import paint_pill, pill_width
from evidencedesk.ui.kit.pill import Kind
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.icons import paint_icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.wording.language import Words

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_HEIGHT = 74
_GAP = 10
_SIDES = 26  # the air above and below the words


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case, ready to be drawn."""

    id: str
    title: str
    line: str
    last: str
    pills: tuple[tuple[str, Kind], ...]
    archived: bool = False

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for screen readers."""
        return ", ".join([self.title, self.line, *(text for text, _ in self.pills), self.last])


def case_row(summary: CaseSummary, words: Words) -> CaseRow:
    """Put a case into words."""
    pills: list[tuple[str, Kind]] = []
    if summary.breaches:
        pills.append((words.plural("{n} breach marked", "{n} breaches marked", summary.breaches), "bad"))
    if summary.practice:
        pills.append((words.text("Practice: not evidence"), "warn"))
    elif summary.simulated:
        pills.append((words.text("Contains simulated sound"), "warn"))
    if summary.case.archived:
        pills.append((words.text("Archived"), "neutral"))
    # Nothing happened yet: when it was opened.
    utc = summary.last_utc or summary.case.opened.utc
    offset = summary.last_offset_minutes if summary.last_utc else summary.case.opened.offset_minutes
    return CaseRow(
        summary.case.id,
        summary.case.title,
        summary_line(words, summary),
        local_text(utc, offset)[:16],
        tuple(pills),
        summary.case.archived,
    )


class CaseListModel(QAbstractListModel):
    """Rows of cases."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CaseRow, ...] = ()

    def show_rows(self, rows: tuple[CaseRow, ...]) -> None:
        """Replace all rows."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_of(self, case_id: str) -> int:
        """Where a case stands; -1 when it is not there."""
        return next((i for i, row in enumerate(self._rows) if row.id == case_id), -1)

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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class CaseRowDelegate(QStyledItemDelegate):
    """Draws a case as a card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A card and the gap below it."""
        return QSize(super().sizeHint(option, index).width(), scaled(_HEIGHT - _SIDES) + _SIDES + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Card, words, pills and an arrow."""
        row: CaseRow = index.data(ROW_ROLE)
        widget = option.widget
        # The view's own palette is frozen by its style sheet; the application's follows the theme.
        tokens = current_tokens()
        state = option.state
        focused = bool(state & QStyle.StateFlag.State_Selected) and widget.hasFocus()
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        card = QRectF(option.rect).adjusted(1, 1, -1, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.accent if focused else tokens.faint if hovered else tokens.line
        painter.setPen(QPen(QColor(edge), 2 if focused else 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(card, 12, 12)
        inner = card.adjusted(18, 13, -16, -13)
        arrow = QRectF(inner.right() - 18, inner.center().y() - 9, 18, 18)
        paint_icon(painter, arrow, "chevron-right", tokens.faint)
        inner.setRight(arrow.left() - 14)
        upper = QRectF(inner.left(), inner.top(), inner.width(), scaled(22))
        lower = QRectF(inner.left(), upper.bottom() + 4, inner.width(), scaled(20))
        painter.setFont(font(12))
        painter.setPen(QColor(tokens.faint))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.last)
        taken = QFontMetricsF(font(12)).horizontalAdvance(row.last) + 16
        pills = sum(pill_width(text, kind) + 8 for text, kind in row.pills)
        room = upper.width() - taken - pills - 8
        title_font = font(15, QFont.Weight.Bold)
        title = _elided(title_font, row.title, room)
        painter.setFont(title_font)
        painter.setPen(QColor(tokens.ink))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, title)
        x = upper.left() + QFontMetricsF(title_font).horizontalAdvance(title) + 10
        for text, kind in row.pills:
            box = QRectF(x, upper.top(), max(0.0, upper.right() - taken - x), upper.height())
            x += paint_pill(painter, tokens, box, text, kind) + 8
        painter.setFont(font(13))
        painter.setPen(QColor(tokens.sub))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, _elided(font(13), row.line, lower.width()))
        painter.restore()


def _elided(with_font: QFont, text: str, width: float) -> str:
    return QFontMetricsF(with_font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))
