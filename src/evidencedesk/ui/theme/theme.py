"""Light or dark: as chosen, or as the system says."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from evidencedesk.system.resources import resource
from evidencedesk.ui.theme.fonts import base_font
from evidencedesk.ui.theme.palette import palette_of
from evidencedesk.ui.theme.sheet import sheet_of
from evidencedesk.ui.theme.tokens import DARK, LIGHT, Tokens


class Theme(QObject):
    """Puts style, palette, fonts and sheet on the application and follows the system's changes.

    ``choice`` is "system", "light" or "dark", as in the settings.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        application.setStyle("Fusion")
        application.setFont(base_font())
        self.tokens: Tokens = LIGHT
        self._apply()
        application.styleHints().colorSchemeChanged.connect(self.system_changed)

    @property
    def choice(self) -> str:
        """What the user chose."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Take the user's choice."""
        self._choice = choice
        self._apply()

    @Slot()
    def system_changed(self) -> None:
        """The system turned light or dark."""
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        self.tokens = DARK if self._wants_dark() else LIGHT
        self._application.setPalette(palette_of(self.tokens))
        self._application.setStyleSheet(sheet_of(self.tokens, resource("theme").as_posix()))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._choice != "system":
            return self._choice == "dark"
        # Unknown (bare X servers) counts as light.
        return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
