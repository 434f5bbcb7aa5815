"""How far long work is, and the button that ends it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel

_THOUSAND = 1000


class WorkStrip(QWidget):
    """``cancelled`` when the user wants an end; the work ends when it can."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = TextLabel(tone="strong", parent=self, wrap=True)
        self._file = ElidedLabel(tone="faint", parent=self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, _THOUSAND)
        self._bar.setTextVisible(False)
        self.cancel_button = PlainButton(parent=self)
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._what)
        column.addLayout(row)
        column.addWidget(self._file)

    def set_texts(self, what: str, cancel: str) -> None:
        """What is being done."""
        self._what.setText(what)
        self._bar.setAccessibleName(what)
        self.cancel_button.setText(cancel)

    def show_share(self, done: int, total: int, name: str = "") -> None:
        """So much of the whole, and the file it is at."""
        self._bar.setValue(_THOUSAND * done // max(1, total))
        self._file.setText(name)
        self._file.setVisible(bool(name))
