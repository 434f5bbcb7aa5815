"""The first thing on the screen, with as little loaded as can be; ``app.window`` brings the rest into it.

Nothing that is imported here may load more than Qt's three libraries and a few small files of ours:
tests/unit/app/test_entry.py names what is late.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from evidencedesk import __version__
from evidencedesk.app.entry import RECORD_MODES
from evidencedesk.app.input_method import choose_input_method
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.vault import VAULT_FILE
from evidencedesk.system.display import no_display
from evidencedesk.system.library_place import library_place
from evidencedesk.system.open_windows import may_be_listening
from evidencedesk.system.places import config_file, runtime_dir
from evidencedesk.system.settings import Settings, load_settings
from evidencedesk.ui.shell.dialog_history import forget_chosen_folders
from evidencedesk.ui.shell.first_sight import FirstSight, read_look
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.fonts import write_in
from evidencedesk.ui.theme.palette import palette_of, tokens_for
from evidencedesk.ui.theme.text_size import pixels_for
from evidencedesk.wording.language import Language, system_language

RAISE, RECORD = "raise", "record"
_LOOK_FILE = ("cache", "first-sight.json")


@dataclass(frozen=True, slots=True)
class Start:
    """What is known when the window is on the screen, or about to be; ``sight`` is what it shows by then."""

    library: Path
    wish: str
    settings: Settings
    language: Language
    application: QApplication
    window: MainWindow
    sight: FirstSight | None = None
    set_aside: Path | None = None
    trouble: Known | None = None

    @property
    def look_file(self) -> Path:
        """Where the look of the window is written down for the next start."""
        return self.library.joinpath(*_LOOK_FILE)

    @property
    def look_made_for(self) -> str:
        """What a look depends on."""
        return f"{__version__} {self.language} {pixels_for(self.settings.text_size)}"


def run(arguments: Sequence[str]) -> int:
    """Open the window for a library and run until it is closed; the result is the exit code."""
    library, wish = window_options(arguments)
    settings, set_aside, trouble = _settings()
    language = _language(settings.language)
    if no_display():
        return _refuse(MachineFailure(Code.NO_DISPLAY), language)
    forget_chosen_folders(runtime_dir())
    choose_input_method(os.environ)
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)  # noqa: S101 - nothing else makes one
    application.setApplicationName("EvidenceDesk")
    application.setDesktopFileName("evidencedesk")
    window = MainWindow()
    start = Start(
        library,
        wish,
        settings,
        language,
        application,
        window,
        set_aside=set_aside,
        trouble=trouble,
    )
    start = first_sight(start)
    if start.sight is not None and not window.isVisible():
        return 0  # closed again by then
    return int(importlib.import_module("evidencedesk.app.window").run(start))


def first_sight(start: Start) -> Start:
    """Show the red button, where it is known how it looked before and nothing else comes first.

    What comes first: a window that is open already, the door of a locked library, the first steps.
    """
    settings = start.settings
    if settings.welcomed == "no" or may_be_listening(runtime_dir()) or (start.library / VAULT_FILE).exists():
        return start
    look = read_look(start.look_file, start.look_made_for)
    if look is None:
        return start
    start.application.setStyle("Fusion")
    start.application.setPalette(palette_of(tokens_for(settings.theme)))
    write_in(start.application, pixels_for(settings.text_size))
    sight = FirstSight(look, start.window)
    sight.show_until_painted()
    return replace(start, sight=sight)


def window_options(arguments: Sequence[str]) -> tuple[Path, str]:
    """The library, and the wish to the window that is open already."""
    library, wish = library_place(), RAISE
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        if option == "--record":
            wish = f"{RECORD} {rest.pop(0)}" if rest and rest[0] in RECORD_MODES else RECORD
        elif option == "--library" and rest:
            library = Path(rest.pop(0)).expanduser().absolute()
        elif option.startswith("--library="):
            library = Path(option.partition("=")[2]).expanduser().absolute()
    return library, wish


def _settings() -> tuple[Settings, Path | None, Known | None]:
    try:
        settings, set_aside = load_settings(config_file())
    except Known as error:
        return Settings(), None, error
    return settings, set_aside, None


def _language(chosen: str) -> Language:
    if chosen == "zh":
        return "zh"
    return "en" if chosen == "en" else system_language()


def _refuse(error: Known, language: Language) -> int:
    wording = importlib.import_module("evidencedesk.wording.errors")
    words = importlib.import_module("evidencedesk.wording.language").Words
    resource = importlib.import_module("evidencedesk.system.resources").resource
    told = wording.describe(words(language, resource("locale")), error)
    sys.stderr.write(f"{told.what}\n{told.next}\n")
    return error.exit_code
