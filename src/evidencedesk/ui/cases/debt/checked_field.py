"""A line that says at once when what is written can't be understood."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from evidencedesk.intake.bill_cells import read_day, read_sum
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import TextLabel

Reads = Callable[[str], str | None]


def read_rate(text: str) -> str | None:
    """Percent as digits; empty for none, None where it can't be understood."""
    found = read_sum(text.strip().removesuffix("%").removesuffix("％"))
    return found.rstrip("0").rstrip(".") if found and "." in found else found


def read_date(text: str) -> str | None:
    """A day as ``2026-11-25``; empty for none, None where it can't be understood."""
    found = read_day(text)
    return "" if not text.strip() else None if found is None else found.isoformat()


class CheckedField(Field):
    """``value`` is what it means. The hint stands under it from leaving the line until it is right."""

    def __init__(self, reads: Reads, parent: QWidget | None = None, *, required: bool = False) -> None:
        super().__init__(parent, 60)
        self._reads = reads
        self._required = required
        self._wrong = ""
        self._hint = TextLabel(tone="bad", parent=self, wrap=True)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._hint)
        self._hint.hide()
        self.edit.editingFinished.connect(self.check)
        self.edit.textEdited.connect(self._edited)

    @property
    def value(self) -> str:
        """Digits or a day; empty where nothing, or nothing understood, is written."""
        return self._reads(self.text) or ""

    def set_wrong_text(self, text: str) -> None:
        """What to say when it can't be understood."""
        self._wrong = text
        self._hint.setText(text)
        self.edit.setAccessibleDescription("" if self._hint.isHidden() else text)

    @Slot()
    def check(self) -> bool:
        """Whether it is right; otherwise say so."""
        found = self._reads(self.text)
        right = found is not None and (bool(found) or not self._required)
        self._hint.setText(self._wrong)
        self._hint.setVisible(not right)
        self.edit.setAccessibleDescription("" if right else self._wrong)
        return right

    def forget(self) -> None:
        """Another contract: nothing is wrong yet."""
        self._hint.hide()

    @Slot()
    def _edited(self) -> None:
        if not self._hint.isHidden():
            self.check()
