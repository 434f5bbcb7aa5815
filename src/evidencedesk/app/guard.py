"""Who stands before the pages: the door of a locked library, and the empty sheet that hides the program."""

from __future__ import annotations

import importlib
import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from evidencedesk.app.screen_lock import ScreenLock, watch_screen
from evidencedesk.domain.vault import VAULT_FILE, OpenedBy
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.lock.hands import Hands
from evidencedesk.ui.lock.neutral_page import NeutralPage
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.lock.patient import Patient
from evidencedesk.ui.lock.presenter import BehindLock, LockPresenter, LockServices
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.icons import neutral_icon
from evidencedesk.ui.words import UiWords


class Guard(QObject):
    """Covers the window and uncovers it; what becomes of the library is its owner's care.

    Emits:
        lock_wanted: by key, button, idleness, the lock of the screen or hiding; only where there is a vault.
        no_lock: somebody wants to lock a library that has none.
        opened: the keys.
    """

    lock_wanted = Signal()
    no_lock = Signal()
    opened = Signal(object)

    def __init__(
        self, window: MainWindow, words: UiWords, library: Path, settings: Settings, recorder: Jobs
    ) -> None:
        super().__init__(window)
        self._window = window
        self._words = words
        self._library = library
        self.locked = False
        self.hidden = False
        self._trier: Jobs | None = None
        self._services = _Later(library, settings)
        self._recorder = recorder
        self.page: LockPage | None = None
        self.presenter: LockPresenter | None = None
        self._sheet = NeutralPage(words)
        self.hands = Hands(self)
        self.hands.hide_wanted.connect(self.hide_or_show)
        self.hands.idle.connect(self._ask_to_lock)
        window.lock_wanted.connect(self._lock_clicked)
        window.hide_wanted.connect(self.hide)
        window.summoned.connect(self.show)
        self._screen: ScreenLock | None = None
        # After the first paint: a bus takes its time.
        QTimer.singleShot(0, self._watch_screen)
        self.take(settings)

    @property
    def has_vault(self) -> bool:
        """Whether the library has a lock."""
        return (self._library / VAULT_FILE).exists()

    def take(self, settings: Settings) -> None:
        """Other settings, or another lock."""
        self._services.settings = settings
        has_vault = self.has_vault
        self._window.set_lockable(lockable=has_vault)
        self.hands.set_limit(int(settings.lock_after) if has_vault else 0)
        if self.page is not None:
            self.page.set_tells_recording(tells=settings.lock_tells == "yes")

    def shut(
        self, behind: BehindLock | None = None, *, ask_keyring: bool = False, opening: bool = False
    ) -> None:
        """Show nothing but the door. ``behind`` is recorded meanwhile; ``opening``: it opens by itself."""
        if self.locked:
            return
        self.locked = True
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        page, presenter = self._door()
        presenter.begin(behind, ask_keyring=ask_keyring, opening=opening)
        if not self.hidden:
            self._window.cover(page)

    def open(self) -> None:
        """The library is open: show it."""
        self.locked = False
        if self.presenter is not None:
            self.presenter.end()
        if not self.hidden:
            self._window.uncover()

    @Slot()
    def hide(self) -> None:
        """Look like another program. A library with a lock is locked meanwhile."""
        if self.hidden:
            return
        self.hidden = True
        self._window.cover(self._sheet, self._words.text("Notes"), neutral_icon())
        self._ask_to_lock()

    @Slot()
    def show(self) -> None:
        """Be this program again; the door stays shut."""
        if not self.hidden:
            return
        self.hidden = False
        self._sheet.forget()
        if self.locked and self.page is not None:
            self._window.cover(self.page)
        else:
            self._window.uncover()

    @Slot()
    def hide_or_show(self) -> None:
        """The same keys do both."""
        if self.hidden:
            self.show()
        else:
            self.hide()

    def end(self) -> None:
        """The window goes."""
        self.hands.end()
        if self.presenter is not None:
            self.presenter.end()
        self._window.uncover()
        # Without a parent they would be left for the interpreter's own end, when there is no Qt any more.
        for cover in (self.page, self._sheet):
            if cover is not None:
                cover.deleteLater()
        self.page = None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if self._trier is not None:
            self._trier.close()

    def _door(self) -> tuple[LockPage, LockPresenter]:
        if self.page is not None and self.presenter is not None:
            return self.page, self.presenter
        self._trier = Jobs("unlock")
        page = LockPage(self._words)
        page.set_tells_recording(tells=self._services.settings.lock_tells == "yes")
        presenter = LockPresenter(
            self._services, self._trier, self._recorder, Patient(self), self._title, self
        )
        presenter.state_changed.connect(page.render)
        presenter.typed_used.connect(page.clear)
        presenter.opened.connect(self.opened)
        page.typed.connect(presenter.try_typed)
        page.way_clicked.connect(presenter.choose_way)
        page.keyring_clicked.connect(presenter.try_keyring)
        page.record_clicked.connect(presenter.record)
        page.hide_clicked.connect(self.hide)
        page.language_clicked.connect(self._language_clicked)
        self.page, self.presenter = page, presenter
        return page, presenter

    def _title(self) -> str:
        now = SystemClock().now().local
        return self._words.text("Recorded before unlocking, {time}", time=f"{now:%Y-%m-%d %H:%M}")

    @Slot()
    def _watch_screen(self) -> None:
        self._screen = watch_screen(self._window)
        self._screen.locked.connect(self._ask_to_lock)

    @Slot()
    def _lock_clicked(self) -> None:
        if self.has_vault:
            self._ask_to_lock()
        elif not self._window.covered:
            self.no_lock.emit()

    @Slot()
    def _ask_to_lock(self) -> None:
        if self.has_vault and not self.locked:
            self.lock_wanted.emit()

    @Slot(str)
    def _language_clicked(self, language: str) -> None:
        self._words.set_language("zh" if language == "zh" else "en")


class _Later:
    """The door's services, loaded by whoever works with them first, and never by the window's thread."""

    def __init__(self, library: Path, settings: Settings) -> None:
        self.settings = settings
        self._library = library
        self._lock = threading.Lock()
        self._made_for: Settings | None = None
        self._made: LockServices | None = None

    def opened_by(self) -> frozenset[OpenedBy]:
        return self._loaded().opened_by()

    def wait_s(self) -> float:
        return 0.0 if self._made is None else self._made.wait_s()

    def open(self, passphrase: str) -> object:
        return self._loaded().open(passphrase)

    def open_with_code(self, code: str) -> object:
        return self._loaded().open_with_code(code)

    def open_with_keyring(self) -> object:
        return self._loaded().open_with_keyring()

    def begin(self, title: str, mode: str) -> BehindLock:
        return self._loaded().begin(title, mode)

    def running(self) -> BehindLock | None:
        return self._loaded().running()

    def _loaded(self) -> LockServices:
        with self._lock:
            if self._made is None or self._made_for is not self.settings:
                module = importlib.import_module("evidencedesk.app.lock_services")
                self._made_for = self.settings
                self._made = module.LockedLibrary(self._library, SystemClock(), self.settings)
            return self._made
