"""Whether there is a screen to show a window on.

Qt's plugins for X11 and Wayland read these variables (doc.qt.io/qt-6/qpa.html); Windows and macOS always
have a screen for whoever is logged in.
"""

from __future__ import annotations

import os
import sys


def no_display() -> bool:
    """Qt would end the whole program without a word for the user."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
