"""A pill painted by a delegate: looks like ``Pill``, costs no widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from evidencedesk.ui.kit.pill import Kind
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.theme.tokens import Tokens

HEIGHT = 20
_SIDES = 18


def pill_width(text: str, kind: Kind) -> float:
    """How wide it will be."""
    return QFontMetricsF(_font(kind)).horizontalAdvance(text) + scaled(_SIDES)


def paint_pill(painter: QPainter, tokens: Tokens, box: QRectF, text: str, kind: Kind) -> float:
    """Draw it at the left of ``box``, in its vertical middle; returns its width."""
    width = min(pill_width(text, kind), box.width())
    height = scaled(HEIGHT)
    pill = QRectF(box.left(), box.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind == "neutral":
        painter.setPen(QPen(QColor(tokens.line)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pill.adjust(0.5, 0.5, -0.5, -0.5)
        ink = tokens.sub
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(tokens, f"{kind}_bg")))
        ink = getattr(tokens, kind)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(QColor(ink))
    painter.setFont(_font(kind))
    metrics = QFontMetricsF(_font(kind))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, pill.width() - scaled(_SIDES) + 2)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
    return width


def _font(kind: Kind) -> QFont:
    return font(12, QFont.Weight.DemiBold if kind == "bad" else QFont.Weight.Normal)
