"""Follows what the desktop is set to, while the window is open: language, size of text, movement.

Light and dark are followed by the theme itself.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject, Slot

from evidencedesk.system.places import config_file
from evidencedesk.system.settings import load_settings
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language


def language_now() -> Language:
    """The language of the system as Qt knows it at this moment."""
    names = QLocale.system().uiLanguages()
    return "zh" if names and names[0].lower().startswith("zh") else "en"


def language_is_chosen() -> bool:
    """Whether the user chose a language, instead of leaving it to the system."""
    return bool(load_settings(config_file())[0].language)


class DesktopFollow(QObject):
    """Tells theme and words what changed outside."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        words: UiWords,
        chosen: Callable[[], bool] = language_is_chosen,
        now: Callable[[], Language] = language_now,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._words = words
        self._chosen = chosen
        self._now = now
        window.locale_changed.connect(self.locale_changed)

    @Slot()
    def begin(self) -> None:
        """Ask the desktop; after the first paint, because what asks takes its time to load."""
        wishes = importlib.import_module("evidencedesk.ui.theme.desktop_wishes")
        self.wishes = wishes.DesktopWishes(self)
        self.wishes.changed.connect(self.wishes_changed)
        self.wishes.ask()

    @Slot()
    def wishes_changed(self) -> None:
        """Another size of text, or another wish about movement."""
        self._theme.desktop_wishes(self.wishes.text_factor, less_motion=self.wishes.less_motion)

    @Slot()
    def locale_changed(self) -> None:
        """The system speaks another language now."""
        if not self._chosen():
            self._words.set_language(self._now())
