"""What the desktop is set to that Qt does not tell: the size of text, and whether things may move.

Linux: the settings portal (https://flatpak.github.io/xdg-desktop-portal/, org.freedesktop.portal.Settings).
GNOME's keys stand in ``org.gnome.desktop.interface``, KDE's in ``org.kde.kdeglobals.KDE``. On X11 Qt makes
the whole window larger by Xft.dpi, which GNOME sets from the same size of text: it counts under Wayland only.
Windows: the registry, and SPI_GETCLIENTAREAANIMATION of SystemParametersInfo. Not tested there.
macOS tells neither without its own libraries: the user chooses in the settings.
"""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QObject, QSettings, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusVariant,
)
from PySide6.QtGui import QGuiApplication

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"
_GNOME, _KDE = "org.gnome.desktop.interface", "org.kde.kdeglobals.KDE"
_TEXT, _MOVES, _KDE_SPEED = "text-scaling-factor", "enable-animations", "AnimationDurationFactor"
_ASKED = ((_GNOME, _TEXT), (_GNOME, _MOVES), (_KDE, _KDE_SPEED))
# As Qt's macro SLOT() writes it; text, whatever the stubs of PySide6 say.
_HEARD = "1setting_changed(QString,QString,QDBusVariant)"
_PATIENCE_MS = 3000
_SPI_GETCLIENTAREAANIMATION = 0x1042
_WINDOWS_TEXT = "HKEY_CURRENT_USER\\Software\\Microsoft\\Accessibility"


class DesktopWishes(QObject):
    """Asks once without waiting, and listens from then on; ``changed`` when an answer is another one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: dict[tuple[str, str], object] = {}
        self._watchers: list[QDBusPendingCallWatcher] = []

    @property
    def text_factor(self) -> float:
        """1.0 for text of the usual size."""
        told = self._told.get((_GNOME, _TEXT))
        return float(told) if isinstance(told, int | float) and told > 0 else 1.0

    @property
    def less_motion(self) -> bool:
        """Whether the desktop was told to keep things still."""
        return self._told.get((_GNOME, _MOVES)) is False or _is_zero(self._told.get((_KDE, _KDE_SPEED)))

    def ask(self) -> None:
        """Ask the system; on Linux its answers come later."""
        if sys.platform == "win32":
            self._ask_windows()
        elif sys.platform.startswith("linux"):
            self._ask_portal(QDBusConnection.sessionBus())

    @Slot(str, str, QDBusVariant)
    def setting_changed(self, group: str, key: str, value: QDBusVariant) -> None:
        """The user turned a switch of the desktop."""
        if (group, key) in _ASKED:
            self._take(group, key, value.variant())

    def _ask_portal(self, bus: QDBusConnection) -> None:
        if not bus.isConnected():
            return
        bus.connect(SERVICE, PATH, INTERFACE, "SettingChanged", self, _HEARD)  # type: ignore[call-overload]
        for group, key in _ASKED:
            message = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "Read")
            message.setArguments([group, key])
            watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE_MS), self)
            watcher.setProperty("asked", [group, key])
            watcher.finished.connect(self._answered)
            self._watchers.append(watcher)

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        answer = watcher.reply()
        if answer.type() is QDBusMessage.MessageType.ReplyMessage and answer.arguments():
            group, key = watcher.property("asked")
            self._take(group, key, answer.arguments()[0])
        self._watchers.remove(watcher)
        watcher.deleteLater()

    def _take(self, group: str, key: str, value: object) -> None:
        while isinstance(value, QDBusVariant):  # the older of the two methods wraps twice
            value = value.variant()
        if (group, key) == (_GNOME, _TEXT) and not QGuiApplication.platformName().startswith("wayland"):
            return
        if self._told.get((group, key)) != value:
            self._told[group, key] = value
            self.changed.emit()

    def _ask_windows(self) -> None:
        size = QSettings(_WINDOWS_TEXT, QSettings.Format.NativeFormat).value("TextScaleFactor")
        if isinstance(size, int):
            self._told[_GNOME, _TEXT] = size / 100
        moves = ctypes.c_int(1)
        user32 = getattr(ctypes, "windll").user32  # noqa: B009 - unknown to type checkers elsewhere
        if user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(moves), 0):
            self._told[_GNOME, _MOVES] = bool(moves.value)
        self.changed.emit()


def _is_zero(value: object) -> bool:
    try:
        return value is not None and float(str(value)) == 0
    except ValueError:
        return False
