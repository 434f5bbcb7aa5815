"""Ask the system for files and folders, and hand files to it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


class FileChoice(Protocol):
    """The window's only way to files outside the library; tests bring their own."""

    def files(self, parent: QWidget, title: str) -> list[Path]:
        """Ask for files; empty when the user changed their mind."""
        ...

    def folder(self, parent: QWidget, title: str, start: Path | None) -> Path | None:
        """Ask for a folder; None when the user changed their mind."""
        ...

    def open(self, path: Path) -> bool:
        """Let the system show a file or folder with its own program."""
        ...


class SystemFileChoice:
    """The system's own dialogs. They are modal: never while recording."""

    def files(self, parent: QWidget, title: str) -> list[Path]:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(Path.home()))
        return [Path(name) for name in names]

    def folder(self, parent: QWidget, title: str, start: Path | None) -> Path | None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(parent, title, str(start or Path.home()))
        return Path(name) if name else None

    def open(self, path: Path) -> bool:
        """Show it."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
