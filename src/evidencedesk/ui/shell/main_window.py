"""The window: the rail on the left, messages on top, one page.

It is on the screen before anything heavy is loaded: first bare (see first_sight.py), for which this module
loads nothing but Qt; then ``furnish`` brings rail and record page, which load neither workflows nor store
nor capture. The app package loads those on the jobs thread and adds the other pages then.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.ui.shell.first_sight import Look, box_of
from evidencedesk.wording.language import mark

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.domain.errors import Known
    from evidencedesk.ui.kit.rail import Rail
    from evidencedesk.ui.kit.record_button import RecordButton
    from evidencedesk.ui.kit.room_scroll import RoomScroll
    from evidencedesk.ui.messages import Messages
    from evidencedesk.ui.record.page import RecordPage
    from evidencedesk.ui.shell.message_area import MessageArea
    from evidencedesk.ui.shell.tray import Tray
    from evidencedesk.ui.words import UiWords

RECORD, CASES, LAW, SETTINGS, ENCOUNTER = "record", "cases", "law", "settings", "encounter"
CONTACTS, SEARCH, HELP = "contacts", "search", "help"
_ENTRIES = (
    (RECORD, "circle-dot", mark("Record"), False),
    (CASES, "folder", mark("Cases"), False),
    (CONTACTS, "phone", mark("Contacts"), False),
    (LAW, "scale", mark("Law"), False),
    (SETTINGS, "settings", mark("Settings"), True),
    # Last, so that they have no number and take none away.
    (SEARCH, "search", mark("Search"), False),
    (HELP, "circle-help", mark("Help"), True),
)
# Not F1 for the help: while recording it notes a threat, and nobody must get used to pressing it.
_KEYS = {SEARCH: ("Ctrl+F", "Ctrl+K"), HELP: ("Shift+F1",)}
HIDE_KEYS = "Esc Esc Esc"
LOCK_KEYS = "Ctrl+L"
_USUAL = QSize(1280, 800)
_LOCK, _HIDE = "lock", "hide"
_CLOSING = "closing"
_IN_BACKGROUND, _STOP, _STAY = "background", "stop", "stay"


class MainWindow(QMainWindow):
    """Holds the pages; knows that a recording is running, but not how.

    Emits:
        page_shown: the name of the page that came into sight.
        stop_requested: the user wants to stop and save before the window closes.
        locale_changed: the system has another language or region now.
        leaving: the window goes while a recording runs on by itself; save what was typed.
        help_wanted: a place in the help.
        lock_wanted: the library is to be locked.
        hide_wanted: the window is to look like another program.
        summoned: a second start, or the tray, wants the window as it is.
    """

    page_shown = Signal(str)
    stop_requested = Signal()
    leaving = Signal()
    help_wanted = Signal(str)
    lock_wanted = Signal()
    hide_wanted = Signal()
    summoned = Signal()
    locale_changed = Signal()

    def __init__(self, words: UiWords | None = None, messages: Messages | None = None) -> None:
        """Furnished at once with both, else bare until ``furnish``."""
        super().__init__()
        self._pages: dict[str, RoomScroll] = {}
        self._recording = False
        self._close_after_stop = False
        self._leave_now = False
        self._cover: QWidget | None = None
        self._name = ""
        self.setMinimumSize(QSize(960, 640))
        self.resize(_USUAL)
        if words is not None and messages is not None:
            self.furnish(words, messages)

    def furnish(self, words: UiWords, messages: Messages, button: RecordButton | None = None) -> None:
        """Put everything in. ``button`` is the red one where it is on the screen already."""
        self._words = words
        self._messages = messages
        self.setWindowIcon(_ui("theme.icons").app_icon())
        self.rail: Rail = _ui("kit.rail").Rail(self)
        for name, icon_name, _, bottom in _ENTRIES:
            self.rail.add_entry(name, icon_name, bottom=bottom, keys=_KEYS.get(name, ()))
            self.rail.buttons[name].setEnabled(False)
        self.rail.chosen.connect(self.show_page)
        self.hide_button = self.rail.add_action(_HIDE, "eye-off", HIDE_KEYS)
        self.hide_button.clicked.connect(self.hide_wanted)
        self.lock_button = self.rail.add_action(_LOCK, "lock", LOCK_KEYS)
        self.lock_button.clicked.connect(self.lock_wanted)
        self.set_lockable(lockable=False)
        QShortcut(QKeySequence(LOCK_KEYS), self).activated.connect(self.lock_wanted)
        self.message_area: MessageArea = _ui("shell.message_area").MessageArea(words, messages, self)
        self._stack = QStackedWidget(self)
        self.tray: Tray = _ui("shell.tray").Tray(words, self)
        self.tray.show_clicked.connect(self.bring_to_front)
        self.tray.stop_clicked.connect(self._tray_stop)
        self.record_page: RecordPage = _ui("record.page").RecordPage(words, self, button)
        self._lay_out()
        self.add_page(RECORD, self.record_page)
        words.language_changed.connect(self.retranslate)
        self.retranslate()
        self.show_page(RECORD)

    @property
    def page(self) -> str:
        """The name of the page in sight."""
        shown = self._stack.currentWidget()
        return next((name for name, place in self._pages.items() if place is shown), "")

    @property
    def recording(self) -> bool:
        """Whether a recording is running."""
        return self._recording

    @property
    def covered(self) -> bool:
        """Whether the pages are out of sight."""
        return self._cover is not None

    @property
    def lockable(self) -> bool:
        """Whether the library has a lock."""
        return self._lockable

    def look(self, made_for: str) -> Look | None:
        """How the window looks now; None where something is in sight that is not always there."""
        page, t = self.record_page, self._words.text
        usual = self.size() == _USUAL and self.message_area.isHidden() and not page.welcoming
        if self.covered or not usual:
            return None
        return Look(
            made_for,
            t("EvidenceDesk"),
            *page.invitation,
            box_of(page.heading),
            box_of(self.rail),
            box_of(page.card),
            box_of(page.button),
        )

    def set_lockable(self, *, lockable: bool) -> None:
        """Show the way to lock only where there is a lock."""
        self._lockable = lockable
        self.lock_button.setVisible(lockable)

    def cover(self, cover: QWidget, name: str = "", icon: QIcon | None = None) -> None:
        """Show nothing but this, under another name if there is one.

        The pages leave the window altogether, so that nobody can read them through it; they live on.
        """
        self._take_away()
        self._close_dialogs()
        self._cover, self._name = cover, name
        self.setCentralWidget(cover)
        cover.show()
        self.setWindowIcon(icon or _ui("theme.icons").app_icon())
        self.tray.set_discreet(name or self._words.text("EvidenceDesk"), icon)
        self._title()

    def uncover(self) -> None:
        """Show the pages again."""
        if self._cover is None:
            return
        self._take_away()
        self._cover, self._name = None, ""
        self.setCentralWidget(self._whole)
        self._whole.show()
        self.setWindowIcon(_ui("theme.icons").app_icon())
        self.tray.set_discreet(None)
        self._title()

    def empty(self) -> None:
        """Let all pages go, and begin with a record page that is not alive yet."""
        self.record_page = _ui("record.page").RecordPage(self._words, self)
        self.add_page(RECORD, self.record_page)
        self._stack.setCurrentWidget(self._pages[RECORD])
        self.rail.set_current(RECORD)
        for name in [name for name in self._pages if name != RECORD]:
            self.remove_page(name)
            if name in self.rail.buttons:
                self.rail.buttons[name].setEnabled(False)
                self.rail.set_count(name, 0, "")
        self.message_area.clear()

    def add_page(self, name: str, page: QWidget) -> None:
        """Take a page in, or put it in the place of the one with its name."""
        old = self._pages.pop(name, None)
        place: RoomScroll = _ui("kit.room_scroll").RoomScroll(page, self._stack)
        self._pages[name] = place
        self._stack.addWidget(place)
        if old is not None:
            if old is self._stack.currentWidget():
                self._stack.setCurrentWidget(place)
            self._stack.removeWidget(old)
            old.deleteLater()
        if name in self.rail.buttons:
            self.rail.buttons[name].setEnabled(True)

    def remove_page(self, name: str) -> None:
        """Let a page go; show another one first."""
        page = self._pages.pop(name)
        self._stack.removeWidget(page)
        page.deleteLater()

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Turn to a page. While recording the encounter stays in front."""
        if self._recording and name != ENCOUNTER:
            return
        self._stack.setCurrentWidget(self._pages[name])
        self.rail.set_current(name)
        self.page_shown.emit(name)

    def show_help(self, topic: str) -> None:
        """A question mark somewhere in the window was pressed."""
        self.help_wanted.emit(topic)

    def set_recording(self, *, running: bool) -> None:
        """A recording began or ended: the encounter page has the whole window meanwhile."""
        self._recording = running
        self.rail.setVisible(not running)
        self._title()
        if running:
            self.show_page(ENCOUNTER)
            return
        self._messages.withdraw(_CLOSING)
        self.tray.hide()
        if self._close_after_stop:
            self._close_after_stop = False
            self.close()

    @Slot(object)
    def show_error(self, error: Known) -> None:
        """Tell the user."""
        self._messages.show_error(error)

    @Slot()
    def bring_to_front(self) -> None:
        """A second start, or the tray: here is the window."""
        self.tray.hide()
        QApplication.setQuitOnLastWindowClosed(True)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.summoned.emit()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        for name, _, msgid, _ in _ENTRIES:
            self.rail.set_label(name, self._words.text(msgid))
        self.rail.set_label(_HIDE, self._words.text("Quick hide"))
        self.rail.set_label(_LOCK, self._words.text("Lock"))
        self.rail.setAccessibleName(self._words.text("Pages"))
        self._title()

    def let_go(self) -> None:
        """From now on closing asks nothing: the session ends, and nobody may be there to answer."""
        self._leave_now = True

    def changeEvent(self, event: QEvent) -> None:
        """Hear of another language of the system."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LocaleChange:
            self.locale_changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """While recording: ask in a banner, close nothing."""
        if not self._recording or self._leave_now:
            event.accept()
            return
        if self.covered:
            # No question here: what it says would be read by whoever stands there. The recording goes on.
            self.leaving.emit()
            event.accept()
            return
        event.ignore()
        said = _ui("messages")
        self._messages.show(
            said.Message(
                key=_CLOSING,
                kind="warn",
                msgid=mark("A recording is running."),
                detail_msgid=mark(
                    "You can close the window: the recording goes on by itself. "
                    "Start the program again to come back to it."
                ),
                actions=(
                    said.Action(_IN_BACKGROUND, mark("Go on in the background")),
                    said.Action(_STOP, mark("Stop and save")),
                    said.Action(_STAY, mark("Stay here")),
                ),
                answer=self._closing_answered,
                closable=False,
            )
        )

    def _closing_answered(self, answer: str) -> None:
        if answer == _STOP:
            self._close_after_stop = True
            self.stop_requested.emit()
        elif answer == _IN_BACKGROUND:
            self.leaving.emit()
            if self.tray.available:
                QApplication.setQuitOnLastWindowClosed(False)
                self.tray.show()
                self.hide()
            else:
                self._leave_now = True
                self.close()

    @Slot()
    def _tray_stop(self) -> None:
        self.bring_to_front()
        if not self.covered:
            self.stop_requested.emit()

    def _title(self) -> None:
        t = self._words.text
        if self._cover is not None:
            self.setWindowTitle(self._name or t("EvidenceDesk"))
            return
        self.setWindowTitle(t("EvidenceDesk: recording") if self._recording else t("EvidenceDesk"))

    def _take_away(self) -> None:
        """What fills the window is no part of it any more; it stays alive."""
        shown = self.takeCentralWidget()
        if shown is not None:
            shown.setParent(None)

    def _close_dialogs(self) -> None:
        """What lies in windows of its own is content, too."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self and widget.isVisible():
                widget.close()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.message_area)
        right.addWidget(self._stack, 1)
        self._whole = whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        whole.show()  # at once, in a window that is in sight


def _ui(name: str) -> Any:
    """A module that the first paint does without."""
    return importlib.import_module(f"evidencedesk.ui.{name}")
