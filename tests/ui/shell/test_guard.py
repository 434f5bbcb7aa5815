"""The window shows nothing of its pages while it is locked or hidden, and everything again afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from evidencedesk.app.guard import Guard
from evidencedesk.domain.vault import VAULT_FILE
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.lock.neutral_page import NeutralPage
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import CASES, MainWindow
from evidencedesk.ui.words import UiWords
from fakes.ui_stage import show
from fakes.ui_vault import FakeBehind

SECRET = "Zhang of the platform"  # noqa: S105 - a name that must not be read


class Guarded(QObject):
    """A window with a page of somebody's case, and who stands before it."""

    def __init__(self, words: UiWords, library: Path, jobs: Jobs, qtbot: QtBot) -> None:
        super().__init__()
        self.library = library
        self.messages = Messages()
        self.window = MainWindow(words, self.messages)
        qtbot.addWidget(self.window)
        self.window.add_page(CASES, QLabel(SECRET))
        show(qtbot, self.window)
        self.window.show_page(CASES)
        self.guard = Guard(self.window, words, library, Settings(), jobs)
        self.wanted: list[bool] = []
        self.guard.lock_wanted.connect(lambda: self.wanted.append(True))

    def readable(self) -> str:
        root = QAccessible.queryAccessibleInterface(self.window)
        assert root is not None
        return "\n".join(_texts(root))

    def three_times_escape(self) -> None:
        for _ in range(3):
            QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Escape)


def _texts(one: QAccessibleInterface) -> Iterator[str]:
    yield one.text(QAccessible.Text.Name)
    for at in range(one.childCount()):
        child = one.child(at)
        if child is not None:
            yield from _texts(child)


@pytest.fixture
def guarded(en: UiWords, tmp_path: Path, qtbot: QtBot) -> Iterator[Guarded]:
    with Jobs("begin") as jobs:
        guarded = Guarded(en, tmp_path, jobs, qtbot)
        yield guarded
        guarded.guard.end()


@pytest.fixture
def vaulted(guarded: Guarded) -> Guarded:
    (guarded.library / VAULT_FILE).write_text("{}")
    guarded.guard.take(Settings())
    return guarded


def test_without_a_vault_there_is_no_way_to_lock_and_it_is_said(guarded: Guarded) -> None:
    said: list[bool] = []
    guarded.guard.no_lock.connect(lambda: said.append(True))
    assert not guarded.window.lock_button.isVisible()
    guarded.window.lock_wanted.emit()
    assert said == [True]
    assert guarded.wanted == []


def test_hiding_works_without_a_vault_and_the_same_keys_bring_it_back(guarded: Guarded) -> None:
    assert SECRET in guarded.readable()
    guarded.three_times_escape()
    assert guarded.window.windowTitle() == "Notes"
    assert SECRET not in guarded.readable()
    assert "EvidenceDesk" not in guarded.readable()
    guarded.three_times_escape()
    assert guarded.window.windowTitle() == "EvidenceDesk"
    assert guarded.window.page == CASES
    assert SECRET in guarded.readable()


def test_what_was_written_on_the_sheet_is_gone(guarded: Guarded) -> None:
    guarded.guard.hide()
    sheet = guarded.window.centralWidget()
    assert isinstance(sheet, NeutralPage)
    QTest.keyClicks(sheet.sheet, "milk, eggs")
    guarded.guard.show()
    assert sheet.sheet.toPlainText() == ""


def test_a_second_start_brings_it_back_too(guarded: Guarded) -> None:
    guarded.guard.hide()
    guarded.window.bring_to_front()
    assert not guarded.window.covered


def test_hiding_locks_where_there_is_a_vault_and_leads_back_to_the_door(vaulted: Guarded) -> None:
    assert vaulted.window.lock_button.isVisible()
    vaulted.three_times_escape()
    assert vaulted.wanted == [True]
    vaulted.guard.shut()
    assert vaulted.window.windowTitle() == "Notes"
    vaulted.three_times_escape()
    assert isinstance(vaulted.window.centralWidget(), LockPage)


def test_ctrl_l_and_idle_hands_lock(vaulted: Guarded) -> None:
    QTest.keyClick(vaulted.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    vaulted.guard.hands.idle.emit()
    assert vaulted.wanted == [True, True]


def test_the_door_shows_nothing_and_takes_dialogs_along(vaulted: Guarded) -> None:
    dialog = QDialog(vaulted.window)
    dialog.show()
    vaulted.guard.shut(FakeBehind(83_000))
    assert SECRET not in vaulted.readable()
    assert not dialog.isVisible()
    assert "Recording goes on · 00:01:23" in vaulted.readable()
    vaulted.guard.open()
    assert vaulted.window.page == CASES
    assert SECRET in vaulted.readable()


def test_the_door_is_silent_about_a_recording_if_the_user_wants_that(vaulted: Guarded) -> None:
    vaulted.guard.take(Settings(lock_tells="no"))
    vaulted.guard.shut(FakeBehind(83_000))
    door = vaulted.window.centralWidget()
    assert isinstance(door, LockPage)
    assert not door.going_on.isVisible()


def test_behind_the_door_the_tray_says_no_word(vaulted: Guarded) -> None:
    tray = vaulted.window.tray
    vaulted.guard.shut()
    tray.show()
    assert not tray._stop.isVisible()
    assert tray._icon.toolTip() == "EvidenceDesk"
    vaulted.guard.hide()
    assert tray._icon.toolTip() == "Notes"
    vaulted.guard.show()
    vaulted.guard.open()
    assert tray._stop.isVisible()
    tray.hide()


def test_a_closed_window_asks_nothing_that_others_could_read(vaulted: Guarded) -> None:
    left: list[bool] = []
    vaulted.window.leaving.connect(lambda: left.append(True))
    vaulted.window.add_page("encounter", QLabel("x"))
    vaulted.window.set_recording(running=True)
    vaulted.guard.shut(FakeBehind(0))
    assert vaulted.window.close()
    assert left == [True]
