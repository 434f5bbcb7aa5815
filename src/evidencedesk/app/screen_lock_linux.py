"""The lock of the screen on Linux, as the buses of the session and the system tell it.

``org.freedesktop.ScreenSaver`` and ``org.gnome.ScreenSaver`` say ``ActiveChanged``; ``logind`` says ``Lock``
to a session and ``PrepareForSleep`` to everybody. A desktop that has none of them tells nothing.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection

from evidencedesk.app.screen_lock import ScreenLock

_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_LOGIND = "org.freedesktop.login1"
# Its stub asks for bytes, which it does not take.
_ACTIVE_CHANGED: Any = SLOT("active_changed(bool)")
_SESSION_LOCKED: Any = SLOT("session_locked()")


class BusScreenLock(ScreenLock):
    """Listens on two buses; never asks anything, so it never waits."""

    def __init__(
        self, parent: QObject, session: QDBusConnection | None = None, system: QDBusConnection | None = None
    ) -> None:
        super().__init__(parent)
        # Kept: the connection would be gone with its last name.
        self._session = session or QDBusConnection.sessionBus()
        self._system = system or QDBusConnection.systemBus()
        if self._session.isConnected():
            for interface in _SAVERS:
                # From any sender and path: desktops differ in both.
                self._session.connect("", "", interface, "ActiveChanged", self, _ACTIVE_CHANGED)
        if self._system.isConnected():
            manager = f"{_LOGIND}.Manager"
            self._system.connect(_LOGIND, "", manager, "PrepareForSleep", self, _ACTIVE_CHANGED)
            self._system.connect(_LOGIND, "", f"{_LOGIND}.Session", "Lock", self, _SESSION_LOCKED)

    @Slot(bool)
    def active_changed(self, active: bool) -> None:  # noqa: FBT001 - as the bus says it
        """The screen saver came or went, or sleep begins or is over."""
        if active:
            self.locked.emit()

    @Slot()
    def session_locked(self) -> None:
        """The session is to be locked."""
        self.locked.emit()


def watch(parent: QObject) -> ScreenLock:
    """Listen on the buses there are."""
    return BusScreenLock(parent)
