"""A practice is a recording like any other, in a case of its own, and says what it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Verdict
from evidencedesk.system.settings import Settings
from evidencedesk.ui.shell.main_window import RECORD, MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.start.practice_guide import KEY, Try
from evidencedesk.ui.words import UiWords
from fakes.ui_services import FakeDesk, InstantRunner, disk_full
from fakes.ui_stage import Heard


class Practice:
    """A window with one real case, and the practice button."""

    def __init__(self, words: UiWords, qtbot: QtBot) -> None:
        self.heard = Heard()
        self.desk = FakeDesk()
        self.real = self.desk.open_case("Laifenqi")
        self.window = MainWindow(words, self.heard.messages)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.window.set_recording(running=False))
        self.window.show()
        self.flow = RecordingFlow(
            self.window, self.desk, InstantRunner(), words, self.heard.messages, Settings()
        )

    def begin(self) -> None:
        QTest.mouseClick(self.window.record_page.practice_button, Qt.MouseButton.LeftButton)

    def go_on(self) -> None:
        banner = self.window.message_area.banners[0]
        button = next(b for b in banner.findChildren(QAbstractButton) if b.text() == "Go on")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def live(self) -> str:
        return self.desk.begun[-1].case

    def asked(self) -> Try:
        assert self.flow.practice is not None
        return self.flow.practice.asked

    def finish(self) -> None:
        self.desk.begun[-1].seal()
        assert self.flow.encounter is not None
        self.flow.encounter.poll()


@pytest.fixture
def practice(en: UiWords, qtbot: QtBot) -> Practice:
    return Practice(en, qtbot)


def test_one_press_begins_a_practice_in_a_case_of_its_own(practice: Practice) -> None:
    practice.begin()
    assert practice.window.recording
    assert practice.desk.case_file(practice.live).case.title == "Practice"
    assert practice.live != practice.real.id
    assert practice.desk.begun[-1].status.simulated


def test_a_banner_says_all_the_time_that_it_is_not_evidence(practice: Practice) -> None:
    practice.begin()
    message = practice.heard.said[-1]
    assert message.key == KEY
    assert "not evidence" in message.msgid
    assert message.lasting
    assert not message.closable


def test_the_guide_asks_for_the_next_thing_once_one_was_done(practice: Practice) -> None:
    practice.begin()
    guide = practice.flow.practice
    assert guide is not None
    assert practice.asked() is Try.MARK
    practice.desk.tick_item(practice.live, None, "not-after-21", Verdict.BREACHED, automatic=True)
    guide.look()
    assert practice.asked() is Try.MARK  # the clock's own mark is not the user's
    practice.desk.tick_item(practice.live, None, "no-public-disclosure", Verdict.BREACHED)
    guide.look()
    assert practice.asked() is Try.NOTE
    practice.desk.take_note(practice.live, "They shout.")
    guide.look()
    assert practice.asked() is Try.SOURCE
    practice.go_on()
    assert practice.asked() is Try.STOP
    assert "Stop and save" in practice.heard.said[-1].detail_msgid


def test_everything_asked_can_be_passed_over(practice: Practice) -> None:
    practice.begin()
    for expected in (Try.NOTE, Try.SOURCE, Try.STOP):
        practice.go_on()
        assert practice.asked() is expected


def test_at_its_end_it_says_where_real_ones_will_be(practice: Practice) -> None:
    finished: list[str] = []
    practice.flow.finished.connect(finished.append)
    practice.begin()
    case = practice.live
    practice.finish()
    assert finished == [case]
    assert practice.heard.said[-1].key == KEY
    assert "under “Cases”" in practice.heard.said[-1].msgid
    assert practice.flow.practice is None


def test_the_next_recording_goes_to_the_real_case_again(practice: Practice) -> None:
    practice.begin()
    practice.finish()
    assert practice.window.page == RECORD
    state = practice.flow.record.state
    assert state.case == practice.real
    assert state.cases == (practice.real,)


def test_what_was_said_of_a_practice_goes_when_something_real_is_recorded(practice: Practice) -> None:
    practice.begin()
    practice.finish()
    practice.flow.record.start()
    assert practice.window.message_area.banners == ()
    assert practice.flow.practice is None


def test_a_practice_needs_no_microphone(en: UiWords, qtbot: QtBot) -> None:
    practice = Practice(en, qtbot)
    practice.desk.inputs = ()
    practice.flow.record.look_again()
    assert practice.flow.record.state.no_microphone
    practice.begin()
    assert practice.window.recording


def test_a_practice_that_can_not_begin_is_told_and_the_button_works_again(practice: Practice) -> None:
    practice.desk.begin_error = disk_full()
    practice.begin()
    assert not practice.window.recording
    assert practice.heard.codes == ["disk-full"]
    practice.desk.begin_error = None
    practice.begin()
    assert practice.window.recording
