"""The window before the rest is loaded: the red button is there, works, and stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.app.first_paint import RAISE, Start, first_sight
from evidencedesk.app.window import Opening
from evidencedesk.domain.vault import VAULT_FILE
from evidencedesk.system.places import runtime_dir
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.shell.first_sight import FirstSight, Look, read_look, write_look
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.single_instance import SingleInstance
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.ui_stage import Heard, show


@pytest.fixture(params=["en", "zh"])
def words(request: pytest.FixtureRequest) -> UiWords:
    made: UiWords = request.getfixturevalue(request.param)
    return made


@pytest.fixture(params=[("light", "100"), ("dark", "150")], ids=["light", "dark and large"])
def dressed(request: pytest.FixtureRequest, theme: Theme) -> Iterator[None]:
    look, size = request.param
    theme.choose(look)
    theme.choose_text_size(size)
    yield
    theme.choose("light")
    theme.choose_text_size("system")


def look_of_an_earlier_window(words: UiWords, qtbot: QtBot) -> Look:
    earlier = MainWindow(words, Heard().messages)
    qtbot.addWidget(earlier)
    show(qtbot, earlier)
    look = earlier.look("today")
    assert look is not None
    earlier.hide()
    return look


@pytest.fixture
def look(words: UiWords, qtbot: QtBot) -> Look:
    return look_of_an_earlier_window(words, qtbot)


def sight_of(look: Look, qtbot: QtBot) -> tuple[MainWindow, FirstSight]:
    window = MainWindow()
    qtbot.addWidget(window)
    sight = FirstSight(look, window)
    sight.show_until_painted()
    return window, sight


def disc(window: MainWindow, look: Look) -> QImage:
    x, y, width, height = look.button
    return window.grab().toImage().copy(x, y, width, height)


@pytest.mark.usefixtures("dressed")
def test_the_red_button_does_not_move_nor_change_when_the_rest_appears(words: UiWords, qtbot: QtBot) -> None:
    look = look_of_an_earlier_window(words, qtbot)
    window, sight = sight_of(look, qtbot)
    before, button = disc(window, look), sight.button
    assert before.pixelColor(20, 100).red() > 150
    window.furnish(words, Heard().messages, sight.give_button())
    QApplication.processEvents()
    assert window.record_page.button is button
    assert button.mapTo(window, QPoint(0, 0)) == QPoint(*look.button[:2])
    assert disc(window, look) == before


def test_it_has_its_name_and_the_keyboard_from_the_first_moment(
    look: Look, words: UiWords, qtbot: QtBot
) -> None:
    window, sight = sight_of(look, qtbot)
    assert sight.button.accessibleName() == words.text("Start recording")
    assert window.windowTitle() == words.text("EvidenceDesk")
    assert window.focusWidget() is sight.button
    window.furnish(words, Heard().messages, sight.give_button())
    QApplication.processEvents()
    assert window.focusWidget() is sight.button


@pytest.mark.parametrize("how", ["mouse", "space", "keys"])
def test_a_press_before_the_rest_is_there_counts(
    how: str, en: UiWords, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    window, sight = sight_of(look_of_an_earlier_window(en, qtbot), qtbot)
    if how == "mouse":
        QTest.mouseClick(sight.button, Qt.MouseButton.LeftButton)
    elif how == "space":
        QTest.keyClick(sight.button, Qt.Key.Key_Space)
    else:
        QTest.keyClick(sight.button, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert sight.pressed
    heard = Heard()
    window.furnish(en, heard.messages, sight.give_button())
    with Jobs() as jobs:
        opening = Opening(window, en, heard.messages, theme, jobs, jobs, tmp_path / "library", Settings())
        opening.start_early()
        assert window.record_page.button.text() == "Starting…"


def test_the_window_waits_for_a_finger_that_is_on_the_button(en: UiWords, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    sight = FirstSight(look_of_an_earlier_window(en, qtbot), window)
    window.show()
    QTest.mousePress(sight.button, Qt.MouseButton.LeftButton)
    QTimer.singleShot(400, lambda: QTest.mouseRelease(sight.button, Qt.MouseButton.LeftButton))
    sight.show_until_painted()
    assert sight.pressed


def test_what_was_written_down_for_something_else_is_not_used(look: Look, tmp_path: Path) -> None:
    file = tmp_path / "cache" / "look.json"
    assert read_look(file, "today") is None
    write_look(file, look)
    assert read_look(file, "today") == look
    assert read_look(file, "tomorrow") is None
    file.write_text('{"made_for": "today", "rail": [1]}', encoding="utf-8")
    assert read_look(file, "today") is None


class Kept:
    """A library that had a window before."""

    def __init__(self, library: Path, window: MainWindow, application: QApplication, look: Look) -> None:
        library.mkdir()
        settings = Settings(language="en", theme="light", welcomed="yes")
        self.start = Start(library, RAISE, settings, "en", application, window)
        write_look(self.start.look_file, replace(look, made_for=self.start.look_made_for))


@pytest.fixture
def kept(
    en: UiWords,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    qtbot: QtBot,
) -> Kept:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    window = MainWindow()
    qtbot.addWidget(window)
    return Kept(tmp_path / "library", window, qapp, look_of_an_earlier_window(en, qtbot))


def test_a_library_that_had_a_window_before_has_its_red_button_first(kept: Kept) -> None:
    assert first_sight(kept.start).sight is not None
    assert kept.start.window.isVisible()


def test_a_locked_library_shows_its_door_and_nothing_before(kept: Kept) -> None:
    (kept.start.library / VAULT_FILE).touch()
    assert first_sight(kept.start).sight is None
    assert not kept.start.window.isVisible()


def test_who_was_never_here_sees_the_first_steps_with_the_button(kept: Kept) -> None:
    start = replace(kept.start, settings=Settings(language="en", theme="light"))
    assert first_sight(start).sight is None


def test_no_second_window_is_shown_where_one_is_open(kept: Kept) -> None:
    first = SingleInstance(runtime_dir(), kept.start.library)
    assert first.listen()
    try:
        assert first_sight(kept.start).sight is None
        assert not kept.start.window.isVisible()
    finally:
        first.close()
