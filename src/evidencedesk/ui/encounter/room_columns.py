"""The three columns of the page during an encounter; with large text the last one moves under the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from evidencedesk.ui.theme.text_size import scaled, text_scale

_SPACING = 14
_TWO, _ONE = 800, 520  # narrower than that there are two columns, or one
_ROW = 300


class RoomColumns(QWidget):
    """Lays parts side by side with these shares of the width, as many as there is room for."""

    def __init__(
        self, parts: Sequence[QWidget], shares: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._shares = tuple(shares)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        self._place(len(self._parts))

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        return self._columns

    def minimumSizeHint(self) -> QSize:
        """Text of the usual size makes do with what there is; larger text scrolls."""
        if text_scale() == 1:
            return super().minimumSizeHint()
        rows = -(-len(self._parts) // self._columns)
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, rows * scaled(_ROW) + (rows - 1) * _SPACING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room, or text of another size."""
        super().resizeEvent(event)
        width = self.width()
        self._place(1 if width < scaled(_ONE) else 2 if width < scaled(_TWO) else 3)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        last = len(self._parts) - 1
        for number, part in enumerate(self._parts):
            wide = columns - number % columns if number == last else 1
            self._grid.addWidget(part, number // columns, number % columns, 1, wide)
        for column, share in enumerate(self._shares):
            self._grid.setColumnStretch(column, share if column < columns else 0)
        self.updateGeometry()
