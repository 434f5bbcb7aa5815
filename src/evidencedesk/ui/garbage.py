"""Collects cyclic garbage on the window's thread, and on no other.

Python collects on whatever thread happens to allocate, so also on the one that does the window's slow jobs. A
widget that nobody holds any more was then destroyed there, and Qt takes the whole program down for that.
"""

from __future__ import annotations

import gc
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_MS = 500


class WindowGarbage(QObject):
    """Takes the place of Python's own moments of collecting while the window lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def __enter__(self) -> Self:
        gc.disable()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.stop()
        gc.enable()

    @Slot()
    def look(self) -> None:
        """Collect if Python would have."""
        collect_if_due()


def collect_if_due() -> None:
    """Collect the oldest generation whose threshold was passed, as Python does by itself."""
    due = [
        generation
        for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if limit and count > limit
    ]
    if due:
        gc.collect(due[-1])
