"""The lock of the screen on macOS. Untested here.

The system posts ``com.apple.screenIsLocked`` to the distributed notification centre, which Core Foundation's
documentation describes; also before it sleeps, where the user wants the screen locked then.
"""

from __future__ import annotations

import ctypes
import ctypes.util

from PySide6.QtCore import QObject

from evidencedesk.app.screen_lock import ScreenLock

_NAME = b"com.apple.screenIsLocked"
_UTF8 = 0x08000100  # kCFStringEncodingUTF8
_DELIVER_IMMEDIATELY = 4  # CFNotificationSuspensionBehaviorDeliverImmediately
_CALLBACK = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)


class MacScreenLock(ScreenLock):
    """Observes one notification. It comes on the main run loop, which is Qt's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._callback = _CALLBACK(self._posted)  # kept as long as it may be called
        found = ctypes.util.find_library("CoreFoundation")
        if found is None:
            return
        core = ctypes.CDLL(found)
        core.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
        core.CFNotificationCenterAddObserver.argtypes = [
            *[ctypes.c_void_p] * 2,
            _CALLBACK,
            *[ctypes.c_void_p] * 2,
            ctypes.c_long,
        ]
        name = core.CFStringCreateWithCString(None, _NAME, _UTF8)
        centre = core.CFNotificationCenterGetDistributedCenter()
        core.CFNotificationCenterAddObserver(centre, None, self._callback, name, None, _DELIVER_IMMEDIATELY)

    def _posted(self, *_told: object) -> None:
        self.locked.emit()


def watch(parent: QObject) -> ScreenLock:
    """Listen to the notification centre."""
    return MacScreenLock(parent)
