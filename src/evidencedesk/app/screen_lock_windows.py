"""The lock of the screen on Windows. Untested here.

Written by the documentation of ``WTSRegisterSessionNotification``, ``WM_WTSSESSION_CHANGE`` and
``WM_POWERBROADCAST``.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from evidencedesk.app.screen_lock import ScreenLock

_WM_POWERBROADCAST = 0x0218
_PBT_APMSUSPEND = 0x0004
_WM_WTSSESSION_CHANGE = 0x02B1
_WTS_SESSION_LOCK = 0x7
_NOTIFY_FOR_THIS_SESSION = 0


class _Messages(QAbstractNativeEventFilter):
    """Looks at the messages of the program's windows."""

    def __init__(self, lock: ScreenLock) -> None:
        super().__init__()
        self._lock = lock

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview[int], message: int
    ) -> tuple[bool, int]:
        """Take nothing away."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name) == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in (
                (_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK),
                (_WM_POWERBROADCAST, _PBT_APMSUSPEND),
            ):
                self._lock.locked.emit()
        return False, 0


class WindowsScreenLock(ScreenLock):
    """Asks to be told of this session's lock."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter = _Messages(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        if sys.platform == "win32" and isinstance(parent, QWidget):
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(
                wintypes.HWND(int(parent.winId())), _NOTIFY_FOR_THIS_SESSION
            )


def watch(parent: QObject) -> ScreenLock:
    """Listen to this session."""
    return WindowsScreenLock(parent)
