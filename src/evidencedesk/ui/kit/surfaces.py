"""What other things lie on: cards, insets, lines, scrolling columns."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class Card(QFrame):
    """A white sheet with round corners; put things into ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 16)
        self.column.setSpacing(0)


class Inset(QFrame):
    """A quiet box inside a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 10)
        self.column.setSpacing(2)


class FootBar(QFrame):
    """The strip along the bottom edge."""


class Divider(QFrame):
    """A thin line between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)


class ScrollBody(QWidget):
    """What moves inside a ``VerticalScroll``."""


class VerticalScroll(QScrollArea):
    """A column that scrolls up and down only; put things into ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = ScrollBody()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setWidget(self.body)
        self._to_end = False
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def follow_end(self) -> None:
        """Scroll to the end as soon as what was just added is laid out."""
        self._to_end = True

    def _range_changed(self, _low: int, high: int) -> None:
        if self._to_end:
            self._to_end = False
            self.verticalScrollBar().setValue(high)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part (which would be cut off otherwise), and a few rows high."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.body.minimumSizeHint().width() + bar, 72)

    def sizeHint(self) -> QSize:
        """As high as its content would like."""
        hint = self.body.sizeHint()
        return QSize(hint.width() + self.verticalScrollBar().sizeHint().width(), max(72, hint.height()))
