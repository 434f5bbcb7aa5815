"""The red button is there from the first paint, before there is a library: a press of it counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.app.window import Opening
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.ui_stage import Heard, show


class JustPainted:
    """A window whose library is not open yet."""

    def __init__(self, words: UiWords, theme: Theme, jobs: Jobs, library: Path, qtbot: QtBot) -> None:
        self.heard = Heard()
        self.window = MainWindow(words, self.heard.messages)
        qtbot.addWidget(self.window)
        show(qtbot, self.window)
        self.opening = Opening(
            self.window, words, self.heard.messages, theme, jobs, jobs, library, Settings()
        )
        self.button = self.window.record_page.button
        self.window.record_page.start_clicked.connect(self.opening.start_early)

    def press(self) -> None:
        QTest.mouseClick(self.button, Qt.MouseButton.LeftButton)


@pytest.fixture
def painted(en: UiWords, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[JustPainted]:
    with Jobs() as jobs:
        yield JustPainted(en, theme, jobs, tmp_path / "library", qtbot)


def test_a_press_is_taken_at_once_and_not_twice(painted: JustPainted) -> None:
    assert painted.button.isEnabled()
    painted.press()
    assert painted.button.text() == "Starting…"
    assert not painted.button.isEnabled()


def test_a_press_that_can_not_be_followed_does_not_go_on_promising(painted: JustPainted) -> None:
    painted.press()
    painted.opening.failed(MachineFailure(Code.LIBRARY_IN_USE))
    assert painted.heard.codes == ["library-in-use"]
    assert painted.button.text() == "Start recording"
    assert not painted.button.isEnabled()
    painted.window.record_page.start_clicked.emit()  # Ctrl+R
    assert painted.button.text() == "Start recording"


def test_a_start_that_names_a_call_waits_for_the_library_with_it(painted: JustPainted) -> None:
    painted.opening.wish("record call")
    assert painted.button.text() == "Starting…"
