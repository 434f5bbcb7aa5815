"""Light or dark, large or usual text, moving or still: as chosen, or as the desktop is set."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from evidencedesk.system.resources import resource
from evidencedesk.ui.theme.fonts import write_in
from evidencedesk.ui.theme.motion import set_still
from evidencedesk.ui.theme.palette import SYSTEM, palette_of, tokens_for
from evidencedesk.ui.theme.sheet import sheet_of
from evidencedesk.ui.theme.text_size import BASE_PX, LEAST, fit_to_text, pixels_for
from evidencedesk.ui.theme.tokens import LIGHT, Tokens


class Theme(QObject):
    """Puts style, palette, fonts and sheet on the application and follows the system's changes.

    ``choice`` is "system", "light" or "dark", ``text_size`` "system" or per cent, ``motion`` "system" or
    "less", all as in the settings.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        choice: str = SYSTEM,
        text_size: str = SYSTEM,
        motion: str = SYSTEM,
    ) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._text_size = text_size
        self._motion = motion
        self._desktop_text = LEAST
        self._desktop_still = False
        self._pixels = BASE_PX
        application.setStyle("Fusion")
        self.tokens: Tokens = LIGHT
        self._take_text_size()
        self._apply()
        self._take_motion()
        application.styleHints().colorSchemeChanged.connect(self.system_changed)

    @property
    def choice(self) -> str:
        """What the user chose."""
        return self._choice

    @Slot(str)
    def choose(self, choice: str) -> None:
        """Take the user's choice of light and dark."""
        self._choice = choice
        self._apply()

    @Slot(str)
    def choose_text_size(self, text_size: str) -> None:
        """Take the user's choice of the size of text."""
        self._text_size = text_size
        self._text_may_have_changed()

    @Slot(str)
    def choose_motion(self, motion: str) -> None:
        """Take the user's choice of what may move."""
        self._motion = motion
        self._take_motion()

    @Slot()
    def system_changed(self) -> None:
        """The system turned light or dark."""
        if self._choice == SYSTEM:
            self._apply()

    def desktop_wishes(self, text_factor: float, *, less_motion: bool) -> None:
        """How the desktop is set; it counts where the user left the choice to it."""
        self._desktop_text = text_factor
        self._desktop_still = less_motion
        self._text_may_have_changed()
        self._take_motion()

    def _text_may_have_changed(self) -> None:
        before = self._pixels
        self._take_text_size()
        if self._pixels != before:
            self._apply()

    def _take_text_size(self) -> None:
        self._pixels = pixels_for(self._text_size, self._desktop_text)
        write_in(self._application, self._pixels)

    def _take_motion(self) -> None:
        set_still(self._application, wanted=self._motion == "less" or self._desktop_still)

    def _apply(self) -> None:
        self.tokens = tokens_for(self._choice)
        self._application.setPalette(palette_of(self.tokens))
        self._application.setStyleSheet(sheet_of(self.tokens, resource("theme").as_posix()))
        fit_to_text(QApplication.allWidgets())
        self.changed.emit()
