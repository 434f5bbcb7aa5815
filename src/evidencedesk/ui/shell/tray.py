"""A sign in the tray while a recording goes on without its window.

Never the only way back: starting the program again brings the window, too.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from evidencedesk.ui.theme.icons import app_icon
from evidencedesk.ui.words import UiWords


class Tray(QObject):
    """Shown only while the window is hidden."""

    show_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self, words: UiWords, window: QWidget) -> None:
        super().__init__(window)
        self._words = words
        self._menu = QMenu(window)
        self._show = self._menu.addAction("")
        self._stop = self._menu.addAction("")
        self._show.triggered.connect(self.show_clicked)
        self._stop.triggered.connect(self.stop_clicked)
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)

    @property
    def available(self) -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear."""
        t = self._words.text
        self._show.setText(t("Show the window"))
        self._stop.setText(t("Stop and save"))
        self._icon.setToolTip(t("EvidenceDesk is recording"))
        self._icon.show()

    def hide(self) -> None:
        """Disappear."""
        self._icon.hide()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.show_clicked.emit()
