"""Build the window behind its first paint: load what is heavy, then bring the pages to life."""

from __future__ import annotations

import gc
import importlib
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from evidencedesk.app.desktop_follow import DesktopFollow
from evidencedesk.app.first_paint import RAISE, Start
from evidencedesk.app.guard import Guard
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.system.library_place import require_there
from evidencedesk.system.places import config_file, runtime_dir
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings, authorities_asked, packs_chosen
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.garbage import WindowGarbage
from evidencedesk.ui.hooks import Hooks
from evidencedesk.ui.messages import Message, Messages
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.shell.first_sight import Look, write_look
from evidencedesk.ui.shell.main_window import CASES, MainWindow
from evidencedesk.ui.shell.single_instance import MODES, SingleInstance
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark
from evidencedesk.wording.updates import UPGRADED, UPGRADED_DETAIL

if TYPE_CHECKING:
    from evidencedesk.app.services import OpenedDesk
    from evidencedesk.custody.vault import VaultKeys
    from evidencedesk.ui.shell.recording_flow import RecordingFlow

_SIGNAL_LOOK_MS = 200
_LOOK_AGAIN_MS = 50


def run(start: Start) -> int:
    """Bring the window to life and run until it is closed; the result is the exit code."""
    application, window, library, settings = start.application, start.window, start.library, start.settings
    instance = SingleInstance(runtime_dir(), library)
    if instance.hand_over(start.wish):
        return 0
    instance.listen()
    theme = Theme(application, settings.theme, settings.text_size, settings.motion)
    words = UiWords(start.language, resource("locale"), application)
    messages = Messages(application)
    with WindowGarbage(), Hooks(messages), Jobs("jobs") as jobs, Jobs("begin") as begin:
        window.furnish(words, messages, None if start.sight is None else start.sight.give_button())
        guard = Guard(window, words, library, settings, begin)
        follow = DesktopFollow(window, theme, words)
        opening = Opening(window, words, messages, theme, jobs, begin, library, settings, guard)
        instance.wish_received.connect(opening.wish)
        if settings.welcomed == "no" and start.wish == RAISE:
            window.record_page.show_welcome()  # beside the red button, which is there from the first paint
        if guard.has_vault:
            guard.shut(ask_keyring=True)
        window.show()
        if start.set_aside is not None:
            messages.show_error(MachineFailure(Code.SETTINGS_SET_ASIDE, path=str(start.set_aside)))
        if start.trouble is not None:
            messages.show_error(start.trouble)
        _quit_on_signals(application)
        window.record_page.start_clicked.connect(opening.start_early)
        if settings.welcomed == "yes":
            QTimer.singleShot(0, partial(opening.keep_look, start.look_file, start.look_made_for))
        # After the first paint; loading before it would show an empty screen for a second.
        QTimer.singleShot(0, opening.begin)
        QTimer.singleShot(0, follow.begin)
        if start.wish != RAISE:
            opening.wish(start.wish)
        elif start.sight is not None and start.sight.pressed:
            opening.start_early()
        code = application.exec()
        guard.end()
        opening.end()
    instance.close()
    # All of it goes now, while there is a Qt to go with: at the interpreter's own end icons crash.
    window.deleteLater()
    del guard, opening, window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
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
        guard: Guard | None = None,
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
        self._mode = ""
        self._failed = False
        self._guard = guard or Guard(window, words, library, settings, begin)
        self._guard.lock_wanted.connect(self.lock)
        self._guard.no_lock.connect(self._no_lock)
        self._guard.opened.connect(self.unlock)
        self._closing = False
        self._leaving: OpenedDesk | None = None
        self._keys: VaultKeys | None = None
        self._view: tuple[str, str] = ("", "")
        self._code = ""
        self._look: tuple[Path, Look] | None = None

    def keep_look(self, path: Path, made_for: str) -> None:
        """Remember how the window looks before the library is open; the next start begins with it."""
        if not self._guard.locked:
            look = self._window.look(made_for)
            self._look = None if look is None else (path, look)

    @Slot()
    def begin(self) -> None:
        """Load and open on the jobs thread; a locked library is loaded for, and opened with its keys."""
        if self._guard.locked:
            self._jobs.run(_load, self._loaded, self._not_loaded)
        else:
            self._jobs.run(self._open, self.ready, self.failed)

    @Slot()
    def lock(self) -> None:
        """Shut the door. Without a recording the library is closed, with one as soon as that has ended."""
        if self._guard.locked or self._opened is None:
            return
        self._view = self.pages.view
        recording = self.flow.encounter is not None
        self._guard.shut(_BehindPages(self.flow) if recording else None)
        if recording:
            self._opened.drop_copies()
        else:
            QTimer.singleShot(0, self._close_library)

    @Slot(object)
    def unlock(self, keys: VaultKeys) -> None:
        """The door was opened."""
        if self._opened is not None:
            self._guard.open()  # a recording kept the library open
            return
        self._keys = keys
        if not self._closing:
            self._open_again()

    @Slot(str)
    def wish(self, wish: str) -> None:
        """A later start asks for the window, or for a recording."""
        self._window.bring_to_front()
        if wish == RAISE:
            return
        mode = MODES.get(wish, "")
        if self._guard.locked and self._guard.presenter is not None:
            self._guard.presenter.record(mode)
        elif self._opened is None:
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
            self._code,
        )
        self._code = ""
        self.pages = made
        self.flow = made.flow
        self._tell_recoveries(opened)
        self.flow.finished.connect(self._recording_finished)
        made.vault.reopen_wanted.connect(self._reopen)
        made.vault.settings_changed.connect(self._settings_changed)
        self._guard.take(self.pages.chosen)
        if self._guard.locked:
            self._guard.open()
        live = opened.resume()
        if live is not None:
            self._messages.show_info(mark("A recording went on without the window. Here it is again."))
            self.flow.follow(live)
        elif self._record_when_ready:
            self._record_when_ready = False
            self.flow.start(self._mode)
        elif self._view[0]:
            self.pages.show_view(self._view)
        self._view = ("", "")

    @Slot(object)
    def failed(self, error: Known) -> None:
        """The library can't be opened: say so; the window stays to be read."""
        if self._guard.locked and self._guard.presenter is not None:
            self._guard.presenter.could_not_open(error)
            return
        self._failed = True
        self._window.record_page.render(RecordState(failed=True))
        self._messages.show_error(error)

    def end(self) -> None:
        """The window is gone: let everything go. A recorder of its own goes on."""
        if self._opened is not None:
            self.pages.close()
            for jobs in (self._jobs, self._begin):
                jobs.close()  # what is queued still reads the library
            self.pages.last_view.forget()
            self._opened.close()
            self._opened = None
        if self._leaving is not None:
            for jobs in (self._jobs, self._begin):
                jobs.close()
            self._leaving.close()
            self._leaving = None

    @Slot(str)
    def _recording_finished(self, case_id: str) -> None:
        if self._guard.locked:
            self._view = (CASES, case_id)
            # After everybody else has heard of it, and put its pages away.
            QTimer.singleShot(0, self._close_library)

    @Slot()
    def _close_library(self) -> None:
        """Let pages and keys go; what is queued still reads the library, and it closes behind that."""
        if self._opened is None or not self._guard.locked or self.flow.encounter is not None:
            return
        if QApplication.activeModalWidget() is not None:
            # The page that opened it still waits for its answer: it was told to close.
            QTimer.singleShot(_LOOK_AGAIN_MS, self._close_library)
            return
        opened, self._opened = self._opened, None
        self._closing = True
        self._settings = self.pages.chosen
        self.pages.close()
        self.pages.let_go()
        del self.pages, self.flow
        self._window.empty()
        self._window.record_page.start_clicked.connect(self.start_early)
        # Now, not when Qt comes round to it: nothing may be told to pages that have no library.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._leaving = opened
        self._jobs.run(_nothing, self._jobs_done, self._closed)

    @Slot(object, str)
    def _reopen(self, keys: VaultKeys, code: str) -> None:
        """The library has a lock now, or shall have none: its database takes on the other form."""
        self._view = self.pages.view
        self._keys, self._code = keys, code
        self._guard.shut(opening=True)
        QTimer.singleShot(0, self._close_library)

    @Slot()
    def _settings_changed(self) -> None:
        self._guard.take(self.pages.chosen)

    def _open_again(self) -> None:
        keys, self._keys = self._keys, None
        # Behind a recording that is just beginning at the door: its case is opened with the library.
        self._begin.run(partial(self._open, keys), self.ready, self.failed)

    @Slot(object)
    def _jobs_done(self, _nothing: object) -> None:
        leaving, self._leaving = self._leaving, None
        if leaving is not None:
            self._begin.run(leaving.close, self._closed, self._closed)

    @Slot(object)
    def _closed(self, _nothing: object) -> None:
        self._closing = False
        if self._keys is not None:
            self._open_again()

    @Slot(object)
    def _loaded(self, _nothing: object) -> None:
        """Whoever unlocks waits for nothing more."""

    @Slot(object)
    def _not_loaded(self, error: Known) -> None:
        self._messages.show_error(error)

    @Slot()
    def _no_lock(self) -> None:
        self._messages.show_info(
            mark("This library has no lock. Settings, Security: there a passphrase is set up.")
        )

    def _open(self, keys: VaultKeys | None = None) -> OpenedDesk:
        services = importlib.import_module("evidencedesk.app.services")
        # Loaded here, on the jobs thread: the pages' modules take their time as well.
        importlib.import_module("evidencedesk.app.pages")
        require_there(self._library)
        opened: OpenedDesk = services.OpenedDesk(
            self._library,
            importlib.import_module("evidencedesk.system.clock").SystemClock(),
            lambda: authorities_asked(config_file()),
            lambda: packs_chosen(config_file()),
            keys,
        )
        if self._look is not None:  # not before: the library may be away
            write_look(*self._look)
        return opened

    def _tell_recoveries(self, opened: OpenedDesk) -> None:
        recovered = [one.recording for one in opened.recoveries if one.recovered is not None]
        if recovered:
            self._messages.show_warning(
                mark(
                    "Interrupted, and recovered: {which}. What was safe on the disk is kept; the case page "
                    "says what may be missing."
                ),
                which=opened.names_of(recovered),
            )
        complete = [one.recording for one in opened.recoveries if one.sealed is not None]
        if complete:
            self._messages.show_info(
                mark("Recorded to the end without the window, and complete: {which}."),
                which=opened.names_of(complete),
            )
        if opened.trouble is not None:
            self._messages.show_error(opened.trouble)
        upgraded = opened.desk.store.upgraded
        if upgraded is not None:
            facts = {"path": str(upgraded.copy)}
            self._messages.show(
                Message("upgraded", "info", UPGRADED, UPGRADED_DETAIL, facts=facts, lasting=True)
            )


class _BehindPages:
    """The recording whose pages are behind the door."""

    def __init__(self, flow: RecordingFlow) -> None:
        self._flow = flow

    def look(self) -> int | None:
        """How long it is; the encounter page's own clock goes on."""
        encounter = self._flow.encounter
        return None if encounter is None else encounter.bar.elapsed_s * 1000


def _load() -> None:
    """What opening takes, while somebody types."""
    for name in ("evidencedesk.app.services", "evidencedesk.app.pages"):
        importlib.import_module(name)


def _nothing() -> None:
    """Only to come after what was queued before."""


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
