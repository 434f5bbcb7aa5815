"""What hands do in the window: three times Esc hides it, and hands that do nothing for long lock it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

HIDE_TIMES = 3
HIDE_WITHIN_S = 1.2
_LOOK_MS = 2_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Hands(QObject):
    """Sees all input of this program's windows, and takes none of it away.

    Three times Esc: in the corner of every keyboard, found without looking, and what a frightened hand does
    anyhow; by accident at most two happen, to leave a list and the form around it. An input method keeps the
    Esc that ends its own composing.

    Emits:
        hide_wanted: Esc was pressed three times in a row.
        idle: nothing was touched for as long as the user chose; once, until something is touched again.
    """

    hide_wanted = Signal()
    idle = Signal()

    def __init__(self, parent: QObject | None = None, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._escapes: list[float] = []
        self._touched_s = now_s()
        self._told = False
        self._limit_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        assert application is not None  # noqa: S101 - there is a window
        application.installEventFilter(self)

    def set_limit(self, minutes: int) -> None:
        """So many idle minutes; 0 for no limit."""
        self._limit_s = minutes * 60.0
        self._touched()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def end(self) -> None:
        """See nothing any more: what goes down still sends events."""
        self._timer.stop()
        application = QGuiApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    @Slot()
    def look(self) -> None:
        """See whether nothing was touched for too long."""
        if self._limit_s and not self._told and self._now_s() - self._touched_s >= self._limit_s:
            self._told = True
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what comes in from outside: it reaches a window first, then the widgets in it."""
        kind = event.type()
        if kind in _INPUT and isinstance(watched, QWindow):
            self._touched()
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
                self._key(event)
        return False

    def _touched(self) -> None:
        self._touched_s = self._now_s()
        self._told = False

    def _key(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            self._escapes.clear()
            return
        now_s = self._now_s()
        self._escapes = [at for at in self._escapes if now_s - at <= HIDE_WITHIN_S]
        self._escapes.append(now_s)
        if len(self._escapes) >= HIDE_TIMES:
            self._escapes.clear()
            self.hide_wanted.emit()
