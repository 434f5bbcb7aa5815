"""The keys of the player: they work wherever the keyboard is on the page, but never while somebody writes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QComboBox, QWidget

from evidencedesk.ui.cases.player.presenter import PlayerPresenter
from evidencedesk.ui.cases.player.wave_view import WaveView
from evidencedesk.ui.kit.segmented import SegmentButton

STEP_MS, SMALL_STEP_MS = 5000, 1000
# What these need themselves: a button is pressed, a list and a slider are moved along.
_OWN_KEYS = {
    QAbstractButton: {Qt.Key.Key_Space},
    SegmentButton: {Qt.Key.Key_Left, Qt.Key.Key_Right},
    QComboBox: {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape},
    QAbstractSlider: {Qt.Key.Key_Left, Qt.Key.Key_Right},
}


class PlayerKeys(QObject):
    """Shortcuts of a page, while its timeline is in sight."""

    def __init__(self, presenter: PlayerPresenter, wave: WaveView, page: QWidget) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._page = page
        keys: dict[str, Callable[[], object]] = {
            "Space": presenter.toggle,
            "J": lambda: presenter.step(-STEP_MS),
            "L": lambda: presenter.step(STEP_MS),
            "Left": lambda: presenter.step(-STEP_MS),
            "Right": lambda: presenter.step(STEP_MS),
            "Shift+J": lambda: presenter.step(-SMALL_STEP_MS),
            "Shift+L": lambda: presenter.step(SMALL_STEP_MS),
            "Shift+Left": lambda: presenter.step(-SMALL_STEP_MS),
            "Shift+Right": lambda: presenter.step(SMALL_STEP_MS),
            "[": presenter.set_first,
            "]": presenter.set_last,
            ",": lambda: presenter.change_speed(-1),
            ".": lambda: presenter.change_speed(1),
            "+": lambda: wave.zoom(2),
            "=": lambda: wave.zoom(2),
            "-": lambda: wave.zoom(-2),
        }
        self._shortcuts = [self._shortcut(key, act) for key, act in keys.items()]
        # Escape is many a thing: it is the player's only while there is something to clear.
        self._escape = self._shortcut("Esc", presenter.clear_points)
        self._active = True
        presenter.state_changed.connect(self._look)
        self._look()
        page.installEventFilter(self)

    def set_active(self, active: bool) -> None:  # noqa: FBT001 - a setter
        """Whether the timeline is in sight."""
        self._active = active
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that the focused control needs itself is no shortcut."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focused = QApplication.focusWidget()
            for kind, keys in _OWN_KEYS.items():
                if isinstance(focused, kind) and event.key() in keys and not event.modifiers():
                    event.accept()
                    return True
        return super().eventFilter(watched, event)

    def _shortcut(self, key: str, act: Callable[[], object]) -> QShortcut:
        made = QShortcut(QKeySequence(key), self._page)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(act)
        return made

    def _look(self, _state: object = None) -> None:
        state = self._presenter.state
        for shortcut in self._shortcuts:
            shortcut.setEnabled(self._active and state.line is not None)
        points = state.first is not None or state.repeat is not None
        self._escape.setEnabled(self._active and points)
