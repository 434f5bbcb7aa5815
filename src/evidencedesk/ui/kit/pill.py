"""A small word in a coloured capsule."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.theme.tokens import Tokens

Kind = Literal["neutral", "accent", "ok", "bad", "warn"]
_AIR = 20  # left and right together
_HEIGHT = 22


class Pill(QLabel):
    """Says one thing about its neighbour; colour never speaks alone.

    One that ``shrinks`` may end in an ellipsis.
    """

    def __init__(
        self, text: str = "", kind: Kind = "neutral", parent: QWidget | None = None, *, shrinks: bool = False
    ) -> None:
        super().__init__(text, parent)
        self._shrinks = shrinks
        self._kind: Kind = kind
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> Kind:
        """Its colour."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Change the colour."""
        if kind != self._kind:
            self._kind = kind
            self.updateGeometry()
            self.update()

    def show_text(self, text: str, kind: Kind | None = None) -> None:
        """Say something else; an empty text hides the pill."""
        if kind is not None:
            self.set_kind(kind)
        self.setText(text)
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        """The word and some air."""
        return QSize(
            QFontMetrics(self._font()).horizontalAdvance(self.text()) + scaled(_AIR), scaled(_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        """The whole word, or a few letters where the owner allows it."""
        whole = self.sizeHint().width()
        return QSize(min(scaled(60), whole) if self._shrinks else whole, scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Capsule and word."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill, border, ink = _colors(tokens, self._kind)
        painter.setPen(QPen(border, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        shown_font = self._font()
        painter.setFont(shown_font)
        painter.setPen(ink)
        room = self.width() - scaled(_AIR) + 4
        shown = QFontMetrics(shown_font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()

    def _font(self) -> QFont:
        return font(12, QFont.Weight.DemiBold if self._kind == "bad" else QFont.Weight.Normal)


def _colors(tokens: Tokens, kind: Kind) -> tuple[QColor, QColor, QColor]:
    if kind == "neutral":
        return QColor(Qt.GlobalColor.transparent), QColor(tokens.edge), QColor(tokens.sub)
    fill, ink = QColor(getattr(tokens, f"{kind}_bg")), QColor(getattr(tokens, kind))
    border = QColor(ink)
    border.setAlphaF(0.35 if kind == "warn" else 0.0)  # on an amber bar it would vanish otherwise
    return fill, border, ink
