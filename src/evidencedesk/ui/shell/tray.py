"""A sign in the tray while a recording goes on without its window, and for the moment of a notification.

Never the only way back: starting the program again brings the window, too.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from evidencedesk.ui.theme.icons import app_icon
from evidencedesk.ui.words import UiWords

_NOTICE_MS = 15_000


class Tray(QObject):
    """Shown while the window is hidden, and as long as a notification stands."""

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
        self._icon.messageClicked.connect(self.show_clicked)
        self._recording = False
        self._discreet: str | None = None
        self._notice = QTimer(self)
        self._notice.setSingleShot(True)
        self._notice.setInterval(_NOTICE_MS)
        self._notice.timeout.connect(self._notice_over)

    @property
    def available(self) -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear."""
        self._recording = True
        self._write()
        self._icon.show()

    def hide(self) -> None:
        """Disappear."""
        self._recording = False
        self._icon.hide()

    def set_discreet(self, name: str | None, icon: QIcon | None = None) -> None:
        """Say nothing of a recording, and no word on the desktop, under this name; None ends that."""
        self._discreet = name
        self._icon.setIcon(icon or app_icon())
        self._write()

    def notify(self, title: str, text: str) -> None:
        """Say a word on the desktop, where it has a tray; the message in the window says it everywhere."""
        if not self.available or self._discreet is not None:
            return
        self._write()
        self._icon.show()
        self._icon.showMessage(title, text, app_icon(), _NOTICE_MS)
        self._notice.start()

    def _write(self) -> None:
        t = self._words.text
        self._show.setText(t("Show the window"))
        self._stop.setText(t("Stop and save"))
        self._stop.setVisible(self._recording and self._discreet is None)
        if self._discreet is not None:
            self._icon.setToolTip(self._discreet)
            return
        self._icon.setToolTip(t("EvidenceDesk is recording") if self._recording else t("EvidenceDesk"))

    @Slot()
    def _notice_over(self) -> None:
        if not self._recording:
            self._icon.hide()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.show_clicked.emit()
