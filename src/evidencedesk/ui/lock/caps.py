"""Whether Caps Lock is on, as far as typing shows: no system tells it in the same way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class CapsLock:
    """Learns from each key; ``on`` is None until a letter was typed."""

    def __init__(self) -> None:
        self.on: bool | None = None

    def see(self, event: QKeyEvent) -> None:
        """A key was pressed."""
        if event.key() == Qt.Key.Key_CapsLock:
            self.on = None if self.on is None else not self.on
            return
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.on = text.isupper() != shifted
