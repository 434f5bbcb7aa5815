"""What the about page asks: notices, and details for a report without anything about the user."""

from __future__ import annotations

import importlib.metadata
import platform
import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from evidencedesk.app.notices import notices
from evidencedesk.domain.notice import Notice
from evidencedesk.system.machine import system_name
from evidencedesk.system.resources import resource

_SOUND = ("sounddevice", "soundfile", "soxr")


class AboutDetails:
    """Answers for ``ui/about``."""

    def __init__(self, app_version: str, language: str) -> None:
        self._app_version = app_version
        self._language = language
        screen = QGuiApplication.primaryScreen()
        # Asked here, on the window's thread; the rest on the jobs thread.
        self._window = (
            f"{QGuiApplication.platformName()}, "
            f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
        )

    def app_version(self) -> str:
        """The version of this program."""
        return self._app_version

    def notices(self) -> tuple[Notice, ...]:
        """This program first, then everything that others made."""
        licence = resource("licences", "Apache-2.0.txt").read_text("utf-8").strip()
        return (Notice("EvidenceDesk", self._app_version, "Apache-2.0", licence), *notices())

    def report_details(self) -> str:
        """Versions and system: no name of a person or computer, no path."""
        frozen = "package" if getattr(sys, "frozen", False) else "Python package"
        sound = ", ".join(f"{name} {version}" for name in _SOUND if (version := _version(name)))
        lines = (
            f"EvidenceDesk {self._app_version} ({frozen})",
            f"System: {system_name()}",
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {_version('PySide6-Essentials')}",
            f"Sound: {sound or '-'}",
            f"Window: {self._window}; language {self._language}",
        )
        return "\n".join(lines)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return next((one.version for one in notices() if one.name.lower() == package.lower()), "")
