"""The window: one path from the red button to the case, and no way to lose a recording by closing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.app.first_paint import window_options
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.settings import Settings
from evidencedesk.ui.shell.main_window import CASES, ENCOUNTER, LAW, RECORD, MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.shell.single_instance import RAISE, SingleInstance
from evidencedesk.ui.shell.single_instance import RECORD as WISH_RECORD
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.ui_services import FakeDesk, InstantRunner
from fakes.ui_stage import Heard


class Stage:
    """A window on a desk in memory."""

    def __init__(self, words: UiWords, qtbot: QtBot) -> None:
        self.heard = Heard()
        self.desk = FakeDesk()
        self.window = MainWindow(words, self.heard.messages)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.window.set_recording(running=False))
        self.window.show()
        self.flow = RecordingFlow(
            self.window, self.desk, InstantRunner(), words, self.heard.messages, Settings()
        )
        self.finished: list[str] = []
        self.flow.finished.connect(self.finished.append)

    def answer(self, text: str) -> None:
        """Press the button with this text in the message on top."""
        banner = self.window.message_area.banners[0]
        button = next(b for b in banner.findChildren(QAbstractButton) if b.text() == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def stage(en: UiWords, theme: Theme, qtbot: QtBot) -> Stage:
    return Stage(en, qtbot)


def test_the_window_opens_on_the_record_page(stage: Stage) -> None:
    assert stage.window.page == RECORD
    assert stage.window.rail.isVisible()
    assert not stage.window.recording


def test_a_page_that_is_not_there_yet_can_not_be_chosen(stage: Stage) -> None:
    assert not stage.window.rail.buttons[CASES].isEnabled()
    stage.window.add_page(CASES, QWidget())
    QTest.mouseClick(stage.window.rail.buttons[CASES], Qt.MouseButton.LeftButton)
    assert stage.window.page == CASES


def test_one_press_leads_to_the_encounter_page_and_the_rail_goes(stage: Stage) -> None:
    QTest.mouseClick(stage.window.record_page.button, Qt.MouseButton.LeftButton)
    assert stage.window.recording
    assert stage.window.page == ENCOUNTER
    assert not stage.window.rail.isVisible()


def test_while_recording_no_other_page_comes_in_front(stage: Stage) -> None:
    stage.window.add_page(LAW, QWidget())
    stage.flow.start()
    stage.window.show_page(LAW)
    assert stage.window.page == ENCOUNTER
    QTest.keyClick(stage.window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert stage.window.page == ENCOUNTER


def test_closing_while_recording_asks_and_closes_nothing(stage: Stage) -> None:
    stage.flow.start()
    stage.window.close()
    assert stage.window.isVisible()
    assert stage.window.recording
    assert [b.text() for b in stage.window.message_area.banners[0].findChildren(QPushButton) if b.text()]
    stage.answer("Stay here")
    assert stage.window.isVisible()


def test_going_on_in_the_background_ends_only_the_window(stage: Stage) -> None:
    stage.flow.start()
    live = stage.desk.begun[-1]
    stage.window.close()
    stage.answer("Go on in the background")
    assert not stage.window.isVisible()
    assert live.stops == 0


def test_stop_and_save_closes_the_window_after_the_seal(stage: Stage, qtbot: QtBot) -> None:
    stage.flow.start()
    live = stage.desk.begun[-1]
    stage.window.close()
    stage.answer("Stop and save")
    qtbot.waitUntil(lambda: live.stops == 1)
    assert stage.window.isVisible()
    live.seal()
    qtbot.waitUntil(lambda: not stage.window.isVisible())
    assert stage.finished == [live.case]


def test_after_the_seal_the_case_is_told_and_the_rail_is_back(stage: Stage, qtbot: QtBot) -> None:
    stage.flow.start()
    live = stage.desk.begun[-1]
    live.seal()
    qtbot.waitUntil(lambda: stage.finished == [live.case])
    assert stage.window.page == RECORD
    assert stage.window.rail.isVisible()


def test_an_error_lies_in_the_window_until_it_is_closed(stage: Stage) -> None:
    stage.window.show_error(MachineFailure(Code.DISK_FULL, path="/x"))
    assert len(stage.window.message_area.banners) == 1
    stage.window.show_error(MachineFailure(Code.DISK_FULL, path="/x"))
    assert len(stage.window.message_area.banners) == 1, "the same thing is said once"


def test_the_language_changes_under_a_running_recording(stage: Stage, en: UiWords) -> None:
    stage.flow.start()
    before = stage.window.windowTitle()
    en.set_language("zh")
    assert stage.window.windowTitle() != before
    assert stage.window.recording


@pytest.mark.parametrize("mode", list(Mode))
def test_a_start_that_names_visit_or_call_records_that(stage: Stage, mode: Mode) -> None:
    stage.flow.start(mode)
    assert stage.desk.begun[-1].mode is mode


@pytest.mark.parametrize(
    ("arguments", "wish"),
    [
        ([], "raise"),
        (["--record"], "record"),
        (["--record", "visit"], "record visit"),
        (["--library=/x", "--record", "call"], "record call"),
        (["--record", "call", "--library", "/x"], "record call"),
    ],
)
def test_a_second_start_is_heard_in_full(
    arguments: list[str], wish: str, tmp_path: Path, qtbot: QtBot
) -> None:
    _, wanted = window_options(arguments)
    assert wanted == wish
    first = SingleInstance(tmp_path, tmp_path / "library")
    assert first.listen()
    wishes: list[str] = []
    first.wish_received.connect(wishes.append)
    assert SingleInstance(tmp_path, tmp_path / "library").hand_over(wanted)
    qtbot.waitUntil(lambda: wishes == [wish])
    first.close()


def test_a_second_start_hands_its_wish_to_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    library = tmp_path / "library"
    first = SingleInstance(tmp_path, library)
    assert not first.hand_over(RAISE), "nobody is there yet"
    assert first.listen()
    wishes: list[str] = []
    first.wish_received.connect(wishes.append)
    second = SingleInstance(tmp_path, library)
    assert second.hand_over(WISH_RECORD)
    qtbot.waitUntil(lambda: wishes == [WISH_RECORD])
    first.close()


def test_windows_of_other_libraries_do_not_answer(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path, tmp_path / "one")
    assert first.listen()
    assert not SingleInstance(tmp_path, tmp_path / "two").hand_over(RAISE)
    first.close()


def test_a_socket_left_by_a_crash_is_no_obstacle(tmp_path: Path) -> None:
    library = tmp_path / "library"
    first = SingleInstance(tmp_path, library)
    assert first.listen()
    (name,) = [path.name for path in tmp_path.iterdir()]
    first.close()
    (tmp_path / name).write_bytes(b"")
    assert SingleInstance(tmp_path, library).listen()
