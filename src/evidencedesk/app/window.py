"""Build the window: paint first, then load what is heavy, then bring the pages to life."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from evidencedesk.app.entry import RECORD_MODES
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.library_place import library_place, require_there
from evidencedesk.system.places import config_file, runtime_dir
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings, authorities_asked, load_settings, packs_chosen
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.garbage import WindowGarbage
from evidencedesk.ui.hooks import Hooks
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.single_instance import MODES, RAISE, RECORD, SingleInstance
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Language, Words, mark, system_language

if TYPE_CHECKING:
    from evidencedesk.app.services import OpenedDesk

_SIGNAL_LOOK_MS = 200


def run(arguments: Sequence[str]) -> int:
    """Open the window for a library and run until it is closed; the result is the exit code."""
    library, wish = window_options(arguments)
    settings, set_aside, trouble = _settings()
    language = _language(settings.language)
    if _no_display():
        return _refuse(MachineFailure(Code.NO_DISPLAY), language)
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)  # noqa: S101 - nothing else makes one
    application.setApplicationName("EvidenceDesk")
    application.setDesktopFileName("evidencedesk")
    instance = SingleInstance(runtime_dir(), library)
    if instance.hand_over(wish):
        return 0
    instance.listen()
    theme = Theme(application, settings.theme)
    words = UiWords(language, resource("locale"), application)
    messages = Messages(application)
    with WindowGarbage(), Hooks(messages), Jobs("jobs") as jobs, Jobs("begin") as begin:
        window = MainWindow(words, messages)
        opening = Opening(window, words, messages, theme, jobs, begin, library, settings)
        instance.wish_received.connect(opening.wish)
        if settings.welcomed == "no" and wish == RAISE:
            window.record_page.show_welcome()  # beside the red button, which is there from the first paint
        window.show()
        if set_aside is not None:
            messages.show_error(MachineFailure(Code.SETTINGS_SET_ASIDE, path=str(set_aside)))
        if trouble is not None:
            messages.show_error(trouble)
        _quit_on_signals(application)
        window.record_page.start_clicked.connect(opening.start_early)
        # After the first paint; loading before it would show an empty screen for a second.
        QTimer.singleShot(0, opening.begin)
        if wish != RAISE:
            opening.wish(wish)
        code = application.exec()
        opening.end()
    instance.close()
    return code


class Opening(QObject):
    """Brings the desk to the window, and takes it away at the end."""

    def __init__(
        self,
        window: MainWindow,
        words: UiWords,
        messages: Messages,
        theme: Theme,
        jobs: Jobs,
        begin: Jobs,
        library: Path,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._words = words
        self._messages = messages
        self._theme = theme
        self._jobs = jobs
        self._begin = begin
        self._library = library
        self._settings = settings
        self._opened: OpenedDesk | None = None
        self._record_when_ready = False
        self._mode: Mode | None = None
        self._failed = False

    @Slot()
    def begin(self) -> None:
        """Load and open on the jobs thread."""
        self._jobs.run(self._open, self.ready, self.failed)

    @Slot(str)
    def wish(self, wish: str) -> None:
        """A later start asks for the window, or for a recording."""
        self._window.bring_to_front()
        if wish == RAISE:
            return
        mode = MODES.get(wish)
        if self._opened is None:
            self._mode = mode or self._mode
            self.start_early()
        else:
            self.flow.start(mode)

    @Slot()
    def start_early(self) -> None:
        """The red button was pressed before there is a library to record into: it counts."""
        if not self._failed:
            self._record_when_ready = True
            self._window.record_page.render(RecordState(starting=True))

    @Slot(object)
    def ready(self, opened: OpenedDesk) -> None:
        """The desk is open: build the pages."""
        parts = importlib.import_module("evidencedesk.app.pages")
        self._opened = opened
        self._window.record_page.start_clicked.disconnect(self.start_early)
        made = parts.Pages(
            self._window,
            opened.desk,
            self._words,
            self._messages,
            self._theme,
            self._jobs,
            self._begin,
            self._settings,
            opened.running,
        )
        self.pages = made
        self.flow = made.flow
        self._tell_recoveries(opened)
        live = opened.resume()
        if live is not None:
            self._messages.show_info(mark("A recording went on without the window. Here it is again."))
            self.flow.follow(live)
        elif self._record_when_ready:
            self.flow.start(self._mode)

    @Slot(object)
    def failed(self, error: Known) -> None:
        """The library can't be opened: say so; the window stays to be read."""
        self._failed = True
        self._window.record_page.render(RecordState(failed=True))
        self._messages.show_error(error)

    def end(self) -> None:
        """The window is gone: let everything go. A recorder of its own goes on."""
        if self._opened is not None:
            self.pages.close()
            for jobs in (self._jobs, self._begin):
                jobs.close()  # what is queued still reads the library
            self._opened.close()
            self._opened = None

    def _open(self) -> OpenedDesk:
        services = importlib.import_module("evidencedesk.app.services")
        # Loaded here, on the jobs thread: the pages' modules take their time as well.
        importlib.import_module("evidencedesk.app.pages")
        require_there(self._library)
        opened: OpenedDesk = services.OpenedDesk(
            self._library,
            SystemClock(),
            lambda: authorities_asked(config_file()),
            lambda: packs_chosen(config_file()),
        )
        return opened

    def _tell_recoveries(self, opened: OpenedDesk) -> None:
        recovered = [r for r in opened.recoveries if r.recovered is not None]
        if recovered:
            self._messages.show_warning(
                mark(
                    "Interrupted recordings found and recovered: {count}. What was safe on the disk is kept; "
                    "the case page says what may be missing."
                ),
                count=len(recovered),
            )
        if opened.trouble is not None:
            self._messages.show_error(opened.trouble)


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


def _no_display() -> bool:
    """Qt would end the whole program without a word for the user."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _refuse(error: Known, language: Language) -> int:
    told = describe(Words(language, resource("locale")), error)
    sys.stderr.write(f"{told.what}\n{told.next}\n")
    return error.exit_code


def _quit_on_signals(application: QApplication) -> None:
    """SIGTERM and Ctrl-C end the window in good order; a recording goes on by itself."""

    def leave(_number: int, _frame: object) -> None:
        application.quit()

    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, leave)
    # Python looks at signals only between its own steps, and Qt's loop alone takes none.
    look = QTimer(application)
    look.timeout.connect(_let_python_breathe)
    look.start(_SIGNAL_LOOK_MS)


def _let_python_breathe() -> None:
    """A step of Python in which a waiting signal is handled."""
