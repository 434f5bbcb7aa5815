"""How markers and labels look on a wave."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from evidencedesk.ui.cases.player.marker import Mark
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.theme.tokens import Tokens

_LABEL_HEIGHT = 16


def label_height() -> float:
    """How high the words on a wave are."""
    return scaled(_LABEL_HEIGHT)


def paint_marker(painter: QPainter, tokens: Tokens, kind: Mark, x: float, height: float) -> None:
    """Each kind has a shape of its own."""
    painter.setPen(Qt.PenStyle.NoPen)
    match kind:
        case Mark.BREACH:
            painter.fillRect(QRectF(x - 1.5, 0, 3, height), QColor(tokens.bad))
        case Mark.EMERGENCY:
            painter.fillRect(QRectF(x - 1.5, 0, 3, height), QColor(tokens.rec))
            painter.setBrush(QColor(tokens.rec))
            painter.drawEllipse(QPointF(x, 6), 5, 5)
        case Mark.NOTE:
            painter.setBrush(QColor(tokens.ink))
            tip = (QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x, 8))
            painter.drawPolygon(QPolygonF(tip))
        case Mark.GAP:
            painter.fillRect(QRectF(x - 2.5, 0, 5, height), QColor(tokens.warn_bg))
            painter.setPen(QPen(QColor(tokens.warn), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, 0, x, height))
        case Mark.WARNING:
            painter.setBrush(QColor(tokens.warn))
            tip = (QPointF(x - 5, height), QPointF(x + 5, height), QPointF(x, height - 8))
            painter.drawPolygon(QPolygonF(tip))


def paint_label(painter: QPainter, tokens: Tokens, color: str, corner: QPointF, text: str) -> None:
    """Words on a ground of their own, so that bars do not run through them."""
    painter.setFont(font(11))
    width = painter.fontMetrics().horizontalAdvance(text) + 8.0
    box = QRectF(corner.x(), corner.y(), width, label_height())
    painter.fillRect(box, QColor(tokens.panel))
    painter.setPen(QColor(color))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
