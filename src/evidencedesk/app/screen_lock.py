"""Tells when the screen is locked or the computer goes to sleep: one small file for each system."""

from __future__ import annotations

import importlib

from PySide6.QtCore import QObject, Signal

from evidencedesk.system.kind import SYSTEM


class ScreenLock(QObject):
    """What the desktop says. Where it says nothing, idleness and Ctrl+L remain.

    Emits:
        locked: the screen was locked, or the computer is about to sleep.
    """

    locked = Signal()


def watch_screen(parent: QObject) -> ScreenLock:
    """Listen to this system's desktop from now on."""
    name = {"win32": "windows", "darwin": "macos"}.get(SYSTEM, "linux")
    module = importlib.import_module(f"evidencedesk.app.screen_lock_{name}")
    watch: ScreenLock = module.watch(parent)
    return watch
