"""Lucide's line icons, coloured when they are painted, so that they follow the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from evidencedesk.system.resources import resource
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.tokens import Tokens


class LineIconEngine(QIconEngine):
    """Paints one SVG with ``currentColor`` replaced by a token of the theme in force."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw at any size."""
        tone = "faint" if mode is QIcon.Mode.Disabled else self._tone
        paint_icon(painter, QRectF(rect), self._name, getattr(current_tokens(), tone))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw on nothing."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        """Another one of the same."""
        return LineIconEngine(self._name, self._tone)


def icon(name: str, tone: str = "sub") -> QIcon:
    """An icon in the colour of a token (``ink``, ``sub``, ``accent``, ``on_fill``, …)."""
    if not hasattr(Tokens, tone):
        raise ValueError(f"no such token: {tone}")
    svg_text(name)  # a wrong name fails here, not in a paint event
    return QIcon(LineIconEngine(name, tone))


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource("icons", "evidencedesk.svg")))


def neutral_icon() -> QIcon:
    """A sheet of paper, as many programs have."""
    return icon("file-text", "sub")


def paint_icon(painter: QPainter, rect: QRectF, name: str, color: str) -> None:
    """Draw an icon in a colour."""
    _renderer(name, color).render(painter, rect)


@cache
def svg_text(name: str) -> str:
    """The SVG as it ships. Raises FileNotFoundError."""
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg_text(name).replace("currentColor", color).encode()))
