"""Qt's own file dialog remembers the folders that were chosen: where cases were exported to, for one.

It keeps them in the user's configuration, for all programs. Here they go where the session keeps its sockets,
and are forgotten with each start. Where the system has a dialog of its own, that one keeps what it keeps.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from PySide6.QtCore import QSettings

_FOLDER = "dialogs"


def forget_chosen_folders(runtime_folder: Path) -> None:
    """Call before the application is made. Windows and macOS keep such settings elsewhere, untouched."""
    place = runtime_folder / _FOLDER
    if place.exists():
        importlib.import_module("shutil").rmtree(place, ignore_errors=True)  # not for the first paint
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(place))
