"""The door on the screen: what it says, and what hands can do at it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.vault import OpenedBy
from evidencedesk.ui.lock.code_edit import CodeEdit, grouped
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.lock.presenter import LockState, Way
from evidencedesk.ui.words import UiWords
from fakes.ui_vault import CODE

BY = frozenset({OpenedBy.PASSPHRASE, OpenedBy.RECOVERY})


@pytest.fixture
def page(en: UiWords, qtbot: QtBot) -> LockPage:
    page = LockPage(en)
    qtbot.addWidget(page)
    page.resize(960, 640)
    page.render(LockState(opened_by=BY))
    page.show()
    return page


def test_return_sends_what_was_typed(page: LockPage) -> None:
    typed: list[str] = []
    page.typed.connect(typed.append)
    QTest.keyClicks(page.passphrase.edit, "four words")
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    assert typed == ["four words"]


def test_while_waiting_neither_key_nor_button_sends_anything(page: LockPage) -> None:
    typed: list[str] = []
    page.typed.connect(typed.append)
    page.render(LockState(opened_by=BY, wait_s=8, problem=WrongUse(Code.VAULT_WRONG_PASSPHRASE)))
    QTest.keyClicks(page.passphrase.edit, "four words")
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    assert typed == []
    assert not page.open_button.isEnabled()
    assert "in 8 seconds" in page.fault.text()
    assert page.passphrase.edit.isEnabled()  # the next try can be typed meanwhile


def test_caps_lock_is_noticed_while_typing(page: LockPage) -> None:
    for text, shift, told in (("f", False, False), ("F", True, False), ("F", False, True), ("f", True, True)):
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F, held, text)
        QApplication.sendEvent(page.passphrase.edit, event)
        assert page.passphrase.caps.isVisible() is told, (text, shift)
    QTest.keyPress(page.passphrase.edit, Qt.Key.Key_CapsLock)
    assert not page.passphrase.caps.isVisible()


def test_the_passphrase_can_be_looked_at_and_is_hidden_again_when_it_is_used(page: LockPage) -> None:
    page.passphrase.show_button.click()
    assert page.passphrase.edit.echoMode() is page.passphrase.edit.EchoMode.Normal
    page.clear()
    assert page.passphrase.edit.echoMode() is page.passphrase.edit.EchoMode.Password


@pytest.mark.parametrize(
    "pasted",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f" {CODE}\n",
        CODE.replace("-", "\n"),
    ],
)
def test_a_code_is_taken_in_any_form(qtbot: QtBot, pasted: str) -> None:
    edit = CodeEdit()
    qtbot.addWidget(edit)
    QGuiApplication.clipboard().setText(pasted)
    edit.paste()
    edit.textEdited.emit(edit.text())  # as Qt does after a key; pasting by program tells nobody
    assert edit.text() == CODE


def test_a_code_is_grouped_while_it_is_typed_and_corrected(qtbot: QtBot) -> None:
    edit = CodeEdit()
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "2j4k8qxw")
    assert edit.text() == "2J4K-8QXW"
    edit.setCursorPosition(2)
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, "9")
    assert edit.text() == "2J9K-8QXW"
    assert edit.cursorPosition() == 3


def test_more_than_a_code_is_cut() -> None:
    assert grouped(CODE + "ABCD") == CODE


def test_the_code_has_its_own_words(page: LockPage) -> None:
    ways: list[str] = []
    page.way_clicked.connect(ways.append)
    page.way_button.click()
    assert ways == ["code"]
    page.render(LockState(opened_by=BY, way=Way.CODE))
    assert page.code.isVisible()
    assert not page.passphrase.isVisible()


def test_the_red_button_and_its_key_record(page: LockPage, qtbot: QtBot) -> None:
    qtbot.waitExposed(page)
    pressed: list[bool] = []
    page.record_clicked.connect(lambda: pressed.append(True))
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]
    page.render(LockState(opened_by=BY, starting=True))
    assert not page.button.isEnabled()


def test_a_recording_is_told_or_not_as_the_user_chose(page: LockPage) -> None:
    page.render(LockState(opened_by=BY, recording_ms=83_000))
    assert page.going_on.text() == "Recording goes on · 00:01:23"
    assert not page.button.isVisible()
    page.set_tells_recording(tells=False)
    assert not page.going_on.isVisible()
    assert not page.about_recording.isVisible()
    assert not page.button.isVisible()


def test_where_only_the_code_opens_nothing_asks_for_a_passphrase(page: LockPage) -> None:
    page.render(LockState(opened_by=frozenset({OpenedBy.RECOVERY}), way=Way.CODE))
    assert not page.way_button.isVisible()
    assert not page.passphrase.isVisible()


def test_it_changes_its_language_at_once(page: LockPage, en: UiWords) -> None:
    en.set_language("zh")
    assert page.open_button.text() == "解锁"
    assert page.languages.isVisible()
