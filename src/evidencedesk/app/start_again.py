"""Starts the program once more, apart from this process."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcess


def start_program() -> bool:
    """Open a new window, with the library that the settings remember; False when that fails."""
    arguments = [] if getattr(sys, "frozen", False) else ["-m", "evidencedesk"]
    started, _ = QProcess.startDetached(sys.executable, arguments, "")
    return bool(started)
