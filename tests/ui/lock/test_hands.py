"""Three times Esc in a row hide the window; two do not, nor three slow ones; idle hands lock, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from evidencedesk.ui.lock.hands import Hands


class Watched(QObject):
    """A window, hands at it, and a clock that is set by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.edit = QLineEdit()
        qtbot.addWidget(self.edit)
        self.edit.show()
        qtbot.waitExposed(self.edit)
        self.now_s = 100.0
        self.hands = Hands(self, lambda: self.now_s)
        self.told: list[str] = []
        self.hands.hide_wanted.connect(lambda: self.told.append("hide"))
        self.hands.idle.connect(lambda: self.told.append("idle"))

    def press(self, key: Qt.Key = Qt.Key.Key_Escape, after_s: float = 0.2) -> None:
        self.now_s += after_s
        QTest.keyClick(self.edit.windowHandle(), key)


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    watched = Watched(qtbot)
    yield watched
    watched.hands.set_limit(0)


def test_three_times_esc_hide(watched: Watched) -> None:
    for _ in range(3):
        watched.press()
    assert watched.told == ["hide"]
    for _ in range(3):
        watched.press()
    assert watched.told == ["hide", "hide"]


def test_two_times_leave_a_list_and_a_form_and_nothing_else(watched: Watched) -> None:
    watched.press()
    watched.press()
    assert watched.told == []


def test_slow_ones_do_not_count(watched: Watched) -> None:
    for _ in range(5):
        watched.press(after_s=0.9)
    assert watched.told == []


def test_another_key_between_begins_anew(watched: Watched) -> None:
    watched.press()
    watched.press()
    watched.press(Qt.Key.Key_A)
    watched.press()
    assert watched.told == []


def test_hands_that_do_nothing_are_told_once_until_they_move(watched: Watched) -> None:
    watched.hands.set_limit(5)
    watched.now_s += 299
    watched.hands.look()
    assert watched.told == []
    watched.now_s += 1
    watched.hands.look()
    watched.hands.look()
    assert watched.told == ["idle"]
    watched.press(Qt.Key.Key_A)
    watched.now_s += 300
    watched.hands.look()
    assert watched.told == ["idle", "idle"]


def test_every_key_begins_the_time_anew(watched: Watched) -> None:
    watched.hands.set_limit(1)
    for _ in range(4):
        watched.press(Qt.Key.Key_A, after_s=50)
        watched.hands.look()
    assert watched.told == []


def test_without_a_limit_nobody_is_idle(watched: Watched) -> None:
    watched.hands.set_limit(0)
    watched.now_s += 100_000
    watched.hands.look()
    assert watched.told == []
