"""Things beside each other; under each other where large text leaves no room for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from evidencedesk.ui.theme.text_size import text_scale


class TurningRow(QWidget):
    """Put things into ``row``."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 10) -> None:
        super().__init__(parent)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(spacing)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def turned(self) -> bool:
        """Whether they stand under each other."""
        return self.row.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them; with text of the usual size they stay beside each other."""
        if text_scale() == 1:
            return self.row.minimumSize()
        return QSize(max(self._widths(), default=0) + self._sides(), self.row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """One of them needs another room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        widths = self._widths()
        whole = sum(widths) + self._sides() + self.row.spacing() * max(0, len(widths) - 1)
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        direction = beside if text_scale() == 1 or whole <= self.width() else under
        if direction is not self.row.direction():
            self.row.setDirection(direction)
            self.updateGeometry()

    def _sides(self) -> int:
        margins = self.row.contentsMargins()
        return margins.left() + margins.right()

    def _widths(self) -> list[int]:
        items = [self.row.itemAt(place) for place in range(self.row.count())]
        return [item.minimumSize().width() for item in items if item is not None and not item.isEmpty()]
